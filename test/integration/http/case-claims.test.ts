import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimCase } from '../../../src/casework/claim-case.ts';
import { createUser } from '../../../src/store/accounts.ts';
import { createCaseworkStore } from '../../../src/store/casework-store.ts';
import { openDesk, type Desk, type Persona } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Claimed = { readonly claim: { readonly by: { readonly id: number }; readonly until: string } | null };

const post = (who: Persona, caseId: number, name: string, payload?: object): Promise<LightMyRequestResponse> =>
  desk.as(who, {
    method: 'POST',
    url: `/api/cases/${String(caseId)}/${name}`,
    ...(payload === undefined ? {} : { payload }),
  });

async function seen(caseId: number): Promise<Claimed & { version: number; history: { kind: string }[] }> {
  return (await desk.as('operator', { url: `/api/cases/${String(caseId)}` })).json();
}

async function claimedCase(who: Persona = 'triage', text = '学校乱收费'): Promise<number> {
  const { caseId } = await desk.receiveMail({ text });
  expect((await post(who, caseId, 'claim')).statusCode).toBe(200);
  return caseId;
}

/** As if nothing had been done for long enough. */
async function runOut(caseId: number): Promise<void> {
  const past = new Date(Date.now() - 1_000);
  await desk.database.db.updateTable('case_claims').set({ expires_at: past }).where('case_id', '=', caseId).execute();
}

async function linesOf(caseId: number): Promise<string[]> {
  const rows = await desk.database.db
    .selectFrom('journal')
    .select('kind')
    .where('case_id', '=', caseId)
    .where('kind', 'like', 'claim.%')
    .orderBy('n')
    .execute();
  return rows.map(({ kind }) => kind);
}

describe('a case in hand', () => {
  it('is shown with who has it, on its page and in the queue, and makes no new version', async () => {
    const { caseId } = await desk.receiveMail({});
    const before = await seen(caseId);
    const answer = await post('triage', caseId, 'claim');
    const { until } = answer.json<{ until: string }>();
    const now = await seen(caseId);
    const by = { id: desk.viewer('triage').userId, name: '岗位 triage', role: 'triage' };
    expect(now.claim).toEqual({ by, until });
    expect(now.version).toBe(before.version);
    const queue = await desk.as('operator', { url: '/api/cases', query: { limit: '200' } });
    const row = queue.json<{ rows: ({ id: number } & Claimed)[] }>().rows.find(({ id }) => id === caseId);
    expect(row?.claim).toEqual({ by, until });
  });

  it('is mine in the view of my work, for as long as I have it', async () => {
    const caseId = await claimedCase();
    const mine = async () =>
      (await desk.as('triage', { url: '/api/cases', query: { view: 'mine' } }))
        .json<{ rows: { id: number }[] }>()
        .rows.map(({ id }) => id);
    expect(await mine()).toContain(caseId);
    await runOut(caseId);
    expect(await mine()).not.toContain(caseId);
  });

  it('refuses what another orders, and says who has it and until when', async () => {
    const caseId = await claimedCase();
    const { version, claim } = await seen(caseId);
    const refused = await post('supervisor', caseId, 'confirm', { version, accusedUnits: [] });
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({
      code: 'refused',
      reason: 'claimed-by-other',
      detail: expect.stringContaining('岗位 triage') as string,
      claim,
    });
    expect((await seen(caseId)).version).toBe(version);
    expect((await post('triage', caseId, 'confirm', { version, accusedUnits: [] })).statusCode).toBe(200);
  });

  it('is not taken apart by another either', async () => {
    const caseId = await claimedCase();
    const { version } = await seen(caseId);
    const refused = await post('supervisor', caseId, 'split', {
      version,
      stays: { kind: 'accusation', lane: 'accusation', category: 2, unit: 'DISC' },
      accusedUnits: [],
      leaves: { category: 7, unit: 'BASIC', urgent: false, target: { level: 'unknown', name: null } },
      leavesAccusedUnits: [],
      summary: '摘要',
      reason: '理由',
    });
    expect(refused.json()).toMatchObject({ reason: 'claimed-by-other' });
  });

  it('takes notes and marks of anybody', async () => {
    const caseId = await claimedCase();
    expect((await post('operator', caseId, 'notes', { text: '来电催问' })).statusCode).toBe(200);
    const { version } = await seen(caseId);
    const mark = { version, flag: 'urgent', since: null, dueOn: null, why: null };
    expect((await post('operator', caseId, 'raise-flag', mark)).statusCode).toBe(200);
  });

  it('stays in hand for longer with everything that its holder does', async () => {
    const caseId = await claimedCase();
    const soon = new Date(Date.now() + 60_000);
    await desk.database.db.updateTable('case_claims').set({ expires_at: soon }).where('case_id', '=', caseId).execute();
    const { version } = await seen(caseId);
    await post('triage', caseId, 'confirm', { version, accusedUnits: [] });
    expect(Date.parse((await seen(caseId)).claim?.until ?? '')).toBeGreaterThan(soon.getTime());
  });

  it('is free again when its time is over', async () => {
    const caseId = await claimedCase();
    await runOut(caseId);
    const { version, claim } = await seen(caseId);
    expect(claim).toBeNull();
    expect((await post('supervisor', caseId, 'confirm', { version, accusedUnits: [] })).statusCode).toBe(200);
    expect((await post('supervisor', caseId, 'claim')).statusCode).toBe(200);
  });

  it('is free again when its holder may not see it any more', async () => {
    const id = await createUser(desk.database.db, '教育考试院某', 'triage', 'EXAM');
    const { caseId } = await desk.receiveMail({});
    const holder = { userId: id, role: 'triage' as const };
    expect(await desk.dependencies.claimCase(holder, caseId)).toMatchObject({ kind: 'held' });
    const { version } = await seen(caseId);
    const confirm = { version, accusedUnits: ['EXAM'] };
    expect((await post('supervisor', caseId, 'confirm', confirm)).json()).toMatchObject({ reason: 'claimed-by-other' });
    await desk.database.db
      .insertInto('case_denials')
      .values({ case_id: caseId, unit: 'EXAM', source: 'rules' })
      .execute();
    expect((await seen(caseId)).claim).toBeNull();
    expect((await post('supervisor', caseId, 'confirm', confirm)).statusCode).toBe(200);
  });

  it('was never to be taken by somebody whose unit it accuses', async () => {
    const id = await createUser(desk.database.db, '财务处某', 'triage', 'FIN');
    const { caseId } = await desk.receiveMail({ text: '财务处不拨付经费' });
    expect(await desk.dependencies.claimCase({ userId: id, role: 'triage' }, caseId)).toEqual({ kind: 'not-found' });
    expect((await seen(caseId)).claim).toBeNull();
  });

  it('of fifty who want it at once exactly one gets', async () => {
    const { caseId } = await desk.receiveMail({});
    const store = createCaseworkStore(desk.database);
    const users: number[] = [];
    for (let n = 0; n < 50; n += 1) users.push(await createUser(desk.database.db, `竞争者 ${String(n)}`, 'triage'));
    const results = await Promise.all(
      users.map((userId) => claimCase({ transact: store.claim, claimMinutes: 30 }, { userId, role: 'triage' }, caseId)),
    );
    const held = results.flatMap(({ kind }, n) => (kind === 'held' ? [users[n]] : []));
    expect(held).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'claimed')).toHaveLength(49);
    expect((await seen(caseId)).claim?.by.id).toBe(held[0]);
    expect(await linesOf(caseId)).toEqual(['claim.taken']);
  });
});

