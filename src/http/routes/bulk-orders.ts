import { z } from 'zod';
import { BULK_OUTCOMES } from '../../casework/bulk-orders.ts';
import { CASE_FLAGS, type CaseFlag } from '../../domain/case-reasons.ts';
import { OFFICE, viewerOf } from '../access.ts';
import { requireUnits } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { list, prose, unitId, version } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const MOST_ITEMS = 200;

const ACTION = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('claim') }),
  z.strictObject({ type: z.literal('assign'), unit: unitId, userId: z.int().positive().nullable() }),
  z.strictObject({ type: z.literal('confirm') }),
  z.strictObject({
    type: z.literal('note'),
    text: prose(20_000).refine((text) => text.trim() !== '', '不能为空'),
  }),
  z.strictObject({
    type: z.literal('mark'),
    flag: z.enum(Object.keys(CASE_FLAGS) as [CaseFlag, ...CaseFlag[]]), // of a closed set
  }),
]);

const ORDER = z.strictObject({
  action: ACTION,
  items: z
    .array(z.strictObject({ caseId: z.int().positive(), version }))
    .min(1)
    .max(MOST_ITEMS)
    .refine((items) => new Set(items.map(({ caseId }) => caseId)).size === items.length, '同一件不能重复'),
});

const ANSWERS = z
  .object({
    answers: list(
      z.object({
        caseId: z.int(),
        outcome: z.enum(BULK_OUTCOMES),
        reason: z.string().nullable().describe('Of a refusal: a code.'),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkAnswers' });

/** One order to many cases: each answers for itself, and the same key does nothing twice. */
export function bulkOrderRoutes(app: HttpApp, { orderMany, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/bulk-orders',
    config: { access: OFFICE },
    schema: {
      summary: 'Give one order to at most 200 cases, each in a transaction of its own',
      tags: ['queue'],
      headers: z.object({
        'idempotency-key': z
          .uuid()
          .describe('Of your own making, one for each order: repeated, it does only what is not done.'),
      }),
      body: ORDER,
      response: { 200: ANSWERS, ...problemResponses('write', 'key-reused') },
    },
    handler: async (request) => {
      const { action, items } = request.body;
      if (action.type === 'assign') requireUnits(names, 'action.unit', [action.unit]);
      const result = await orderMany(viewerOf(request), request.headers['idempotency-key'], action, items);
      if (result.kind === 'key-reused') throw new Problem('key-reused');
      return { answers: result.answers };
    },
  });
}
