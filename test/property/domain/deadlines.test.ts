import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../src/domain/calendar.ts';
import { dayOf } from '../../../src/domain/calendar-date.ts';
import { DEADLINE_KINDS, type DeadlineKind, planDeadline, profileAt } from '../../../src/domain/deadlines.ts';
import { PROFILES } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks } from '../../unit/domain/rule-files.ts';

const clocks = officeClocks();
const calendar = officeCalendar();

const someInstant = fc.date({
  min: new Date('2007-01-01T00:00:00Z'),
  max: new Date('2028-06-30T00:00:00Z'),
  noInvalidDate: true,
});
const someKind = fc.constantFrom(...DEADLINE_KINDS);
const someProfile = fc.constantFrom(...PROFILES);
const DATE_KINDS: readonly DeadlineKind[] = ['NOTICE15', 'TRIAGE', 'PERSON'];

const zoneOfThisProcess = process.env['TZ'];
afterEach(() => {
  if (zoneOfThisProcess === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneOfThisProcess;
});

describe('every planned deadline', () => {
  test('is never before its trigger, nor before its bare date', () => {
    fc.assert(
      fc.property(someKind, someProfile, someInstant, (kind, profile, trigger) => {
        const { dueRaw, dueAt } = planDeadline(clocks, calendar, kind, profile, trigger);
        expect(dueRaw.getTime()).toBeGreaterThanOrEqual(trigger.getTime());
        expect(dueAt.getTime()).toBeGreaterThanOrEqual(dueRaw.getTime());
      }),
    );
  });

  test('is monotone: what comes in later is not due earlier', () => {
    fc.assert(
      fc.property(someKind, someProfile, someInstant, fc.nat(40 * 86_400_000), (kind, profile, trigger, laterMs) => {
        const first = planDeadline(clocks, calendar, kind, profile, trigger);
        const second = planDeadline(clocks, calendar, kind, profile, new Date(trigger.getTime() + laterMs));
        expect(second.dueAt.getTime()).toBeGreaterThanOrEqual(first.dueAt.getTime());
      }),
    );
  });

  test('in days ends at 24:00 in Asia/Shanghai of a working day', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DATE_KINDS), someProfile, someInstant, (kind, profile, trigger) => {
        const { dueAt } = planDeadline(clocks, calendar, kind, profile, trigger);
        expect(dueAt.toISOString()).toMatch(/T16:00:00\.000Z$/);
        expect(isWorkingDay(calendar, dayOf(new Date(dueAt.getTime() - 1)))).toBe(true);
      }),
    );
  });

  test('is explained by days that follow one another from receipt to due date', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DATE_KINDS), someProfile, someInstant, (kind, profile, trigger) => {
        const { dueAt, explanation } = planDeadline(clocks, calendar, kind, profile, trigger);
        const { amount } = clocks[kind].limits[profile];
        expect(explanation[0]?.date).toBe(dayOf(trigger));
        expect(explanation.at(-1)?.date).toBe(dayOf(new Date(dueAt.getTime() - 1)));
        expect(explanation.filter(({ part }) => part === 'start')).toHaveLength(1);
        expect(explanation.filter(({ part }) => part === 'counted').map(({ count }) => count)).toEqual(
          Array.from({ length: amount }, (_, index) => index + 1),
        );
      }),
    );
  });

  test('is the same in every time zone of the process', () => {
    const plans = (zone: string): unknown[] => {
      process.env['TZ'] = zone;
      return fc
        .sample(fc.tuple(someKind, someInstant), { seed: 20140722, numRuns: 300 })
        .map(([kind, trigger]) => planDeadline(clocks, calendar, kind, profileAt(trigger), trigger));
    };
    const shanghai = plans('Asia/Shanghai');
    const offsets = ['UTC', 'America/New_York', 'Pacific/Kiritimati'].map((zone) => {
      expect(plans(zone)).toEqual(shanghai);
      return new Date('2026-01-15T00:00:00Z').getTimezoneOffset();
    });
    // The zones really were in force, or this test would prove nothing.
    expect(offsets).toEqual([0, 300, -840]);
  });
});
