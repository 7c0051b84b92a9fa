import { afterEach, describe, expect, test } from 'vitest';
import { createClockGuard } from '../../../src/casework/fire-deadlines.ts';
import { intakeBars, todayEnds } from '../../../src/casework/today-days.ts';
import { createCalendar, isWorkingDay } from '../../../src/domain/calendar.ts';
import { dayOf, parseCalendarDate, plusDays } from '../../../src/domain/calendar-date.ts';
import { type DeadlineKind, planDeadline, profileAt } from '../../../src/domain/deadlines.ts';
import { deadlineSentences, explainDeadline } from '../../../src/domain/explain-deadline.ts';
import { ARMING_HORIZON_MS } from '../../../src/queue/contracts.ts';
import { dispatched, running } from '../../support/case-courses.ts';
import { officeCalendar, officeClocks, officeYears } from './rule-files.ts';

const clocks = officeClocks();
const calendar = officeCalendar();
const day = parseCalendarDate;

/** The last day of a limit that starts at this instant of Lanzhou. */
function lastDay(kind: DeadlineKind, local: string, within = calendar): string {
  const trigger = new Date(`${local}+08:00`);
  const { dueAt } = planDeadline(clocks, within, kind, profileAt(trigger), trigger);
  return dayOf(new Date(dueAt.getTime() - 1));
}
const worked = (date: string) => isWorkingDay(calendar, day(date));

