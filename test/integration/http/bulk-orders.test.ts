import { randomUUID } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../../src/store/accounts.ts';
import { openDesk, type Desk, type Persona } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Answer = { caseId: number; outcome: string; reason: string | null; detail: string | null };
type Item = { caseId: number; version: number };

const SURE = { review: false, accused: [], deny: [] };

async function items(count: number, verdict: object = SURE): Promise<Item[]> {
  const all = [];
  for (let n = 0; n < count; n += 1) {
    const { caseId } = await desk.receiveMail({}, { verdict });
    all.push({ caseId, version: await versionOf(caseId) });
  }
  return all;
}

async function versionOf(caseId: number): Promise<number> {
  const row = await desk.database.db
    .selectFrom('cases')
    .select('version')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  return row.version;
}

const send = (
  who: Persona,
  action: object,
  of: readonly object[],
  key = randomUUID(),
): Promise<LightMyRequestResponse> =>
  desk.as(who, {
    method: 'POST',
    url: '/api/bulk-orders',
    headers: { 'idempotency-key': key },
    payload: { action, items: of },
  });

async function order(who: Persona, action: object, of: readonly Item[], key = randomUUID()): Promise<Answer[]> {
  const answer = await send(who, action, of, key);
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<{ answers: Answer[] }>().answers;
}

const outcomes = (answers: readonly Answer[]): string[] => answers.map(({ outcome }) => outcome);

async function notesOf(caseId: number): Promise<string[]> {
  const rows = await desk.database.db
    .selectFrom('notes')
    .select('text')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
  return rows.map(({ text }) => text);
}

describe('one order to many cases', () => {
  it('is carried out on each, in the order in which they were asked for', async () => {
    const all = await items(3);
    expect(await order('triage', { type: 'claim' }, all)).toMatchObject(
      all.map(({ caseId }) => ({ caseId, outcome: 'done' })),
    );
    expect(outcomes(await order('triage', { type: 'confirm' }, all))).toEqual(['done', 'done', 'done']);
    const now = await Promise.all(all.map(async ({ caseId }) => ({ caseId, version: await versionOf(caseId) })));
    const assign = { type: 'assign', unit: 'BASIC', userId: null };
    expect(outcomes(await order('triage', assign, now))).toEqual(['done', 'done', 'done']);
    expect(outcomes(await order('operator', { type: 'note', text: '已电话联系' }, now))).toEqual([
      'done',
      'done',
      'done',
    ]);
    expect(outcomes(await order('operator', { type: 'mark', flag: 'group' }, now))).toEqual(['done', 'done', 'done']);
    const rows = await desk.database.db
      .selectFrom('cases')
      .select(['confirmed', 'assigned_unit', 'flags'])
      .where(
        'id',
        'in',
        all.map(({ caseId }) => caseId),
      )
      .execute();
    expect(rows).toEqual(all.map(() => ({ confirmed: true, assigned_unit: 'BASIC', flags: ['group'] })));
  });

  it('is refused by one without keeping the others from it, and each says why', async () => {
    const [claimed, stale, fine] = (await items(3)) as [Item, Item, Item];
    await order('supervisor', { type: 'claim' }, [claimed]);
    const of = [claimed, { ...stale, version: stale.version - 1 }, { caseId: 987_654_321, version: 1 }, fine];
    const answers = await order('triage', { type: 'confirm' }, of);
    expect(outcomes(answers)).toEqual(['claimed-by-other', 'stale', 'not-found', 'done']);
    expect(answers[0]?.detail).toContain('岗位 supervisor');
    const again = await order('triage', { type: 'confirm' }, [{ ...fine, version: await versionOf(fine.caseId) }]);
    expect(again).toMatchObject([{ outcome: 'refused', reason: 'already-confirmed' }]);
  });

  it('asks for the same roles as an order by itself', async () => {
    const [item] = (await items(1)) as [Item];
    expect(await order('operator', { type: 'confirm' }, [item])).toMatchObject([
      { outcome: 'refused', reason: 'role-not-allowed' },
    ]);
  });

  it('never confirms what accuses somebody or must be checked', async () => {
    const [unsure] = (await items(1, { review: true, accused: [], deny: [] })) as [Item];
    const [accusing] = (await items(1, { review: false, accused: ['FIN'], deny: ['FIN'] })) as [Item];
    const answers = await order('triage', { type: 'confirm' }, [unsure, accusing]);
    expect(outcomes(answers)).toEqual(['one-by-one', 'one-by-one']);
    expect(await versionOf(unsure.caseId)).toBe(unsure.version);
  });

  it('does not reach a case that accuses my own unit, nor tell that there is one', async () => {
    const [accusing] = (await items(1, { review: false, accused: ['FIN'], deny: ['FIN'] })) as [Item];
    const userId = await createUser(desk.database.db, '财务处某', 'triage', 'FIN');
    for (const type of ['claim', 'confirm'] as const) {
      const result = await desk.dependencies.orderMany({ userId, role: 'triage' }, randomUUID(), { type }, [accusing]);
      expect(result).toMatchObject({ answers: [{ outcome: 'not-found' }] });
    }
  });
});

