import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCase, type CaseOrder, type ChangeResult } from '../../../src/casework/change-case.ts';
import { fireDeadlines, fireDueDeadlines } from '../../../src/casework/fire-deadlines.ts';
import type { LifeOrder } from '../../../src/casework/life-order.ts';
import { replanDeadlines } from '../../../src/casework/replan-deadlines.ts';
import { createCalendar } from '../../../src/domain/calendar.ts';
import { plusDays, dayOf } from '../../../src/domain/calendar-date.ts';
import { LIFE_RULES } from '../../../src/domain/case-life-commands.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { eventsOf, expectTablesToFollow } from '../../support/case-tables.ts';
import { countOf, openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { aMail, arriveAsCase } from '../../support/casework-mails.ts';
import { someLifeOrder } from '../../property/domain/life-orders.ts';

let house: CaseworkHouse;
let officer: Viewer;
let discipline: Viewer;
beforeAll(async () => {
  house = await openCasework();
  officer = await house.officer('supervisor');
  discipline = await house.officer('discipline');
});
afterAll(() => house.close());

const TEXTS = {
  request: '请补充',
  reason: '理由',
  inquiry: '经过',
  findings: '事实',
  grounds: '依据',
  measures: '处理',
  answer: '答复',
};
const PHONE = { way: 'phone', reference: null } as const;

function give(caseId: number, order: CaseOrder, by: Viewer = officer): Promise<ChangeResult> {
  const { store, timing } = house;
  const denyClosure = (units: readonly string[]): readonly string[] => units;
  const dependencies = { transact: store.change, timing, clock: systemClock, denyClosure, claimMinutes: 30 };
  return changeCase(dependencies, by, caseId, null, order);
}
const live = (caseId: number, order: LifeOrder, by?: Viewer) => give(caseId, { type: 'life', order, texts: TEXTS }, by);

async function confirmedCase(): Promise<number> {
  const caseId = await arriveAsCase(house, aMail());
  expect(await give(caseId, { type: 'confirm', accusedUnits: ['STUDENT'] })).toMatchObject({ kind: 'changed' });
  return caseId;
}

describe('a case in the database', () => {
  it('goes from triage to the archive by orders, and its tables follow the journal', async () => {
    const caseId = await confirmedCase();
    const feedbackOn = plusDays(dayOf(new Date()), 20);
    const orders: readonly (readonly [LifeOrder, Viewer?])[] = [
      [{ type: 'accept' }],
      [{ type: 'tell', delivery: PHONE }],
      [{ type: 'dispatch', form: 'charge', unit: 'BASIC', helpers: ['FIN'], userId: null, feedbackOn }],
      [{ type: 'sign-for' }],
      [{ type: 'request-extension', days: 10 }],
      [{ type: 'grant-extension', days: 10 }, discipline],
      [{ type: 'submit-result', finding: 'true', contacted: true, refundFen: 60_000 }],
      [{ type: 'approve-result' }, discipline],
      [{ type: 'sign-answer', document: '甘教效答〔1〕号' }],
      [{ type: 'deliver', delivery: PHONE, callback: true }],
      [{ type: 'record-callback', reached: true, satisfaction: 'satisfied' }],
      [{ type: 'close' }],
    ];
    for (const [order, by] of orders) {
      expect([order.type, await live(caseId, order, by)]).toMatchObject([order.type, { kind: 'changed' }]);
    }
    await expectTablesToFollow(house, caseId);
    const [texts] = await house.sql(`select array_agg(about order by id) as about from notes where case_id = $1`, [
      caseId,
    ]);
    expect(texts?.['about']).toContain('findings');
  });

  it('follows its journal after every order of random lives', { timeout: 120_000 }, async () => {
    const orders = fc.sample(someLifeOrder, { numRuns: 3_000, seed: 20140722 });
    const aside = ['link', 'merge', 'retract', 'refuse', 'refuse-for-good', 'transfer', 'ask-for-more', 'raise-flag'];
    let carriedOut = 0;
    for (let life = 0; life < 12; life += 1) {
      const caseId = await confirmedCase();
      for (let step = 0; step < 30; step += 1) {
        const [now] = await house.sql('select state from cases where id = $1', [caseId]);
        const n = orders.findIndex(({ type }) => {
          return !aside.includes(type) && LIFE_RULES[type].from.some((state) => state === now?.['state']);
        });
        const [order] = orders.splice(Math.max(n, 0), 1);
        if (order === undefined) break;
        const { notes: _notes, deadlines: _deadlines, ...bare } = order;
        const by = LIFE_RULES[bare.type].roles.includes('supervisor') && step % 3 > 0 ? officer : discipline;
        if ((await live(caseId, bare as LifeOrder, by)).kind === 'changed') carriedOut += 1;
      }
      await expectTablesToFollow(house, caseId);
    }
    expect(carriedOut).toBeGreaterThan(50);
  });

  it('keeps a denied unit out of help as well, against SQL by hand too', async () => {
    const caseId = await confirmedCase();
    await live(caseId, { type: 'accept' });
    const helped = {
      type: 'dispatch',
      form: 'pass',
      unit: 'BASIC',
      helpers: ['STUDENT'],
      userId: null,
      feedbackOn: null,
    } as const;
    expect(await live(caseId, helped)).toMatchObject({ kind: 'refused', reason: 'unit-denied' });
    await expect(
      house.sql(`insert into assignments (case_id, unit, by_user, part) values ($1, 'STUDENT', 1, 'helper')`, [caseId]),
    ).rejects.toMatchObject({ code: 'SH001' });
  });

  it('merges into a living case, and both say so', async () => {
    const [one, other] = [await confirmedCase(), await confirmedCase()];
    expect(await live(one, { type: 'merge', into: one })).toMatchObject({ reason: 'target-itself' });
    expect(await live(one, { type: 'merge', into: 999_999 })).toMatchObject({ reason: 'target-unknown' });
    expect(await live(one, { type: 'merge', into: other })).toMatchObject({ kind: 'changed' });
    expect((await eventsOf(house, one)).some((event) => event.type === 'case-merged' && event.into === other)).toBe(
      true,
    );
    expect((await eventsOf(house, other)).some((event) => event.type === 'case-linked' && event.to === one)).toBe(true);
    await expectTablesToFollow(house, one);
    await expectTablesToFollow(house, other);
  });
});

describe('clocks by hand', () => {
  it('are those of procedures, promises and tasks', async () => {
    const caseId = await confirmedCase();
    const start = (kind: 'DONE60' | 'TEACH30') => give(caseId, { type: 'start-clock', kind, since: null });
    expect(await start('DONE60')).toMatchObject({ reason: 'wrong-deadline' });
    expect([(await start('TEACH30')).kind, (await give(caseId, { type: 'meet-clock', kind: 'TEACH30' })).kind]).toEqual(
      ['changed', 'changed'],
    );
  });
});

const FIRE = () => ({ transact: house.store.fire, timing: house.timing, wakeDeadline: () => undefined });

/** Moves the next step of a clock to this many seconds from now, by the database's clock. */
async function dueIn(caseId: number, kind: string, seconds: number): Promise<number> {
  const [row] = await house.sql(
    `update deadlines set step_at = now() + make_interval(secs => $3) where case_id = $1 and kind = $2 and state = 'armed' returning id`,
    [caseId, kind, seconds],
  );
  return Number(row?.['id']);
}

describe('time in the database', () => {
  it('T16 decides: the alarm of a worker whose clock is ten minutes fast takes no step', async () => {
    const caseId = await confirmedCase();
    const id = await dueIn(caseId, 'NOTICE15', 600);
    expect(await fireDeadlines(FIRE(), [id])).toEqual(new Map());
    expect(await countOf(house, 'ladder_firings where deadline_id = $1', [id])).toBe(0);
  });

  it('T18 takes what fell due in three days of silence once, the oldest first, and says that it is late', async () => {
    const cases = [await confirmedCase(), await confirmedCase(), await confirmedCase()];
    const ids: number[] = [];
    for (const [n, caseId] of cases.entries()) ids.push(await dueIn(caseId, 'NOTICE15', -3 * 86_400 + n * 3_600));
    const stop = new AbortController().signal;
    await fireDueDeadlines(FIRE(), stop);
    await fireDueDeadlines(FIRE(), stop);
    const rows = await house.sql(
      `select deadline_id::int as id, late from ladder_firings where deadline_id = any($1) order by ctid`,
      [ids],
    );
    expect(rows).toEqual(ids.map((id) => ({ id, late: true })));
  });

  it('T19 takes a thousand steps of the same second, each once, in batches', { timeout: 120_000 }, async () => {
    const caseId = await confirmedCase();
    await house.sql(
      `insert into deadlines (case_id, kind, cycle, legal, basis, due_raw, due_at, provisional, trigger_at, state, step, step_at)
       select $1, 'CALLBACK', n + 1000, false, 't', now(), now(), false, now(), 'armed', 'due', date_trunc('second', now())
       from generate_series(1, 1000) n`,
      [caseId],
    );
    const stop = new AbortController().signal;
    await Promise.all([fireDueDeadlines(FIRE(), stop), fireDueDeadlines(FIRE(), stop)]);
    const once = `ladder_firings f join deadlines d on d.id = f.deadline_id where d.case_id = $1 and d.kind = 'CALLBACK'`;
    expect(await countOf(house, once, [caseId])).toBe(1_000);
  });

  it('a right lapses by itself, without a task for anybody', async () => {
    const caseId = await confirmedCase();
    await live(caseId, { type: 'accept' });
    await live(caseId, { type: 'dispatch', form: 'pass', unit: 'BASIC', helpers: [], userId: null, feedbackOn: null });
    await dueIn(caseId, 'OBJECT5', -5);
    const tasks = await countOf(house, 'tasks where case_id = $1', [caseId]);
    await fireDueDeadlines(FIRE(), new AbortController().signal);
    expect(
      await countOf(house, `deadlines where case_id = $1 and kind = 'OBJECT5' and state = 'cancelled'`, [caseId]),
    ).toBe(1);
    expect(await countOf(house, 'tasks where case_id = $1', [caseId])).toBe(tasks);
  });

  it('a calendar that was published moves every running clock that it changes, once, and says so in the journal', async () => {
    const caseId = await confirmedCase();
    await live(caseId, { type: 'accept' });
    // A country that rests for three weeks from today, and then works as usual.
    const today = dayOf(new Date());
    const year = Number(today.slice(0, 4));
    const long = { name: '长假', from: plusDays(today, 14), to: plusDays(today, 40), work: [] };
    const calendar = createCalendar([
      { year, holidays: [long] },
      { year: year + 1, holidays: [] },
    ]);
    const dependencies = { transact: house.store.replan, timing: { ...house.timing, calendar } };
    const stop = new AbortController().signal;
    expect(await replanDeadlines(dependencies, stop)).toBeGreaterThan(0);
    expect(await replanDeadlines(dependencies, stop)).toBe(0);
    const moved = (await eventsOf(house, caseId)).filter(({ type }) => type === 'deadline-replanned');
    expect(moved.length).toBeGreaterThan(0);
    await expectTablesToFollow(house, caseId);
  });
});
