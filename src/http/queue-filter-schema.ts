import { z } from 'zod';
import { QUEUE_VIEWS } from '../casework/queue-views.ts';
import { caseState, category, channel, flagParam, kind, lane, line, unitId } from './fields.ts';

const categoryParam = z
  .string()
  .regex(/^[1-8]$/u, '应为 1 到 8')
  .transform((digit) => category.parse(Number(digit)));

/** What the queue is narrowed by, as a query has it. */
export const QUEUE_FILTER = {
  category: categoryParam.optional(),
  unit: unitId.optional(),
  lane: lane.optional(),
  kind: kind.optional(),
  channel: channel.optional(),
  state: caseState.optional(),
  assignedUnit: unitId.optional(),
  urgent: flagParam.optional(),
  review: flagParam.optional(),
  confirmed: flagParam.optional(),
  overdue: flagParam.optional(),
  view: z
    .enum(QUEUE_VIEWS)
    .optional()
    .describe(
      'Whose work: yours, your unit’s, what is due within three working days, what waits for somebody outside the office.',
    ),
  search: line(200)
    .refine((text) => text.trim().length >= 2, '至少两个字')
    .optional()
    .describe(
      'Words that stand in subject and text of one item or in one note, literally; also a case number, the number of a letter, a unit, a mail address or a telephone number.',
    ),
};

const { search: _search, ...KEPT } = QUEUE_FILTER;

/** A filter as it may be kept: never with what was searched for, which may name a person. */
export const KEPT_FILTER = z
  .strictObject(KEPT)
  .refine((filter) => Object.keys(filter).length > 0, '请至少选择一个筛选条件')
  .describe('As the query of the queue has it, without `search`: what was searched may name a person.');
