import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeCase, type CaseOrder } from '../../../src/casework/change-case.ts';
import type { Timing } from '../../../src/casework/case-change.ts';
import { fireDueDeadlines } from '../../../src/casework/fire-deadlines.ts';
import {
  forecastDeadlines,
  replayDeadlines,
  type ForecastLine,
  type ReplayLine,
} from '../../../src/casework/forecast-deadlines.ts';
import type { LifeOrder } from '../../../src/casework/life-order.ts';
import { replanDeadlines } from '../../../src/casework/replan-deadlines.ts';
import { createCalendar } from '../../../src/domain/calendar.ts';
import { dayOf, plusDays, yearOf } from '../../../src/domain/calendar-date.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { allRunningClocks, clocksThatRan, clocksWithSteps } from '../../../src/store/forecast-clocks.ts';
import { countOf, openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { aMail, arriveAsCase } from '../../support/casework-mails.ts';
import { movableClock } from '../../support/moved-clock.ts';

const HOUR_MS = 3_600_000;
const DAYS = 14;
/** How often the escalation looks in. No two steps of a clock are nearer. */
const GRID_HOURS = 12;
const NEVER = new AbortController().signal;

let house: CaseworkHouse;
let officer: Viewer;
let moveClock: (to: Date) => Promise<void>;

async function open(): Promise<void> {
  house = await openCasework();
  moveClock = await movableClock(house);
  officer = await house.officer('supervisor');
}

async function give(caseId: number, order: CaseOrder): Promise<void> {
  const { store, timing } = house;
  const denyClosure = (units: readonly string[]): readonly string[] => units;
  const dependencies = { transact: store.change, timing, clock: systemClock, denyClosure, claimMinutes: 30 };
  expect(await changeCase(dependencies, officer, caseId, null, order)).toMatchObject({ kind: 'changed' });
}

/** Cases at several points of their lives, so that clocks of hours, days and rights run beside each other. */
async function someCases(): Promise<void> {
  await arriveAsCase(house, aMail());
  const confirmed = await arriveAsCase(house, aMail());
  await give(confirmed, { type: 'confirm', accusedUnits: ['STUDENT'] });
  const handled = await arriveAsCase(house, aMail());
  const orders: readonly LifeOrder[] = [
    { type: 'accept' },
    {
      type: 'dispatch',
      form: 'charge',
      unit: 'BASIC',
      helpers: [],
      userId: null,
      feedbackOn: plusDays(dayOf(new Date()), 5),
    },
  ];
  await give(handled, { type: 'confirm', accusedUnits: ['STUDENT'] });
  for (const order of orders) await give(handled, { type: 'life', order, texts: {} });
}

async function running(): Promise<Parameters<typeof forecastDeadlines>[1]> {
  const clocks = [];
  for await (const page of allRunningClocks(house.database.db, 2)) clocks.push(...page);
  return clocks;
}

/** The real escalation, looking in every few hours of so many days. */
async function liveThrough(timing: Timing, from: Date, days: number): Promise<void> {
  const dependencies = { transact: house.store.fire, timing, wakeDeadline: () => undefined };
  await moveClock(from);
  await replanDeadlines({ transact: house.store.replan, timing }, NEVER);
  for (let hours = 0; hours <= days * 24; hours += GRID_HOURS) {
    await moveClock(new Date(from.getTime() + hours * HOUR_MS));
    await fireDueDeadlines(dependencies, NEVER);
  }
}

async function fired(): Promise<readonly string[]> {
  const rows = await house.sql(
    `select d.case_id, d.kind, f.step, f.step_at, f.effect, d.due_raw, d.due_at
     from ladder_firings f join deadlines d on d.id = f.deadline_id`,
  );
  return rows
    .map((row) =>
      [
        row['case_id'],
        row['kind'],
        row['step'],
        iso(row['step_at']),
        row['effect'],
        iso(row['due_raw']),
        iso(row['due_at']),
      ].join(' '),
    )
    .toSorted();
}

const iso = (at: unknown): string => (at as Date).toISOString();

function expected(lines: readonly ForecastLine[]): readonly string[] {
  return lines
    .map(({ caseId, kind, step, at, effect, dueRaw, dueAt }) =>
      [caseId, kind, step, iso(at), effect === 'task' ? 'task' : 'none', iso(dueRaw), iso(dueAt)].join(' '),
    )
    .toSorted();
}

/** Warns and urges only, a day earlier than ours; and a country that rests in the second week from today. */
function otherRules(timing: Timing): Timing {
  const today = dayOf(new Date());
  const short = [
    { step: 'warn' as const, workingDays: -2 },
    { step: 'urge' as const, workingDays: 0 },
    { step: 'red' as const, workingDays: 2 },
  ];
  const long = { name: '长假', from: plusDays(today, 8), to: plusDays(today, 12), work: [] };
  const year = yearOf(today);
  return {
    ...timing,
    ladders: { ...timing.ladders, TRIAGE: short, NOTICE15: short, FEEDBACK: short, SIGN1: short },
    calendar: createCalendar([
      { year, holidays: [long] },
      { year: year + 1, holidays: [] },
    ]),
  };
}

describe.each([
  ['in force', 0, (timing: Timing) => timing],
  ['in force, after three weeks in which nobody could fire', 20, (timing: Timing) => timing],
  ['that somebody proposes', 0, otherRules],
])('a forecast by the rules %s', (_, silentDays, rules) => {
  let forecast: readonly ForecastLine[];
  let timing: Timing;
  let now: Date;
  let until: Date;
  beforeAll(async () => {
    await open();
    await someCases();
    timing = rules(house.timing);
    now = new Date(Date.now() + silentDays * 24 * HOUR_MS);
    until = new Date(now.getTime() + DAYS * 24 * HOUR_MS);
    forecast = forecastDeadlines(timing, await running(), { now, until });
    await liveThrough(timing, now, DAYS);
  });
  afterAll(() => house.close());

  it('is what fires when the days have passed, with the same instants, dates and effects', async () => {
    expect(forecast.length).toBeGreaterThan(8);
    expect(await fired()).toEqual(expected(forecast));
    const tasks = forecast.filter(({ effect }) => effect === 'task').length;
    expect(await countOf(house, `tasks where reason like '%.%' and kind in ('deadline', 'tell-by-phone')`)).toBe(tasks);
  });

  it('says which steps are overtaken, as the journal says it afterwards', async () => {
    const rows = await house.sql(
      `select case_id::int as "caseId", data ->> 'kind' as kind, data ->> 'step' as step, data ->> 'reason' as reason
       from journal where kind = 'step-skipped'`,
    );
    const skipped = forecast.flatMap(({ caseId, kind, skipped: all }) =>
      all.map(({ step, reason }) => ({ caseId, kind, step, reason })),
    );
    expect(rows.toSorted(byStep)).toEqual(skipped.toSorted(byStep));
    expect(skipped.length > 0).toBe(silentDays > 0);
  });
});

type Step = { readonly caseId?: unknown; readonly kind?: unknown; readonly step?: unknown };
const keyOf = ({ caseId, kind, step }: Step): string => [caseId, kind, step].join(' ');
const byStep = (a: Step, b: Step): number => (keyOf(a) < keyOf(b) ? -1 : 1);

describe('a look at the past', () => {
  const now = new Date();
  const until = new Date(now.getTime() + DAYS * 24 * HOUR_MS);
  beforeAll(async () => {
    await open();
    await someCases();
    await liveThrough(house.timing, now, DAYS);
  });
  afterAll(() => house.close());

  it('by the same rules is what was done', async () => {
    const lines: ReplayLine[] = [];
    for await (const clocks of clocksThatRan(house.database.db, { from: now, until }, 2))
      lines.push(...replayDeadlines(house.timing, clocks, { from: now, until }).lines);
    expect(lines).toHaveLength(await countOf(house, 'ladder_firings'));
    expect(lines.length).toBeGreaterThan(8);
    for (const { was, would } of lines) {
      const waited = (was?.getTime() ?? 0) - (would?.firesAt.getTime() ?? 0);
      expect(waited).toBeGreaterThanOrEqual(0);
      expect(waited).toBeLessThanOrEqual(GRID_HOURS * HOUR_MS);
    }
  });

  it('by other rules shows a step that nobody took, and one that would not have been taken', async () => {
    const none = {
      ...house.timing,
      ladders: { ...house.timing.ladders, TRIAGE: [{ step: 'raise', workingDays: 0 }] },
    } as const;
    const lines: ReplayLine[] = [];
    for await (const clocks of clocksThatRan(house.database.db, { from: now, until }, 100))
      lines.push(...replayDeadlines(none, clocks, { from: now, until }).lines);
    const triage = lines.filter(({ kind }) => kind === 'TRIAGE');
    expect(triage.some(({ step, was, would }) => step === 'raise' && was === null && would !== null)).toBe(true);
    expect(triage.some(({ step, was, would }) => step === 'urge' && was !== null && would === null)).toBe(true);
  });
});

describe('the clocks of a forecast', () => {
  beforeAll(async () => {
    await open();
    await someCases();
  });
  afterAll(() => house.close());

  it('are those of cases that the viewer may see, and none for who may see no case', async () => {
    const until = new Date(Date.now() + DAYS * 24 * HOUR_MS);
    const auditor = await house.officer('auditor');
    expect((await clocksWithSteps(house.database.db, officer, until, 100)).length).toBeGreaterThan(3);
    expect(await clocksWithSteps(house.database.db, auditor, until, 100)).toEqual([]);
    expect(await clocksWithSteps(house.database.db, officer, until, 2)).toHaveLength(2);
  });
});