describe('putting a case back', () => {
  it('is for its holder alone, and leaves a line in the history', async () => {
    const caseId = await claimedCase();
    expect((await post('supervisor', caseId, 'release')).json()).toMatchObject({ reason: 'claimed-by-other' });
    expect((await post('triage', caseId, 'release')).statusCode).toBe(204);
    expect((await post('triage', caseId, 'release')).json()).toMatchObject({ reason: 'not-claimed' });
    expect(await linesOf(caseId)).toEqual(['claim.taken', 'claim.released']);
  });
});

describe('taking a case over', () => {
  it('is for a supervisor, with a reason that is kept with the case', async () => {
    const caseId = await claimedCase();
    expect((await post('supervisor', caseId, 'take-over', { reason: ' ' })).statusCode).toBe(400);
    expect((await post('supervisor', caseId, 'take-over', { reason: '经办人请假' })).statusCode).toBe(200);
    expect((await seen(caseId)).claim?.by.id).toBe(desk.viewer('supervisor').userId);
    const note = await desk.database.db
      .selectFrom('notes')
      .select(['about', 'text'])
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    expect(note).toEqual({ about: 'reason', text: '经办人请假' });
    expect(await linesOf(caseId)).toEqual(['claim.taken', 'claim.taken-over']);
    expect((await post('triage', caseId, 'claim')).json()).toMatchObject({ reason: 'claimed-by-other' });
  });

  it('needs somebody who has it', async () => {
    const { caseId } = await desk.receiveMail({});
    const answer = await post('supervisor', caseId, 'take-over', { reason: '理由' });
    expect(answer.json()).toMatchObject({ reason: 'not-claimed' });
  });
});

describe('what is no case of its own', () => {
  it('cannot be taken in hand', async () => {
    const { caseId } = await desk.receiveMail({});
    await desk.database.db.updateTable('cases').set({ state: 'ARCHIVED' }).where('id', '=', caseId).execute();
    expect((await post('triage', caseId, 'claim')).json()).toMatchObject({ reason: 'not-claimable' });
  });
});
