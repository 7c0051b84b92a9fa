import { z } from 'zod';
import type { LifeOrder } from '../../casework/life-order.ts';
import { parseCalendarDate } from '../../domain/calendar-date.ts';
import { LIFE_RULES, type LifeCommandType } from '../../domain/case-life-commands.ts';
import {
  CASE_FLAGS,
  CLUE_WAYS,
  DELIVERY_WAYS,
  DISPATCH_FORMS,
  FINDINGS,
  LINK_KINDS,
  OBJECTION_REASONS,
  REFUSE_REASONS,
  REVIEW_OUTCOMES,
  SATISFACTIONS,
  SUPERIORS,
  SUPERVISE_REASONS,
  TRANSFER_BASES,
} from '../../domain/case-reasons.ts';
import { OFFICE, viewerOf } from '../access.ts';
import { answer, requireUnits, response } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, instant, level, line, prose, unitId, version } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';

const id = z.int().positive();
const day = z.iso.date().transform(parseCalendarDate).describe('A day in Asia/Shanghai, YYYY-MM-DD.');
const keyOf = <T extends object>(set: T) => z.enum(Object.keys(set) as [keyof T & string, ...(keyof T & string)[]]); // of a closed set

const delivery = z.strictObject({
  way: keyOf(DELIVERY_WAYS),
  reference: line(100).nullable().describe('Number of the letter or of the registered post.'),
});
const DISPATCH = {
  form: keyOf(DISPATCH_FORMS).describe('pass 转办, charge 交办: with a day and a report owed.'),
  unit: unitId,
  helpers: z.array(unitId).max(20),
  userId: id.nullable().default(null).describe('A person of the leading unit.'),
  feedbackOn: day.nullable(),
};

type Made<F extends z.ZodRawShape> = z.output<z.ZodObject<F>>;

/** One order: what it takes beside its texts, and the command that it makes. */
type LifeRoute<F extends z.ZodRawShape> = {
  readonly summary: string;
  readonly fields: F;
  readonly order: (made: Made<F>) => LifeOrder;
};

const route = <F extends z.ZodRawShape>(
  summary: string,
  fields: F,
  order: (made: Made<F>) => LifeOrder,
): LifeRoute<F> => ({ summary, fields, order });
const bare = (summary: string, order: LifeOrder) => route(summary, {}, () => order);