describe('the same key once more', () => {
  it('answers the same and does nothing twice, whether it was done or refused', async () => {
    const [first, second] = (await items(2)) as [Item, Item];
    await order('supervisor', { type: 'claim' }, [second]);
    const key = randomUUID();
    const assign = { type: 'assign', unit: 'BASIC', userId: null };
    const note = { type: 'note', text: '同一条记录' };
    const before = await order('triage', note, [first, second], key);
    expect(await order('triage', note, [first, second], key)).toEqual(before);
    expect(await notesOf(first.caseId)).toEqual(['同一条记录']);
    const other = randomUUID();
    const refused = await order('triage', assign, [second], other);
    expect(outcomes(refused)).toEqual(['claimed-by-other']);
    await desk.database.db.deleteFrom('case_claims').where('case_id', '=', second.caseId).execute();
    expect(await order('triage', assign, [second], other)).toEqual(refused);
  });

  it('does what a crash had left undone, and only that', async () => {
    const [first, second] = (await items(2)) as [Item, Item];
    const key = randomUUID();
    const note = { type: 'note', text: '中断后继续' };
    await order('triage', note, [first, second], key);
    // As if the process had died before the second transaction.
    await desk.database.db.deleteFrom('bulk_answers').where('case_id', '=', second.caseId).execute();
    await order('triage', note, [first, second], key);
    expect(await notesOf(first.caseId)).toEqual(['中断后继续']);
    expect(await notesOf(second.caseId)).toEqual(['中断后继续', '中断后继续']);
  });

  it('sent ten times at once writes once', async () => {
    const of = await items(2);
    const key = randomUUID();
    const all = await Promise.all(
      Array.from({ length: 10 }, () => order('triage', { type: 'note', text: '只写一次' }, of, key)),
    );
    expect(new Set(all.map((answers) => JSON.stringify(answers))).size).toBe(1);
    for (const { caseId } of of) expect(await notesOf(caseId)).toEqual(['只写一次']);
  });

  it('is refused for another order', async () => {
    const [item] = (await items(1)) as [Item];
    const key = randomUUID();
    await order('triage', { type: 'note', text: '一' }, [item], key);
    expect((await send('triage', { type: 'note', text: '二' }, [item], key)).json()).toMatchObject({
      code: 'key-reused',
    });
  });
});

describe('an order to many cases', () => {
  const one = { caseId: 1, version: 1 };
  it.each([
    ['none', { type: 'claim' }, []],
    [
      'more than two hundred',
      { type: 'claim' },
      Array.from({ length: 201 }, (_, n) => ({ caseId: n + 1, version: 1 })),
    ],
    ['one twice', { type: 'claim' }, [one, one]],
    ['an act that does not exist', { type: 'delete' }, [one]],
    ['more than was asked', { type: 'claim', force: true }, [one]],
    ['an empty note', { type: 'note', text: ' ' }, [one]],
    ['a unit that does not exist', { type: 'assign', unit: 'NOWHERE', userId: null }, [one]],
  ])('of %s is refused whole', async (_, action, of) => {
    const answer = await send('triage', action, of);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'input.invalid' }]);
  });
});
