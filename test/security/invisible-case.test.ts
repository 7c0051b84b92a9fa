import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from '../integration/http/desk.ts';
import type { ReceivedMail } from '../integration/http/receive-mail.ts';

const CANARY = '金丝雀';
const ABSENT = 987_654_321;
let desk: Desk;
let shown: ReceivedMail;
let hidden: ReceivedMail[];
let before: string[];

const LISTS = [
  '/api/cases?limit=200',
  '/api/cases?category=7&limit=200',
  '/api/cases?search=反映&limit=200',
  '/api/cases?search=金丝雀',
  '/api/cases/counts',
  '/api/cases/counts?unit=BASIC',
  '/api/cases/counts?search=金丝雀',
  '/api/tasks',
];

/** What the triage officer sees in every list, numbers and all. */
async function lists(): Promise<string[]> {
  const answers = [];
  for (const url of LISTS) answers.push((await desk.as('triage', { url: encodeURI(url) })).body);
  return answers;
}

/** From now on the triage officer may not see these cases: the one relation says so, and nothing else is touched. */
async function hide(caseIds: readonly number[]): Promise<void> {
  const definition = await sql<{ text: string }>`select pg_get_viewdef('visible_cases') as text`.execute(
    desk.database.db,
  );
  const visible = definition.rows[0]?.text.replace(/;\s*$/u, '') ?? '';
  await sql`create or replace view visible_cases as select * from (${sql.raw(visible)}) v
    where not (v.viewer_id = ${sql.lit(desk.viewer('triage').userId)} and v.case_id in (${sql.join(caseIds.map((id) => sql.lit(id)))}))`.execute(
    desk.database.db,
  );
}

beforeAll(async () => {
  desk = await openDesk();
  shown = await desk.receiveMail({ returnPath: null });
  before = await lists();
  hidden = [];
  for (let n = 0; n < 20; n += 1) {
    const mail = { subject: `${CANARY}反映`, text: `${CANARY}:财务处收费`, returnPath: null };
    hidden.push(await desk.receiveMail(mail, { verdict: { urgent: n % 2 === 0 } }));
  }
  await hide(hidden.map(({ caseId }) => caseId));
});
afterAll(() => desk.close());

type Probe = (id: { readonly caseId: number; readonly itemId: number; readonly taskId: number }) => InjectOptions;

const PROBES: Readonly<Record<string, Probe>> = {
  read: ({ caseId }) => ({ url: `/api/cases/${String(caseId)}` }),
  identity: ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/identity` }),
  confirm: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/confirm`,
    payload: { version: 9, accusedUnits: [] },
  }),
  correct: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/correct`,
    payload: { version: 9, accusedUnits: [], reason: '理由' },
  }),
  assign: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/assign`,
    payload: { version: 9, unit: 'FIN' },
  }),
  claim: ({ caseId }) => ({ method: 'POST', url: `/api/cases/${String(caseId)}/claim` }),
  release: ({ caseId }) => ({ method: 'POST', url: `/api/cases/${String(caseId)}/release` }),
  suggestions: ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/suggestions` }),
  split: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/split`,
    payload: {
      version: 9,
      stays: { kind: 'accusation', lane: 'accusation', category: 2, unit: 'DISC' },
      accusedUnits: [],
      leaves: { category: 7, unit: 'BASIC', urgent: false, target: { level: 'unknown', name: null } },
      leavesAccusedUnits: [],
      summary: '摘要',
      reason: '理由',
    },
  }),
  note: ({ caseId }) => ({ method: 'POST', url: `/api/cases/${String(caseId)}/notes`, payload: { text: '记录' } }),
  mention: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/notes`,
    payload: { text: '记录', mentions: [desk.viewer('supervisor').userId] },
  }),
  colleagues: ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/colleagues` }),
  'files of notes': ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/note-files` }),
  'a file of a note': ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/note-files/1` }),
  'a new file': ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/notes/1/files`,
    query: { name: 'a.txt' },
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from('x'),
  }),
  documents: ({ caseId }) => ({ url: `/api/cases/${String(caseId)}/documents` }),
  draft: ({ caseId }) => ({
    method: 'POST',
    url: `/api/cases/${String(caseId)}/documents`,
    payload: { kind: 'acceptance', fields: { subject: '收费' } },
  }),
  raw: ({ itemId }) => ({ url: `/api/items/${String(itemId)}/raw` }),
  html: ({ itemId }) => ({ url: `/api/items/${String(itemId)}/html` }),
  attachment: ({ itemId }) => ({ url: `/api/items/${String(itemId)}/attachments/0` }),
  task: ({ taskId }) => ({ method: 'POST', url: `/api/tasks/${String(taskId)}/done` }),
};

/** Everything an observer can compare, except what differs between any two answers. */
function observable({ statusCode, headers, body }: LightMyRequestResponse) {
  const { date: _date, 'x-request-id': _id, ...rest } = headers;
  return { statusCode, headers: rest, body };
}

async function taskOf(caseId: number): Promise<number> {
  const task = desk.database.db.selectFrom('tasks').select('id').where('case_id', '=', caseId);
  return (await task.executeTakeFirstOrThrow()).id;
}

describe('a case that the viewer may not see', () => {
  it.each(Object.entries(PROBES))('answers to "%s" exactly as one that does not exist', async (_name, probe) => {
    const [first] = hidden;
    if (first === undefined) throw new Error('no case is hidden');
    const taskId = await taskOf(first.caseId);
    const [there, absent] = [
      await desk.as('triage', probe({ ...first, taskId })),
      await desk.as('triage', probe({ caseId: ABSENT, itemId: ABSENT, taskId: ABSENT })),
    ];
    expect(there.statusCode).toBe(404);
    expect(observable(there)).toEqual(observable(absent));
  });

  it('leaves every list, count and search as it was before the case came in', async () => {
    expect(await lists()).toEqual(before);
  });

  it('still exists for a colleague who may see it', async () => {
    const [first] = hidden;
    const response = await desk.as('supervisor', { url: `/api/cases/${String(first?.caseId)}` });
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain(CANARY);
  });

  it('is not changed by an order from there', async () => {
    for (const { caseId } of hidden) {
      await desk.as('triage', { method: 'POST', url: `/api/cases/${String(caseId)}/notes`, payload: { text: '记录' } });
    }
    const notes = desk.database.db.selectFrom('notes').selectAll();
    expect(await notes.execute()).toEqual([]);
  });

  it('shows nothing of itself to whoever walks through every id and every list', async () => {
    const urls = [
      ...LISTS,
      ...hidden.flatMap(({ caseId, itemId }) => [
        `/api/cases/${String(caseId)}`,
        `/api/cases/${String(caseId)}/identity`,
        `/api/items/${String(itemId)}/raw`,
        `/api/items/${String(itemId)}/attachments/0`,
      ]),
      ...['true', 'false'].flatMap((flag) =>
        ['urgent', 'review', 'overdue'].map((key) => `/api/cases?${key}=${flag}&limit=200`),
      ),
    ];
    for (const url of urls) {
      const { body } = await desk.as('triage', { url: encodeURI(url) });
      expect(body).not.toContain(CANARY);
      for (const { caseId } of hidden)
        expect(body).not.toMatch(new RegExp(`"(?:id|caseId)":${String(caseId)}\\b`, 'u'));
    }
  });

  it('leaves the case beside it as it is', async () => {
    expect((await desk.as('triage', { url: `/api/cases/${String(shown.caseId)}` })).statusCode).toBe(200);
  });
});
