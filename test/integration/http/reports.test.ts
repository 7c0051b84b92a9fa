import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Breakdown, Counted, Measure, Stage } from '../../../src/domain/report.ts';
import { moveUser } from '../../../src/store/accounts.ts';
import { openDesk, type Desk } from './desk.ts';

type Row = {
  readonly measure: Measure;
  readonly stage: Stage | null;
  readonly legal: boolean | null;
  readonly by: Breakdown;
  readonly key: { readonly code: string };
  readonly counts: readonly { readonly counted: Counted; readonly count: number }[];
  readonly total: number;
  readonly rate: number | null;
};
type Report = { readonly entries: number; readonly units: string; readonly figures: readonly Row[] };
type Recomputed = {
  readonly holds: boolean;
  readonly differing: number;
  readonly differences: readonly { readonly caseId: number; readonly reasons: readonly { readonly code: string }[] }[];
  readonly moved: readonly (Omit<Row, 'counts'> & { readonly before: Row['counts']; readonly now: Row['counts'] })[];
};
type Persona = 'operator' | 'triage' | 'supervisor';

const QUARTER = { from: '2014-07', to: '2014-09' };
let desk: Desk;
let cases: number[];
let accusing: number;

const post = (persona: Persona, url: string, payload?: object) =>
  desk.as(persona, { method: 'POST', url, ...(payload === undefined ? {} : { payload }) });

/** Seven cases of August 2014 with nothing but 受理告知: one is overdue, one was late, five were on time. */
beforeAll(async () => {
  desk = await openDesk();
  cases = [];
  for (let n = 0; n < 6; n += 1) cases.push((await desk.receiveMail({})).caseId);
  accusing = (await desk.receiveMail({ text: '财务处乱收费' })).caseId;
  cases.push(accusing);
  const { db } = desk.database;
  await sql`delete from deadlines where kind <> 'NOTICE15'`.execute(db);
  await sql`update cases set received_at = '2014-08-01T09:00:00+08:00', assigned_unit = 'BASIC'`.execute(db);
  await sql`update cases set assigned_unit = 'EXAM' where id = ${cases[0] ?? 0}`.execute(db);
  await sql`update deadlines set due_at = '2014-08-16T00:00:00+08:00', due_raw = '2014-08-16T00:00:00+08:00'`.execute(
    db,
  );
  await sql`update deadlines set state = 'met', step = null, step_at = null, ended_at = '2014-08-10T09:00:00+08:00'
            where case_id <> ${cases[0] ?? 0}`.execute(db);
  await sql`update deadlines set ended_at = '2014-08-20T09:00:00+08:00' where case_id = ${cases[1] ?? 0}`.execute(db);
});
afterAll(() => desk.close());

async function made(period: object = QUARTER, persona: Persona = 'triage'): Promise<string> {
  const answer = await post(persona, '/api/reports', period);
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return `/api/reports/${String(answer.json<{ id: number }>().id)}`;
}
const read = async (url: string, persona: Persona = 'triage'): Promise<Report> =>
  (await desk.as(persona, { url })).json<Report>();
const recompute = async (url: string): Promise<Recomputed> =>
  (await post('triage', `${url}/recompute`)).json<Recomputed>();
const notices = ({ figures }: Report, by: Breakdown): Record<string, Record<string, number>> =>
  Object.fromEntries(
    figures
      .filter(
        (one) => one.measure === 'timeliness' && one.stage === 'acceptance' && one.legal === true && one.by === by,
      )
      .map(({ key, counts }) => [key.code, Object.fromEntries(counts.map(({ counted, count }) => [counted, count]))]),
  );

async function behind(url: string, { measure, stage, legal, by, key }: Row): Promise<{ caseId: number }[]> {
  const query = {
    measure,
    by,
    key: key.code,
    ...(stage === null ? {} : { stage }),
    ...(legal === null ? {} : { legal: String(legal) }),
  };
  const answer = await desk.as('triage', { url: `${url}/cases`, query });
  expect([answer.statusCode, answer.body]).toEqual([200, expect.any(String)]);
  return answer.json<{ entries: { caseId: number }[] }>().entries;
}

describe('a report', () => {
  it('counts what came in and what was on time, by everything that it can be taken apart by', async () => {
    const report = await read(await made());
    const all = { 'on-time': 5, late: 1, overdue: 1 };
    expect(notices(report, 'all')).toEqual({ '': all });
    expect(notices(report, 'unit')).toEqual({ BASIC: { 'on-time': 5, late: 1 }, EXAM: { overdue: 1 } });
    expect(notices(report, 'category')).toEqual({ 7: all });
    expect(notices(report, 'month')).toEqual({ '2014-08': all });
    expect(notices(report, 'channel')).toEqual({ email: all });
    const whole = report.figures.filter(({ by, total }) => by === 'all' && total > 0);
    expect(whole.map(({ measure, legal, total, rate }) => [measure, legal, total, rate])).toEqual([
      ['intake', null, 7, null],
      ['timeliness', true, 7, 5 / 7],
      ['backlog', true, 1, null],
    ]);
  });

  it('has behind each figure as many lines as the figure says', async () => {
    const url = await made();
    const { figures, entries } = await read(url);
    for (const figure of figures) expect((await behind(url, figure)).length).toBe(figure.total);
    expect(entries).toBe(15);
    const journal = await sql<{ n: number }>`
      select count(*)::int as n from journal where kind = 'report.cases-read' and actor = ${desk.viewer('triage').userId}`.execute(
      desk.database.db,
    );
    expect(journal.rows[0]?.n).toBeGreaterThanOrEqual(figures.length);
  });

  it('of a period that cannot be counted is refused with what is wrong', async () => {
    const answer = await post('triage', '/api/reports', { from: '2014-09', to: '2014-07' });
    expect([answer.statusCode, answer.json()]).toMatchObject([422, { reason: 'reversed', detail: expect.any(String) }]);
    for (const payload of [{ from: '2014-13', to: '2014-13' }, { from: '2014-07' }, { ...QUARTER, unit: 'BASIC' }])
      expect((await post('triage', '/api/reports', payload)).statusCode).toBe(400);
    expect((await desk.as('triage', { url: '/api/reports/999999' })).statusCode).toBe(404);
  });

  it('is a table for a spreadsheet too', async () => {
    const answer = await desk.as('supervisor', { url: `${await made()}/csv` });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="report-\d+\.csv"/u);
    expect(answer.body).toContain('受理（法定时限）,,合计,5,1,1,0,7,71.4%\r\n');
  });
});

