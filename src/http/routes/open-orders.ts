import { z } from 'zod';
import type { OpenOrders } from '../../casework/open-orders.ts';
import { CLAIM_REFUSALS } from '../../domain/case-claim.ts';
import { LIFE_RULES, type LifeCommandType } from '../../domain/case-life-commands.ts';
import { CASE_REFUSALS } from '../../domain/case-refusals.ts';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, idParams, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { ORDER_FIELD_TYPES, orderForm } from '../order-forms.ts';
import { Problem, problemResponses } from '../problems.ts';

const OPTION = z.object({
  value: z.string(),
  label: z.string(),
  article: z.string().nullable(),
  hint: z.string().nullable(),
});
const FIELD = z.object({
  path: z.string().describe('Where the value stands in the body of the order: "delivery.way".'),
  label: z.string(),
  type: z.enum(ORDER_FIELD_TYPES).describe('money: typed in 元, sent in 分.'),
  required: z.boolean(),
  onlyFor: z
    .object({ path: z.string(), values: list(z.string()) })
    .nullable()
    .describe('Asked for only while another field has one of these values; else null is sent, or false for yes-no.'),
  options: list(OPTION),
  most: z.int().nullable().describe('Characters of a text, value of a number.'),
});
const ORDERS = z
  .object({
    version: z.int().describe('Of the case that this is about.'),
    orders: list(
      z.object({
        type: z.enum(Object.keys(LIFE_RULES) as [LifeCommandType, ...LifeCommandType[]]), // of a record with these keys
        name: z.string(),
        closed: coded.nullable().describe('Why it cannot be given now, by this user; null: it can.'),
        fields: list(FIELD),
      }),
    ),
  })
  .meta({ id: 'OpenOrders' });

/** What can be done with a case now. A look at it changes nothing and opens nothing. */
export function openOrderRoutes(app: HttpApp, { readOrders }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/cases/:id/orders',
    config: { access: OFFICE },
    schema: {
      summary: 'Every order of the later life: whether it is open to you now, why not, and what it asks for',
      tags: ['cases'],
      params: idParams,
      response: { 200: ORDERS, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const found = await readOrders(viewerOf(request), request.params.id);
      if (found === null) throw new Problem('not-found');
      return present(found);
    },
  });
}

const CLOSED = { ...CASE_REFUSALS, 'claimed-by-other': CLAIM_REFUSALS['claimed-by-other'] };

function present({ version, profile, orders }: OpenOrders): z.output<typeof ORDERS> {
  return {
    version,
    orders: orders.map(({ type, closed, choices }) => ({
      type,
      name: LIFE_RULES[type].name,
      closed: closed === null ? null : { code: closed, name: CLOSED[closed] },
      fields: closed === null ? orderForm(type, profile, choices) : [],
    })),
  };
}