/** Every order of the later life, under its own name: POST /api/cases/{id}/accept. */
const ROUTES = {
  'ask-for-more': bare('Ask the citizen for what is missing', { type: 'ask-for-more' }),
  'receive-more': route('The citizen has answered, or the time is over', { answered: z.boolean() }, (made) => ({
    type: 'receive-more',
    ...made,
  })),
  accept: bare('Take the matter up', { type: 'accept' }),
  refuse: route(
    'Do not take the matter up',
    { because: keyOf(REFUSE_REASONS), body: line(100).nullable().describe('Who has the power.') },
    (made) => ({ type: 'refuse', ...made }),
  ),
  'refuse-for-good': route(
    'Do not take the matter up again: review has ended',
    { document: line(100), decidedOn: day },
    (made) => ({ type: 'refuse-for-good', ...made }),
  ),
  merge: route('Handle it together with another case', { into: id }, (made) => ({ type: 'merge', ...made })),
  transfer: route(
    'Pass it to a body outside the department',
    { to: z.strictObject({ level, name: line(100) }), basis: keyOf(TRANSFER_BASES) },
    (made) => ({ type: 'transfer', ...made }),
  ),
  'hand-up': route('Hand sealed matter straight up', { to: keyOf(SUPERIORS) }, (made) => ({
    type: 'hand-up',
    ...made,
  })),
  tell: route('The citizen was told what was decided', { delivery }, (made) => ({ type: 'tell', ...made })),
  take: bare('Handle it in the office', { type: 'take' }),
  dispatch: route('Give it to a leading unit and helpers', DISPATCH, (made) => ({ type: 'dispatch', ...made })),
  'sign-for': bare('The unit signs for it', { type: 'sign-for' }),
  object: route('The unit sends it back', { because: keyOf(OBJECTION_REASONS) }, (made) => ({
    type: 'object',
    ...made,
  })),
  rule: route('Rule on an objection: the unit may not send it back again', DISPATCH, (made) => ({
    type: 'rule',
    ...made,
  })),
  'request-extension': route('Ask for more time', { days: z.int().min(1).max(30) }, (made) => ({
    type: 'request-extension',
    ...made,
  })),
  'grant-extension': route('Give more time, 30 days in all at most', { days: z.int().min(1).max(30) }, (made) => ({
    type: 'grant-extension',
    ...made,
  })),
  'refuse-extension': bare('Give no more time', { type: 'refuse-extension' }),
  'submit-result': route(
    'The report of the unit',
    {
      finding: keyOf(FINDINGS),
      contacted: z.boolean().describe('The citizen was spoken to.'),
      refundFen: z.int().min(0).nullable().describe('Money given back, in 分.'),
    },
    (made) => ({ type: 'submit-result', ...made }),
  ),
  'approve-result': bare('Approve the report', { type: 'approve-result' }),
  'send-back-result': route('Send the report back', { feedbackOn: day.nullable() }, (made) => ({
    type: 'send-back-result',
    ...made,
  })),
  'sign-answer': route('Sign the answer to the citizen', { document: line(100).nullable() }, (made) => ({
    type: 'sign-answer',
    ...made,
  })),
  deliver: route(
    'The answer reached the citizen',
    { delivery, callback: z.boolean().describe('Whether the citizen will be called back.') },
    (made) => ({ type: 'deliver', ...made }),
  ),
  'record-callback': route(
    'The citizen was called back, or could not be reached',
    { reached: z.boolean(), satisfaction: keyOf(SATISFACTIONS).nullable() },
    (made) => ({ type: 'record-callback', ...made }),
  ),
  redo: bare('Do it again, once, because the citizen is dissatisfied', { type: 'redo' }),
  close: bare('Close the case', { type: 'close' }),
  archive: bare('Put the case on file', { type: 'archive' }),
  retract: bare('The citizen takes the case back', { type: 'retract' }),
  'ask-review': route('The citizen asks the body above', { askedAt: instant }, (made) => ({
    type: 'ask-review',
    ...made,
  })),
  'answer-review': route(
    'The body above has answered',
    { outcome: keyOf(REVIEW_OUTCOMES), document: line(100) },
    (made) => ({ type: 'answer-review', ...made }),
  ),
  link: route('Link it with another case', { to: id, as: keyOf(LINK_KINDS) }, (made) => ({ type: 'link', ...made })),
  'raise-flag': route(
    'Mark the case',
    {
      flag: keyOf(CASE_FLAGS),
      since: instant.nullable().describe('For media: when it became public. null: now.'),
      dueOn: day.nullable().describe('The day that a leader or a body above has set.'),
      why: keyOf(SUPERVISE_REASONS).nullable().describe('For supervised only.'),
    },
    (made) => ({ type: 'raise-flag', ...made }),
  ),
  'lower-flag': route('Take a mark away', { flag: keyOf(CASE_FLAGS) }, (made) => ({ type: 'lower-flag', ...made })),
  'handle-clue': route('What becomes of a clue', { way: keyOf(CLUE_WAYS) }, (made) => ({
    type: 'handle-clue',
    ...made,
  })),
} as const satisfies { readonly [T in LifeCommandType]: unknown };

/** The whole life of a case after confirmation, one address an order. */
export function caseLifeRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  for (const [type, one] of Object.entries(ROUTES)) {
    lifeRoute(app, dependencies, type as LifeCommandType, one as LifeRoute<z.ZodRawShape>); // the pairs of the table above
  }
}

function lifeRoute(
  app: HttpApp,
  { changeCase, names }: HttpDependencies,
  type: LifeCommandType,
  { summary, fields, order }: LifeRoute<z.ZodRawShape>,
): void {
  const { name, roles, texts } = LIFE_RULES[type];
  const text = prose(20_000).refine((written) => written.trim() !== '', '不能为空');
  app.route({
    method: 'POST',
    url: `/api/cases/:id/${type}`,
    config: { access: OFFICE.filter((role) => roles.includes(role)) },
    schema: {
      summary: `${summary} (${name})`,
      tags: ['cases'],
      params: idParams,
      body: z.strictObject({
        version,
        ...fields,
        ...Object.fromEntries(texts.map((field) => [field, text])),
      }),
      response,
    },
    handler: async (request) => {
      const { version: seen } = request.body;
      const body: Readonly<Record<string, unknown>> = request.body;
      const made = Object.fromEntries(Object.keys(fields).map((field) => [field, body[field]])); // as the schema left them
      const written = Object.fromEntries(texts.map((field) => [field, body[field] as string])); // text, by the schema
      const wanted = order(made);
      if (wanted.type === 'dispatch' || wanted.type === 'rule') {
        requireUnits(names, 'unit', [wanted.unit]);
        requireUnits(names, 'helpers', wanted.helpers);
      }
      const given = { type: 'life', order: wanted, texts: written } as const;
      return answer(await changeCase(viewerOf(request), request.params.id, seen, given), {});
    },
  });
}
