import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

const WORDS = '食堂收费六百元没有票，请退还。另外举报财务处的赵某某收了老板的购物卡。';
const SUMMARY = '反映事项：教育乱收费。诉求：退还费用。';
let desk: Desk;
let mixed: ReceivedMail;
beforeAll(async () => (desk = await openDesk()));
beforeEach(async () => {
  mixed = await desk.receiveMail({ subject: '两件事', text: WORDS });
});
afterAll(() => desk.close());

type Version = { readonly version: number };
type Done = Version & { readonly caseId: number; readonly number: string };
type Body = Version & {
  readonly items: readonly { readonly text: string }[];
  readonly denials: readonly { readonly unit: { readonly code: string } }[];
  readonly history: readonly { readonly sentence: string }[];
};

const STAYS = { kind: 'accusation', lane: 'accusation', category: 2, unit: 'DISC' };
const LEAVES = { category: 7, unit: 'BASIC', urgent: false, target: { level: 'county', name: null } };

async function split(caseId: number, changes: object = {}, persona: 'triage' | 'operator' = 'triage') {
  const { version } = await read<Version>(caseId);
  const order = { version, stays: STAYS, accusedUnits: ['FIN'], leaves: LEAVES, leavesAccusedUnits: [] };
  const payload = { ...order, summary: SUMMARY, reason: '诉求与检举分开办理', ...changes };
  return desk.as(persona, { method: 'POST', url: `/api/cases/${String(caseId)}/split`, payload });
}

async function read<T = Body>(caseId: number): Promise<T> {
  return (await desk.as('triage', { url: `/api/cases/${String(caseId)}` })).json<T>();
}

describe('taking a mixed letter apart', () => {
  it('gives the request a confirmed case of its own, with clocks since the letter came and only the summary in it', async () => {
    const response = await split(mixed.caseId);
    expect(response.statusCode).toBe(200);
    const { caseId } = response.json<Done>();
    const [own, letter] = [
      await read<Body & { receivedAt: string }>(caseId),
      await read<Body & { receivedAt: string }>(mixed.caseId),
    ];
    expect(own).toMatchObject({
      confirmed: true,
      receivedAt: letter.receivedAt,
      verdict: {
        kind: { code: 'complaint' },
        lane: { code: 'request' },
        category: { code: 7 },
        unit: { code: 'BASIC' },
      },
      items: [{ text: SUMMARY, raw: false }],
      denials: [],
    });
    expect(JSON.stringify(own)).not.toMatch(/赵某某|购物卡|举报|检举|财务处|FIN|拆/u);
  });

  it('leaves the accusation with the letter, for the supervision, with the accused denied', async () => {
    await split(mixed.caseId);
    const letter = await read(mixed.caseId);
    expect(letter).toMatchObject({
      confirmed: true,
      verdict: { kind: { code: 'accusation' }, lane: { code: 'accusation' }, unit: { code: 'DISC' }, secondary: null },
    });
    expect(letter.denials.map(({ unit }) => unit.code)).toEqual(['FIN']);
    expect(letter.history.map(({ sentence }) => sentence)).toContain('拆出一项诉求，以中性摘要另立一件');
  });

  it('lets a unit that the letter accuses receive the request, and never the letter', async () => {
    const { caseId } = (await split(mixed.caseId, { leaves: { ...LEAVES, unit: 'FIN' } })).json<Done>();
    const assign = async (id: number) => {
      const { version } = await read<Version>(id);
      return desk.as('triage', {
        method: 'POST',
        url: `/api/cases/${String(id)}/assign`,
        payload: { version, unit: 'FIN' },
      });
    };
    expect((await assign(caseId)).statusCode).toBe(200);
    expect((await assign(mixed.caseId)).json()).toMatchObject({ reason: 'unit-denied' });
  });

  it('links the two for whoever sees both, and for nobody else', async () => {
    const { caseId } = (await split(mixed.caseId)).json<Done>();
    const links = async () =>
      (await desk.as('triage', { url: `/api/cases/${String(caseId)}/suggestions` })).json<object>();
    expect(await links()).toMatchObject({ links: [{ kind: { code: 'split' }, other: { id: mixed.caseId } }] });
    const shown = await sql<{ text: string }>`select pg_get_viewdef('visible_cases') as text`.execute(desk.database.db);
    await sql`create or replace view visible_cases as select u.id as viewer_id, c.id as case_id from users u cross join cases c
      where u.disabled_at is null and (u.role = 'discipline' or c.lane <> 'accusation')`.execute(desk.database.db);
    expect(await links()).toEqual({ suggestions: [], clusterSize: 1, links: [] });
    await sql`create or replace view visible_cases as ${sql.raw(shown.rows[0]?.text ?? '')}`.execute(desk.database.db);
  });

  it('sends no second acknowledgement and leaves no clock waiting for one', async () => {
    const { caseId } = (await split(mixed.caseId)).json<Done>();
    const { rows } = await sql<{ kind: string; state: string }>`
      select kind, state from deadlines where case_id = ${caseId} order by kind`.execute(desk.database.db);
    expect(rows).toEqual([
      { kind: 'ACK_MAIL', state: 'cancelled' },
      { kind: 'NOTICE15', state: 'armed' },
      { kind: 'TRIAGE', state: 'met' },
    ]);
  });

  it('is refused for sealed matter, for what accuses somebody, for a stale version and to an operator; nothing is left behind', async () => {
    const sealed = await desk.receiveMail({ text: WORDS }, { verdict: { lane: 'sealed', unit: 'UNRESOLVED' } });
    const counted = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from cases`.execute(desk.database.db)).rows[0]?.n;
    const before = await counted();
    expect((await split(sealed.caseId)).json()).toMatchObject({ reason: 'sealed-not-split' });
    expect((await split(mixed.caseId, { leavesAccusedUnits: ['BASIC'] })).json()).toMatchObject({
      reason: 'unit-denied',
    });
    expect((await split(mixed.caseId, { leaves: { ...LEAVES, unit: 'NONEDU' } })).json()).toMatchObject({
      reason: 'not-a-unit',
    });
    expect((await split(mixed.caseId, { stays: { ...STAYS, unit: 'FIN' } })).json()).toMatchObject({
      reason: 'unit-denied',
    });
    expect((await split(mixed.caseId, { summary: ' ' })).statusCode).toBe(400);
    expect((await split(mixed.caseId, { version: 1 })).statusCode).toBe(409);
    expect((await split(mixed.caseId, {}, 'operator')).statusCode).toBe(403);
    expect(await counted()).toBe(before);
    expect((await read<{ confirmed: boolean }>(mixed.caseId)).confirmed).toBe(false);
  });

  it('can be done twice, when three matters stand in one letter', async () => {
    const [one, two] = [await split(mixed.caseId), await split(mixed.caseId, { leaves: { ...LEAVES, unit: 'EXAM' } })];
    expect([one.statusCode, two.statusCode]).toEqual([200, 200]);
    expect(one.json<Done>().number).not.toBe(two.json<Done>().number);
  });
});
