import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { moveUser } from '../../../src/store/accounts.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());
beforeEach(() => moveTriage(null));

async function moveTriage(unit: string | null): Promise<void> {
  const { userId } = desk.viewer('triage');
  await desk.database.transact((tx) => moveUser(tx, userId, unit));
}

async function idsOf(query: Readonly<Record<string, string>>): Promise<number[]> {
  const answer = await desk.as('triage', { url: '/api/cases', query: { ...query, limit: '200' } });
  expect(answer.statusCode).toBe(200);
  const ids = answer.json<{ rows: { id: number }[] }>().rows.map(({ id }) => id);
  const counts = await desk.as('triage', { url: '/api/cases/counts', query });
  expect(counts.json()).toMatchObject({ total: ids.length });
  return ids;
}

async function order(caseId: number, name: string, body: object): Promise<void> {
  const { json } = await desk.as('supervisor', { url: `/api/cases/${String(caseId)}` });
  const { version } = json<{ version: number }>();
  const url = `/api/cases/${String(caseId)}/${name}`;
  const answer = await desk.as('supervisor', { method: 'POST', url, payload: { version, ...body } });
  expect([name, answer.statusCode, answer.body]).toEqual([name, 200, expect.any(String)]);
}

async function confirmed(text = '学校乱收费'): Promise<number> {
  const { caseId } = await desk.receiveMail({ text });
  await order(caseId, 'confirm', { accusedUnits: text.includes('财务处') ? ['FIN'] : [] });
  return caseId;
}

describe('my work', () => {
  it('is what was handed to me by name and what I took myself, and ends when the case is over for good', async () => {
    const { userId } = desk.viewer('triage');
    const [mine, of, taken] = [await confirmed(), await confirmed(), await confirmed()];
    await order(mine, 'assign', { unit: 'BASIC', userId });
    await order(of, 'assign', { unit: 'BASIC', userId: desk.viewer('supervisor').userId });
    await order(taken, 'accept', {});
    const { version } = (await desk.as('triage', { url: `/api/cases/${String(taken)}` })).json<{ version: number }>();
    const url = `/api/cases/${String(taken)}/take`;
    expect((await desk.as('triage', { method: 'POST', url, payload: { version } })).statusCode).toBe(200);
    const work = await idsOf({ view: 'mine' });
    expect(work).toEqual(expect.arrayContaining([mine, taken]));
    expect(work).not.toContain(of);
    await desk.database.db.updateTable('cases').set({ owner: 'nobody' }).where('id', '=', mine).execute();
    expect(await idsOf({ view: 'mine' })).not.toContain(mine);
  });
});

describe("my unit's work", () => {
  it('is what my unit leads or helps with, and nothing for who belongs to no unit', async () => {
    const [leads, helps, others] = [await confirmed(), await confirmed(), await confirmed()];
    const pass = { form: 'pass', userId: null, feedbackOn: null };
    for (const caseId of [leads, helps, others]) await order(caseId, 'accept', {});
    await order(leads, 'dispatch', { ...pass, unit: 'EXAM', helpers: [] });
    await order(helps, 'dispatch', { ...pass, unit: 'BASIC', helpers: ['EXAM'] });
    await order(others, 'dispatch', { ...pass, unit: 'BASIC', helpers: [] });
    expect(await idsOf({ view: 'unit' })).toEqual([]);
    await moveTriage('EXAM');
    expect((await idsOf({ view: 'unit' })).toSorted((a, b) => a - b)).toEqual([leads, helps]);
  });

  it('never holds a case that accuses the unit, even where a row says that the unit has it', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处不拨付经费' });
    await desk.database.db.updateTable('cases').set({ assigned_unit: 'FIN' }).where('id', '=', caseId).execute();
    await moveTriage('FIN');
    expect(await idsOf({ view: 'unit' })).not.toContain(caseId);
  });
});

describe('a case that accuses my unit', () => {
  it('does not exist for me, from the moment at which the rules suspect it, until a person says otherwise', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处不拨付经费' });
    const url = `/api/cases/${String(caseId)}`;
    expect(await idsOf({})).toContain(caseId);
    await moveTriage('FIN');
    expect(await idsOf({})).not.toContain(caseId);
    expect((await desk.as('triage', { url })).statusCode).toBe(404);
    const note = await desk.as('triage', { method: 'POST', url: `${url}/notes`, payload: { text: '看看' } });
    expect(note.statusCode).toBe(404);
    await order(caseId, 'confirm', { accusedUnits: [] });
    expect((await desk.as('triage', { url })).statusCode).toBe(200);
  });
});

describe('what is due soon', () => {
  it('is what has a deadline ahead within three working days, and nothing that is past it', async () => {
    const [soon, past, far] = [await confirmed(), await confirmed(), await confirmed()];
    const due = (caseId: number, at: Date) =>
      desk.database.db.updateTable('cases').set({ next_due_at: at }).where('id', '=', caseId).execute();
    await due(soon, new Date(Date.now() + 3_600_000));
    await due(past, new Date(Date.now() - 3_600_000));
    await due(far, new Date(Date.now() + 30 * 86_400_000));
    const found = await idsOf({ view: 'due-soon' });
    expect(found).toContain(soon);
    expect(found).not.toContain(past);
    expect(found).not.toContain(far);
  });
});

describe('what waits for others', () => {
  it('waits for the citizen or for a unit, and no longer when the unit asks for more time', async () => {
    const [asked, sent, here] = [await confirmed(), await confirmed(), await confirmed()];
    await order(asked, 'ask-for-more', { request: '请写明学校名称' });
    await order(sent, 'assign', { unit: 'BASIC' });
    const found = await idsOf({ view: 'waiting' });
    expect(found).toEqual(expect.arrayContaining([asked, sent]));
    expect(found).not.toContain(here);
    await desk.database.db.updateTable('cases').set({ state: 'EXT_REQUESTED' }).where('id', '=', sent).execute();
    expect(await idsOf({ view: 'waiting' })).not.toContain(sent);
  });
});

describe('moving somebody into a unit', () => {
  it('is in the journal', async () => {
    await moveTriage('EXAM');
    const rows = await desk.database.db
      .selectFrom('journal')
      .select('data')
      .where('kind', '=', 'user.unit')
      .orderBy('n')
      .execute();
    expect(rows.at(-1)?.data).toEqual({ userId: desk.viewer('triage').userId, unit: 'EXAM' });
  });
});

describe('the view of the queue', () => {
  it('is one of a closed set', async () => {
    const answer = await desk.as('triage', { url: '/api/cases', query: { view: 'everything' } });
    expect(answer.json()).toMatchObject({ code: 'input.invalid', fields: [{ field: 'view' }] });
  });

  it('of a unit is offered to who belongs to one: the session says which', async () => {
    expect((await desk.as('triage', { url: '/api/session' })).json()).toMatchObject({ unit: null });
    await moveTriage('EXAM');
    expect((await desk.as('triage', { url: '/api/session' })).json()).toMatchObject({
      unit: { code: 'EXAM', name: '教育考试院' },
    });
  });
});
