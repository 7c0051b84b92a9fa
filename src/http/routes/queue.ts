import { z } from 'zod';
import type { QueueRow } from '../../casework/views.ts';
import { CASE_STATE_NAMES } from '../../domain/case-states.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { claim, coded, codedCategory, list, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { CHANNEL_NAMES, KIND_NAMES, LANE_NAMES } from '../labels.ts';
import { showUnit, type Names } from '../names.ts';
import { invalidField, problemResponses } from '../problems.ts';
import { QUEUE_FILTER } from '../queue-filter-schema.ts';
import { readCursor, writeCursor } from '../queue-cursor.ts';

const limitParam = z
  .string()
  .regex(/^(?:[1-9]\d?|1\d\d|200)$/u, '应为 1 到 200')
  .transform(Number);

const offsetParam = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,6})$/u, '应为不超过 9999999 的非负整数')
  .transform(Number);

const PAGE = z.strictObject({
  ...QUEUE_FILTER,
  limit: limitParam.optional().describe('Rows a page, 1 to 200. Default 50.'),
  after: z.string().max(200).optional().describe('`next` of the page before.'),
  offset: offsetParam.optional().describe('Rows passed over first: opens the list anywhere. Default 0.'),
});

const MARK = z.object({ start: z.int(), end: z.int() });

const ROW = z
  .object({
    id: z.int(),
    number: z.string(),
    numberShown: z.string(),
    state: coded,
    channel: coded,
    receivedAt: when,
    category: codedCategory.nullable(),
    secondary: codedCategory.nullable(),
    kind: coded.nullable(),
    lane: coded.nullable(),
    unit: coded.nullable(),
    targetName: z.string().nullable(),
    urgent: z.boolean(),
    confidence: z.number().nullable(),
    review: z.boolean(),
    confirmed: z.boolean(),
    assignedUnit: coded.nullable(),
    nextDueAt: when.nullable(),
    overdue: z.boolean(),
    workingDaysLeft: z
      .int()
      .nullable()
      .describe('After today up to the last day of the next deadline; negative when it is past; null without one.'),
    subject: z.string(),
    snippet: z.string().describe('How the text begins; after a search, the stretch around the first word.'),
    marks: z
      .object({ subject: list(MARK), snippet: list(MARK) })
      .describe('The words that were searched for, in UTF-16 units of subject and snippet.'),
    version: z.int(),
    claim: claim.nullable().describe('Who has it in hand.'),
  })
  .meta({ id: 'QueueRow' });

const COUNTS = z.object({
  total: z.int(),
  urgent: z.int(),
  unconfirmed: z.int(),
  overdue: z.int(),
  more: z
    .object({ total: z.boolean(), urgent: z.boolean(), unconfirmed: z.boolean(), overdue: z.boolean() })
    .describe('Which of them are at least so many: counting stops at 5,000.'),
});

const DEFAULT_LIMIT = 50;

/** The triage queue: urgent first, then by the earliest running deadline. */
export function queueRoutes(app: HttpApp, { listQueue, countQueue, workingDaysLeft, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/cases',
    config: { access: OFFICE },
    schema: {
      summary: 'The queue: urgent first, then by the earliest running deadline',
      tags: ['queue'],
      querystring: PAGE,
      response: { 200: z.object({ rows: list(ROW), next: z.string().nullable() }), ...problemResponses('read') },
    },
    handler: async (request) => {
      const { limit = DEFAULT_LIMIT, after, offset = 0, ...filter } = request.query;
      const cursor = after === undefined ? null : readCursor(after);
      if (after !== undefined && cursor === null) throw invalidField('after', '不是上一页给出的位置');
      const rows = await listQueue(viewerOf(request), filter, { limit, after: cursor, offset });
      const left = (dueAt: Date | null) => (dueAt === null ? null : workingDaysLeft(dueAt));
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        rows: rows.map((row) => ({ ...presentRow(row, names), workingDaysLeft: left(row.nextDueAt) })),
        next: last === undefined ? null : writeCursor(last),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/api/cases/counts',
    config: { access: OFFICE },
    schema: {
      summary: 'How many cases a filter has',
      tags: ['queue'],
      querystring: z.strictObject(QUEUE_FILTER),
      response: { 200: COUNTS, ...problemResponses('read') },
    },
    handler: async (request) => countQueue(viewerOf(request), request.query),
  });
}

function presentRow(row: QueueRow, names: Names): Omit<z.output<typeof ROW>, 'workingDaysLeft'> {
  const unit = (id: string | null) => (id === null ? null : { code: id, name: showUnit(names, id) });
  const named = (of: QueueRow['category']) => (of === null ? null : { code: of, name: names.category(of) });
  return {
    ...row,
    numberShown: groupDigits(row.number, 3),
    state: { code: row.state, name: CASE_STATE_NAMES[row.state] },
    channel: { code: row.channel, name: CHANNEL_NAMES[row.channel] },
    category: named(row.category),
    secondary: named(row.secondary),
    kind: row.kind === null ? null : { code: row.kind, name: KIND_NAMES[row.kind] },
    lane: row.lane === null ? null : { code: row.lane, name: LANE_NAMES[row.lane] },
    unit: unit(row.unit),
    assignedUnit: unit(row.assignedUnit),
  };
}