describe('counted again', () => {
  it('a report is the same as long as nothing changed', async () => {
    expect(await recompute(await made())).toMatchObject({ holds: true, differing: 0, differences: [], moved: [] });
  });

  it('says which case moved which figure and why, and leaves the frozen report as it was', async () => {
    const url = await made();
    const frozen = (await desk.as('triage', { url })).body;
    const [open = 0, , other = 0] = cases;
    const { db } = desk.database;
    await sql`update deadlines set state = 'met', step = null, step_at = null, ended_at = now() where case_id = ${open}`.execute(
      db,
    );
    await sql`update cases set category = 2 where id = ${other}`.execute(db);

    const found = await recompute(url);
    expect(found.holds).toBe(true);
    const reasons = (id: number) =>
      found.differences.filter(({ caseId }) => caseId === id).map((one) => one.reasons.map(({ code }) => code).join());
    expect(reasons(open)).toEqual(['done-since', 'done-since']); // on time or not, and in the stock
    expect(new Set(reasons(other))).toEqual(new Set(['recategorised']));
    expect(found.differences.map(({ caseId }) => caseId).toSorted((a, b) => a - b)).toEqual(
      [open, open, other, other].toSorted((a, b) => a - b),
    );
    expect(found.moved.find(({ by, measure }) => by === 'all' && measure === 'timeliness')).toMatchObject({
      before: [
        { counted: 'on-time', count: 5 },
        { counted: 'late', count: 1 },
        { counted: 'overdue', count: 1 },
      ],
      now: [
        { counted: 'on-time', count: 5 },
        { counted: 'late', count: 2 },
      ],
    });
    expect((await desk.as('triage', { url })).body).toBe(frozen);
  });

  it('tells when somebody altered the list past the program, which refuses it', async () => {
    const url = await made();
    const id = Number(url.split('/').at(-1));
    const { db } = desk.database;
    for (const forbidden of [
      sql`update report_entries set counted = 'on-time' where report_id = ${id}`,
      sql`delete from report_entries where report_id = ${id}`,
      sql`update reports set figures = '[]' where id = ${id}`,
    ])
      await expect(forbidden.execute(db)).rejects.toMatchObject({ code: 'SH003' });
    await sql`alter table report_entries disable trigger report_entries_frozen`.execute(db);
    await sql`update report_entries set counted = 'on-time' where report_id = ${id} and counted = 'late'`.execute(db);
    await sql`alter table report_entries enable trigger report_entries_frozen`.execute(db);
    expect((await recompute(url)).holds).toBe(false);
  });
});

describe('who reads a report', () => {
  it('and may not open identities sees no unit whose count is small', async () => {
    const report = await read(await made(), 'operator');
    expect(report.figures.filter(({ by }) => by === 'unit')).toEqual([]);
    expect(report.figures.find(({ by, measure }) => by === 'all' && measure === 'intake')?.total).toBe(7);
    const csv = await desk.as('operator', { url: `${await made()}/csv` });
    expect(csv.body).not.toContain('教育考试院');
  });

  it('sees nothing of a case that he may not see: neither in a figure, nor in the list, nor when it is counted again', async () => {
    const before = await made();
    const { userId } = desk.viewer('triage');
    await desk.database.transact((tx) => moveUser(tx, userId, 'FIN'));
    try {
      // Who made it does not matter: the office's own figure is whole.
      const own = await made();
      for (const url of [before, own]) {
        const report = await read(url);
        expect(report.figures.find(({ by, measure }) => by === 'all' && measure === 'intake')?.total).toBe(6);
        for (const figure of report.figures) {
          const entries = await behind(url, figure);
          expect(entries.length).toBe(figure.total);
          expect(entries.map(({ caseId }) => caseId)).not.toContain(accusing);
        }
        expect(report.entries).toBeLessThan((await read(url, 'supervisor')).entries);
        expect(await recompute(url)).toMatchObject({ holds: true, differing: 0, moved: [] });
      }
      const whole = await read(own, 'supervisor');
      expect(whole.figures.find(({ by, measure }) => by === 'all' && measure === 'intake')?.total).toBe(7);
    } finally {
      await desk.database.transact((tx) => moveUser(tx, userId, null));
    }
  });

  it('finds the reports that there are, the newest first', async () => {
    const url = await made({ from: '2014-08', to: '2014-08' });
    const { reports } = (await desk.as('operator', { url: '/api/reports' })).json<{ reports: { id: number }[] }>();
    expect(reports[0]).toMatchObject({ id: Number(url.split('/').at(-1)), from: '2014-08', name: '2014年8月' });
  });
});
