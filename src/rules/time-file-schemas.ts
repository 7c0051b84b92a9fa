import { z } from 'zod';
import { CLOCK_UNITS, DEADLINE_KINDS } from '../domain/deadlines.ts';
import { LADDER_STEPS } from '../domain/ladder.ts';
import { PROFILES } from '../domain/vocabulary.ts';

/**
 * The shapes of the files about time. What only makes sense together (years without a gap, ladders that climb) is checked by
 * the domain, which knows no library; these give every slip of the pen its line, and editors their completion.
 */

const text = z.string().min(1).max(500);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write dates as 2014-07-22');

export const calendarFile = z.strictObject({
  years: z
    .array(
      z.strictObject({
        year: z.int().min(2000).max(2099),
        holidays: z.array(z.strictObject({ name: text, from: date, to: date, work: z.array(date).optional() })),
      }),
    )
    .min(1),
});

/** Days that only this place has off. */
export const localCalendarFile = z.strictObject({ days: z.array(z.strictObject({ name: text, date })) });

const limit = z.strictObject({
  amount: z.int().min(0).max(1000),
  unit: z.enum(CLOCK_UNITS),
  /** legal: the law sets it; internal: the office's own target. */
  force: z.enum(['legal', 'internal']),
  basis: text,
});

export const clocksFile = z.strictObject({
  clocks: eachKind(z.strictObject({ name: text, ...Object.fromEntries(PROFILES.map((profile) => [profile, limit])) })),
});

export const laddersFile = z.strictObject({
  ladders: eachKind(
    z.array(z.strictObject({ step: z.enum(LADDER_STEPS), workingDays: z.int().min(-30).max(90) })).min(1),
  ),
});

/** One entry for every clock there is, and none besides. */
function eachKind<T extends z.ZodType>(entry: T) {
  return z.strictObject(Object.fromEntries(DEADLINE_KINDS.map((kind) => [kind, entry])));
}
