import { afterAll, beforeAll, expect, it } from 'vitest';
import { fireDeadlines } from '../../../src/casework/fire-deadlines.ts';
import { createPlanKeeper } from '../../../src/casework/keep-plans.ts';
import { createCalendar, type Calendar } from '../../../src/domain/calendar.ts';
import { dayOf, plusDays, yearOf } from '../../../src/domain/calendar-date.ts';
import { markPlannedBy, readPlannedBy } from '../../../src/store/deadlines.ts';
import { eventsOf, expectTablesToFollow } from '../../support/case-tables.ts';
import { countOf, openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { aMail, arriveAsCase } from '../../support/casework-mails.ts';

const NEVER = new AbortController().signal;
const TEN_MINUTES = 600_000;

let house: CaseworkHouse;
beforeAll(async () => {
  house = await openCasework();
});
afterAll(() => house.close());

/** A country that rests for so many days from tomorrow on. */
function resting(days: number): Calendar {
  const today = dayOf(new Date());
  const long = { name: '长假', from: plusDays(today, 1), to: plusDays(today, days), work: [] };
  return createCalendar([0, 1].map((later) => ({ year: yearOf(today) + later, holidays: later === 0 ? [long] : [] })));
}

/** A process of the office under a calendar of this name. Its time is what the test says. */
function processUnder(version: string, calendar: Calendar) {
  const process = { version, nowMs: 0, calendar };
  const { db } = house.database;
  const plans = createPlanKeeper({
    transact: house.store.replan,
    timing: {
      ...house.timing,
      get calendar() {
        return process.calendar;
      },
    },
    version: () => process.version,
    readPlannedBy: () => readPlannedBy(db),
    markPlannedBy: (planned) => markPlannedBy(db, planned),
    monotonicMs: () => process.nowMs,
  });
  return { process, plans };
}

const planned = (): Promise<string | null> => readPlannedBy(house.database.db);

it('a calendar is taken to all clocks at once, again when every process knows of it, and then not any more', async () => {
  await arriveAsCase(house, aMail());
  const { process, plans } = processUnder('ten days', resting(10));
  expect(await plans.planAll(NEVER)).toBeGreaterThan(0);
  expect(await planned()).toBeNull();

  // Another process, which does not know of the calendar yet, opens a case.
  const late = await arriveAsCase(house, aMail());
  process.nowMs = TEN_MINUTES - 1;
  expect(await plans.planAll(NEVER)).toBe(0);
  process.nowMs = TEN_MINUTES;
  expect(await plans.planAll(NEVER)).toBeGreaterThan(0);
  expect((await eventsOf(house, late)).filter(({ type }) => type === 'deadline-replanned').length).toBeGreaterThan(0);
  await expectTablesToFollow(house, late);
  expect(await planned()).toBe('ten days');

  // Who starts under it finds that nothing is to be done, even where something could be.
  await arriveAsCase(house, aMail());
  const next = processUnder('ten days', resting(10));
  expect([await next.plans.planDue(NEVER), await next.plans.planAll(NEVER)]).toEqual([0, 0]);
});

it('what is due is planned again before anything fires, and what is not due is left to the other pass', async () => {
  const caseId = await arriveAsCase(house, aMail());
  const ids = await house.sql(
    `update deadlines set step_at = now() - interval '1 second' where case_id = $1 and kind = 'NOTICE15' returning id`,
    [caseId],
  );
  const { plans } = processUnder('three weeks', resting(21));
  expect(await plans.planDue(NEVER)).toBe(1);
  const id = Number(ids[0]?.['id']);
  const fire = { transact: house.store.fire, timing: house.timing, wakeDeadline: () => undefined };
  await fireDeadlines(fire, [id]);
  expect(await countOf(house, 'ladder_firings where deadline_id = $1', [id])).toBe(0);
  await expectTablesToFollow(house, caseId);
});

it('a calendar that changes during a pass is taken to all clocks from the beginning', async () => {
  await arriveAsCase(house, aMail());
  const { process, plans } = processUnder('first', resting(5));
  await plans.planAll(NEVER);
  process.nowMs = TEN_MINUTES;
  process.version = 'second';
  process.calendar = resting(30);
  expect(await plans.planAll(NEVER)).toBeGreaterThan(0);
  expect(await planned()).not.toBe('second');
  process.nowMs = 2 * TEN_MINUTES;
  await plans.planAll(NEVER);
  expect(await planned()).toBe('second');
});

it('a deadline that cannot be taken holds up none that rings with it', async () => {
  const caseId = await arriveAsCase(house, aMail());
  const [good] = await house.sql(
    `update deadlines set step_at = now() - interval '1 second' where case_id = $1 and kind = 'NOTICE15' returning id`,
    [caseId],
  );
  const [bad] = await house.sql(
    `insert into deadlines (case_id, kind, cycle, legal, basis, due_raw, due_at, provisional, trigger_at, state, step, step_at)
     values ($1, 'NO_SUCH_CLOCK', 1, false, 't', now(), now(), false, now(), 'armed', 'due', now() - interval '1 hour') returning id`,
    [caseId],
  );
  const ids = [Number(bad?.['id']), Number(good?.['id'])];
  const fire = { transact: house.store.fire, timing: house.timing, wakeDeadline: () => undefined };
  expect([...(await fireDeadlines(fire, ids)).keys()]).toEqual([Number(bad?.['id'])]);
  expect(await countOf(house, 'ladder_firings where deadline_id = $1', [Number(good?.['id'])])).toBe(1);
});
