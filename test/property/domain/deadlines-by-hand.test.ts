import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEADLINE_KINDS, type DeadlineKind, planDeadline } from '../../../src/domain/deadlines.ts';
import { PROFILES, type Profile } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks, readRuleFile } from '../../unit/domain/rule-files.ts';

/**
 * The same dates in another way: no calendar functions of the house, but a long row of days with a tick for each that is worked,
 * straight from the file, and a count along it.
 */
type Notice = {
  readonly year: number;
  readonly holidays: readonly { from: string; to: string; work?: readonly string[] }[];
};
type Limit = { readonly amount: number; readonly unit: string; readonly force: string };

const FIRST_MS = Date.UTC(2006, 11, 1);
const dateOf = (n: number): string => new Date(FIRST_MS + n * 86_400_000).toISOString().slice(0, 10);
const row = Array.from({ length: 366 * 20 + 40 }, (_, n) => {
  const date = dateOf(n);
  return { date, worked: ![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay()) };
});
const at = new Map(row.map(({ date }, n) => [date, n]));
for (const { holidays } of (readRuleFile('calendar.yaml') as { years: readonly Notice[] }).years) {
  for (const { from, to, work = [] } of holidays) {
    for (const one of row) if (one.date >= from && one.date <= to) one.worked = false;
    for (const date of work) for (const one of row) if (one.date === date) one.worked = true;
  }
}

const TIMES: Readonly<Record<string, number>> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000 };

function endOf(n: number): number {
  return FIRST_MS + (n + 1) * 86_400_000 - 8 * 3_600_000; // 24:00 of Lanzhou
}

/** The next day that is worked, this one included or not. */
function workedFrom(n: number): number {
  let day = n;
  while (row[day]?.worked !== true) day += 1;
  return day;
}

function lastOfQuarter(date: string): number {
  const last = ['03-31', '06-30', '09-30', '12-31'][Math.ceil(Number(date.slice(5, 7)) / 3) - 1] ?? '';
  return at.get(`${date.slice(0, 4)}-${last}`) ?? Number.NaN;
}

function counted(start: number, { amount, unit }: Limit): number {
  if (unit === 'quarters') return lastOfQuarter(dateOf(start));
  if (unit === 'calendar-days') return start + amount;
  let end = start;
  for (let n = 0; n < amount; n += 1) end = workedFrom(end + 1);
  return end;
}

function byHand(limit: Limit, trigger: Date): number {
  const perUnit = TIMES[limit.unit];
  if (perUnit !== undefined) return trigger.getTime() + limit.amount * perUnit;
  const local = new Date(trigger.getTime() + 8 * 3_600_000).toISOString();
  const received = at.get(local.slice(0, 10)) ?? Number.NaN;
  const late = local.slice(11) > '17:30:00.000Z' || row[received]?.worked !== true;
  const start = limit.force === 'internal' && late ? workedFrom(received + 1) : received;
  return endOf(workedFrom(counted(start, limit)));
}

const clocks = officeClocks();
const calendar = officeCalendar();
const limits = (readRuleFile('clocks.yaml') as { clocks: Record<DeadlineKind, Record<Profile, Limit>> }).clocks;

describe('ten thousand random deadlines', () => {
  test('are what a count along a row of days gives', () => {
    const some = fc.tuple(
      fc.constantFrom(...DEADLINE_KINDS),
      fc.constantFrom(...PROFILES),
      // Up to where the longest limit still ends within a published year.
      fc.date({ min: new Date('2007-01-02T00:00:00Z'), max: new Date('2026-09-01T00:00:00Z'), noInvalidDate: true }),
    );
    let compared = 0;
    fc.assert(
      fc.property(some, ([kind, profile, trigger]) => {
        const { dueAt } = planDeadline(clocks, calendar, kind, profile, trigger);
        expect([kind, dueAt.getTime()]).toEqual([kind, byHand(limits[kind][profile], trigger)]);
        compared += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(compared).toBe(10_000);
  });
});