const zoneOfThisProcess = process.env['TZ'];
afterEach(() => {
  if (zoneOfThisProcess === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneOfThisProcess;
});

describe('time', () => {
  test('T01 counts the 29th of February like any other day', () => {
    expect(lastDay('NOTICE15', '2016-02-15T10:00:00')).toBe('2016-03-01');
    expect(lastDay('NOTICE15', '2024-02-14T10:00:00')).toBe('2024-02-29');
    expect(plusDays(day('2024-02-29'), 365)).toBe('2025-02-28');
  });

  test('T02 knows no months: a limit is so many days, wherever a month ends', () => {
    expect(lastDay('DONE60', '2026-01-31T10:00:00')).toBe('2026-04-01');
    expect(() => day('2026-02-31')).toThrow(RangeError);
  });

  test('T03 gives our own targets the next working day after closing time, and the law none', () => {
    expect(['17:29:59', '17:30:00', '18:00:00'].map((hour) => lastDay('PERSON', `2026-07-24T${hour}`))).toEqual([
      '2026-07-27',
      '2026-07-27',
      '2026-07-28',
    ]);
    expect(lastDay('PERSON', '2026-07-25T09:00:00')).toBe('2026-07-28');
    expect(lastDay('PERSON', '2026-07-24T23:59:59.999')).toBe('2026-07-28');
    expect(lastDay('NOTICE15', '2026-07-24T23:59:59.999')).toBe('2026-08-10');
  });

  test('T04 works on the exchanged days of National Day 2014', () => {
    expect(['2014-09-28', '2014-10-11'].map(worked)).toEqual([true, true]);
    expect(lastDay('OBJECT5', '2014-09-26T10:00:00')).toBe('2014-10-09');
    expect(lastDay('OBJECT5', '2014-09-30T10:00:00')).toBe('2014-10-13');
  });

  test('T05 rests from the first to the seventh of October 2014', () => {
    const days = Array.from({ length: 9 }, (_, n) => plusDays(day('2014-09-30'), n));
    expect(days.map(worked)).toEqual([true, false, false, false, false, false, false, false, true]);
  });

  test('T06 works on the Sunday after New Year 2015', () => {
    expect(worked('2015-01-04')).toBe(true);
    expect(lastDay('SIGN1', '2014-12-31T10:00:00')).toBe('2015-01-04');
  });

  test('T07 works on the weekends around Spring Festival 2015', () => {
    expect(['2015-02-15', '2015-02-28'].map(worked)).toEqual([true, true]);
  });

  test('T08 moves a date out of Spring Festival 2026', () => {
    expect(lastDay('NOTICE15', '2026-02-05T10:00:00')).toBe('2026-02-24');
    expect(lastDay('OBJECT5', '2026-02-13T10:00:00')).toBe('2026-02-27');
    expect(['2026-02-14', '2026-02-28'].map(worked)).toEqual([true, true]);
  });

  test('T09 says that a date is provisional while the next year is not published, and why', () => {
    const trigger = new Date('2026-12-31T10:00:00+08:00');
    const plan = planDeadline(clocks, calendar, 'OBJECT5', '2022', trigger);
    expect([dayOf(new Date(plan.dueAt.getTime() - 1)), plan.provisional]).toEqual(['2027-01-08', true]);
    expect(deadlineSentences(explainDeadline(plan))).toEqual([
      '2026-12-31 为起始日，不计入',
      '不计入：2027-01-01（元旦）、2027-01-02（周末）、2027-01-03（周末）',
      '2027-01-08 24时截止',
      '所涉年份放假安排尚未公布，暂定',
    ]);
  });

  test('T10 plans the same date again when a notice comes or changes, later or earlier', () => {
    const notice = (to: string) => ({
      year: 2027,
      holidays: [{ name: '元旦', from: day('2027-01-01'), to: day(to), work: [] }],
    });
    const by = (to: string) =>
      lastDay('OBJECT5', '2026-12-31T10:00:00', createCalendar([...officeYears(), notice(to)]));
    expect([by('2027-01-03'), by('2027-01-05'), by('2027-01-03')]).toEqual(['2027-01-08', '2027-01-12', '2027-01-08']);
  });

  test('T11 reads a day of the summer times of 1986 to 1991 as that day', () => {
    expect(dayOf(new Date('1988-07-01T00:30:00+09:00'))).toBe('1988-07-01');
    expect(dayOf(new Date('1988-06-30T23:30:00+09:00'))).toBe('1988-06-30');
  });

  test.each(['UTC', 'America/New_York', 'Pacific/Kiritimati', ''])('T12 plans alike on a server in "%s"', (zone) => {
    if (zone === '') delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(lastDay('DONE60', '2014-07-22T00:30:00')).toBe('2014-09-22');
    expect(lastDay('TRIAGE', '2026-09-18T23:59:59')).toBe('2026-09-23');
  });

  test.each([
    ['T13 stops all firing when the clock goes back an hour', -3_600_000, 'jumped-back'],
    ['T14 stops all firing when the clock goes back a day', -86_400_000, 'jumped-back'],
    ['T15 stops all firing when the clock jumps a year ahead', 365 * 86_400_000, 'jumped-ahead'],
    ['T17 goes on through a smeared leap second', 1_000, 'normal'],
  ] as const)('%s', (_title, jumpMs, judged) => {
    let monotonic = 0;
    const guard = createClockGuard(() => monotonic);
    const start = new Date('2026-07-21T02:00:00Z');
    expect(guard(start, null)).toBe('normal');
    monotonic += 30_000; // the monotonic clock does not jump
    expect(guard(new Date(start.getTime() + 30_000 + jumpMs), start)).toBe(judged);
  });

  test('T20 takes no step of a clock that was met a moment before, and T21 none of it after it runs again', () => {
    const teller = dispatched();
    const clock = teller.file().deadlines.find(({ kind }) => kind === 'SIGN1');
    teller.atInstant(new Date(Date.parse(clock?.dueAt ?? '') - 1));
    teller.give('investigator', { type: 'sign-for' });
    teller.atInstant(new Date(clock?.dueAt ?? ''));
    const step = { type: 'take-step', kind: 'SIGN1', step: 'urge', late: false, skipped: [] } as const;
    teller.refuse('system', step, 'not-armed');
    teller.give('unit-head', { type: 'object', because: 'not-our-duty' });
    teller.give('supervisor', {
      type: 'rule',
      form: 'pass',
      unit: 'BASIC',
      helpers: [],
      userId: null,
      feedbackOn: null,
    });
    const again = teller.file().deadlines.findLast(({ kind }) => kind === 'SIGN1');
    expect([again?.cycle, again?.lastStep, running(teller).includes('SIGN1')]).toEqual([2, null, true]);
  });

  test('T22 sets no alarm further ahead than two hours, far below what a timer can hold', () => {
    expect(ARMING_HORIZON_MS).toBeLessThanOrEqual(2 * 3_600_000);
    expect(ARMING_HORIZON_MS).toBeLessThan(2 ** 31);
  });

  test.each(['2026-07-31T23:59:59.999', '2026-12-31T23:59:59.999', '2026-08-31T00:00:00.000'])(
    'T24 counts what came at %s to one day, and to no other',
    (local) => {
      const at = new Date(`${local}+08:00`);
      const now = new Date(at.getTime() + 1);
      const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
      const { hours, days } = intakeBars([{ hour, channel: 'email', count: 1 }], now);
      expect([hours, days].map((bars) => bars.reduce((sum, { email }) => sum + email, 0))).toEqual([1, 1]);
      const ends = todayEnds(calendar, at);
      expect(ends.begin.getTime() <= at.getTime() && at.getTime() < ends.today.getTime()).toBe(true);
      expect(todayEnds(calendar, ends.today).begin).toEqual(ends.today);
    },
  );
});
