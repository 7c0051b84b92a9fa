import { z } from 'zod';
import type { SplitOrder } from '../../casework/split-case.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { DECIDERS, viewerOf } from '../access.ts';
import { refuse, requireUnits } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { category, idParams, kind, lane, level, line, prose, unitId, version } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

const accused = z.array(unitId).max(50);
const words = (most: number) => prose(most).refine((text) => text.trim() !== '', '不能为空');

const SPLIT = z.strictObject({
  version,
  stays: z.strictObject({ kind, lane, category: category.nullable(), unit: unitId }),
  accusedUnits: accused.describe('Whom the whole letter accuses, as you confirm it. [] says: none.'),
  leaves: z.strictObject({
    category,
    unit: unitId,
    urgent: z.boolean(),
    target: z.strictObject({ level, name: line(100).nullable() }),
  }),
  leavesAccusedUnits: accused.describe('Whom the part that leaves accuses by itself.'),
  summary: words(2_000).describe('All that the new case holds of the letter: in neutral words, without the accused.'),
  reason: words(2_000).describe("Why; it is kept with the letter's own case."),
});

const DONE = z.object({
  version: z.int().describe("The version that the letter's own case has now."),
  caseId: z.int(),
  number: z.string(),
  numberShown: z.string(),
});

/** Takes a mixed letter apart: a request gets a case of its own, an accusation never leaves the letter. */
export function caseSplitRoutes(app: HttpApp, { splitCase, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/split',
    config: { access: DECIDERS },
    schema: {
      summary: 'Open a second case for a request that stands in the same letter',
      tags: ['cases'],
      params: idParams,
      body: SPLIT,
      response: { 200: DONE, ...problemResponses('write', 'not-found', 'stale', 'refused') },
    },
    handler: async (request) => {
      const { version: seen, ...order } = request.body;
      const { stays, leaves, accusedUnits, leavesAccusedUnits } = order satisfies SplitOrder;
      requireUnits(names, 'stays.unit', [stays.unit]);
      requireUnits(names, 'leaves.unit', [leaves.unit]);
      requireUnits(names, 'accusedUnits', accusedUnits);
      requireUnits(names, 'leavesAccusedUnits', leavesAccusedUnits);
      const result = await splitCase(viewerOf(request), request.params.id, seen, order);
      if (result.kind !== 'split') refuse(result, stays);
      const { version: now, caseId, number } = result;
      return { version: now, caseId, number, numberShown: groupDigits(number, 3) };
    },
  });
}
