import { z } from 'zod';
import { CASE_STATES } from '../domain/case-states.ts';
import { CATEGORIES, CHANNELS, KINDS, LANES, LEVELS, ROLES } from '../domain/vocabulary.ts';

/** What requests and responses are made of. Requests: strict objects of these. Responses: everything that is not listed stays here. */

/** A list that the receiver does not change. */
export const list = <T extends z.ZodType>(schema: T) => z.array(schema).readonly();

/** An id in a path or query: a positive whole number that a double can hold. */
export const idParam = z
  .string()
  .regex(/^[1-9]\d{0,15}$/u, '应为正整数')
  .transform(Number)
  .refine(Number.isSafeInteger, '应为正整数');
/** Position in a list, from 0. */
export const indexParam = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,3})$/u, '应为不超过 9999 的非负整数')
  .transform(Number);

export const flagParam = z.enum(['true', 'false']).transform((text) => text === 'true');

export const version = z.int().min(0).describe('The version that you were looking at.');

/** One line: a name, an id, a place. */
export const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, '不能含换行或控制字符')
    .refine((text) => text.trim() !== '', '不能为空');
/** Any number of lines. */
export const prose = (most: number) => z.string().max(most);

export const unitId = line(100).describe('Id of a unit in rules/units.yaml.');

export const category = z.literal(CATEGORIES).describe('The eight problem categories of the notice.');
export const channel = z.enum(CHANNELS);
export const kind = z.enum(KINDS);
export const lane = z.enum(LANES);
export const level = z.enum(LEVELS);
export const caseState = z.enum(CASE_STATES);

/** An instant of this century: nobody means another, and a calendar has an end. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => text.startsWith('20'), '应为本世纪的时间')
  .transform((text) => new Date(text))
  .describe('ISO 8601 with an offset.');

export const when = z.date().describe('ISO 8601, UTC.');

/** A code and how it reads. */
export const coded = z.object({ code: z.string(), name: z.string() });
export const codedCategory = z.object({ code: category, name: z.string() });
export const staff = z.object({ id: z.int(), name: z.string(), role: z.enum(ROLES) });

/** Who has a case in hand, and until when if he does nothing more. */
export const claim = z.object({ by: staff, until: when });

export const idParams = z.strictObject({ id: idParam });
