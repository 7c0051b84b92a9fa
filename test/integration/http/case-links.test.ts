import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seekLinks } from '../../../src/casework/seek-links.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { createCaseworkStore } from '../../../src/store/casework-store.ts';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

const SECRET = '密件线索';
const TOLD = '榆中县第九中学高二年级寒假补课，每名学生收取六百元，不给收据，家长不敢不交，请你们查一查。';
let desk: Desk;
let first: ReceivedMail;
let again: ReceivedMail;
let sealed: ReceivedMail;

type Suggestion = { readonly id: number; readonly state: string; readonly other: { readonly id: number } };
type Links = {
  readonly suggestions: readonly Suggestion[];
  readonly clusterSize: number;
  readonly links: readonly { readonly kind: { readonly code: string }; readonly other: { readonly id: number } }[];
};

beforeAll(async () => {
  desk = await openDesk();
  const from = { address: 'zhou@citizen.example', domain: 'citizen.example', name: '' };
  first = await desk.receiveMail({ subject: '反映补课收费', text: TOLD, from });
  again = await desk.receiveMail({ subject: '还是上次的事', text: '上次说的事情没有人管，钱也没有退。', from });
  for (let n = 0; n < 3; n += 1) await desk.receiveMail({ text: `${TOLD}第${String(n)}位家长。` });
  sealed = await desk.receiveMail({ subject: SECRET, text: TOLD, from }, { verdict: { lane: 'sealed' } });
  const transact = createCaseworkStore(desk.database).links;
  const sealer = createSealer(Buffer.alloc(32, 7));
  await seekLinks({ transact, sealer, schoolsOf: () => [] }, new AbortController().signal);
});
afterAll(() => desk.close());

async function links(caseId: number): Promise<Links> {
  const response = await desk.as('triage', { url: `/api/cases/${String(caseId)}/suggestions` });
  expect(response.statusCode).toBe(200);
  return response.json<Links>();
}

function answer(caseId: number, id: number, verb: 'accept' | 'dismiss', reason = '同一人同一事') {
  const url = `/api/cases/${String(caseId)}/suggestions/${String(id)}/${verb}`;
  return desk.as('triage', { method: 'POST', url, payload: { reason } });
}

async function suggestionBetween(a: ReceivedMail, b: ReceivedMail): Promise<Suggestion> {
  const found = (await links(a.caseId)).suggestions.find(({ other }) => other.id === b.caseId);
  if (found === undefined) throw new Error('nothing was suggested');
  return found;
}

describe('what may belong to a case', () => {
  it('is shown on both cases, with what they have in common in words', async () => {
    for (const [own, other] of [
      [first, again],
      [again, first],
    ] as const)
      expect(await suggestionBetween(own, other)).toMatchObject({
        kind: { code: 'same-person', name: '疑似同一人重复反映' },
        state: 'open',
        reason: null,
        why: expect.stringContaining('同一发件地址') as string,
      });
  });

  it('says how many cases tell of one matter', async () => {
    expect((await links(first.caseId)).clusterSize).toBe(5);
    expect((await links(again.caseId)).clusterSize).toBe(1);
  });

  it('wants a reason', async () => {
    const { id } = await suggestionBetween(first, again);
    expect((await answer(first.caseId, id, 'accept', '  ')).statusCode).toBe(400);
  });

  it('is linked when it is accepted, once, and both cases go on as they were', async () => {
    const before = await desk.database.db.selectFrom('cases').selectAll().orderBy('id').execute();
    const { id } = await suggestionBetween(first, again);
    const answers = await Promise.all([answer(first.caseId, id, 'accept'), answer(again.caseId, id, 'accept')]);
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([204, 422]);
    for (const [own, other] of [
      [first, again],
      [again, first],
    ] as const)
      expect((await links(own.caseId)).links).toMatchObject([
        { kind: { code: 'same-person' }, other: { id: other.caseId } },
      ]);
    expect(await desk.database.db.selectFrom('cases').selectAll().orderBy('id').execute()).toEqual(before);
  });

  it('leaves the cluster when it is dismissed', async () => {
    const [one] = (await links(first.caseId)).suggestions.filter(({ state }) => state === 'open');
    expect((await answer(first.caseId, one?.id ?? 0, 'dismiss', '不是一所学校')).statusCode).toBe(204);
    expect((await links(first.caseId)).suggestions.find(({ id }) => id === one?.id)).toMatchObject({
      state: 'dismissed',
      reason: '不是一所学校',
    });
  });

  it('is written into the journal without the reason, and into the history of neither case', async () => {
    const rows = await desk.database.db
      .selectFrom('journal')
      .selectAll()
      .where('kind', 'like', 'suggestion.%')
      .execute();
    expect(rows.map(({ kind }) => kind)).toEqual(['suggestion.accepted', 'suggestion.dismissed']);
    for (const { case_id: caseId, data } of rows) {
      expect(caseId).toBeNull();
      expect(JSON.stringify(data)).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('never shows, counts or answers for a sealed case to somebody who may not see it', async () => {
    const open = await suggestionBetween(again, sealed);
    await sql`create or replace view visible_cases as
      select u.id as viewer_id, c.id as case_id from users u cross join cases c
      where u.disabled_at is null and (u.role = 'discipline' or c.lane <> 'sealed')`.execute(desk.database.db);
    for (const { caseId } of [first, again]) {
      const response = await desk.as('triage', { url: `/api/cases/${String(caseId)}/suggestions` });
      expect(response.body).not.toContain(SECRET);
      expect(response.json<Links>().suggestions.map(({ other }) => other.id)).not.toContain(sealed.caseId);
    }
    expect((await answer(again.caseId, open.id, 'accept')).statusCode).toBe(404);
    const hidden = await desk.as('triage', { url: `/api/cases/${String(sealed.caseId)}/suggestions` });
    expect(hidden.statusCode).toBe(404);
    const discipline = await desk.as('discipline', { url: `/api/cases/${String(again.caseId)}/suggestions` });
    expect(discipline.json<Links>().suggestions.map(({ other }) => other.id)).toContain(sealed.caseId);
  });
});
