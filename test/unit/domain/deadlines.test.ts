import { describe, expect, test } from 'vitest';
import { createCalendar } from '../../../src/domain/calendar.ts';
import { parseCalendarDate } from '../../../src/domain/calendar-date.ts';
import { type DeadlineKind, planDeadline, profileAt } from '../../../src/domain/deadlines.ts';
import type { Profile } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks, officeYears } from './rule-files.ts';

const clocks = officeClocks();
const calendar = officeCalendar();

function plan(kind: DeadlineKind, trigger: string, profile: Profile = '2022') {
  return planDeadline(clocks, calendar, kind, profile, new Date(trigger));
}

function due(kind: DeadlineKind, trigger: string, profile: Profile = '2022'): string {
  return plan(kind, trigger, profile).dueAt.toISOString();
}

describe('the legal profile', () => {
  test('changes with the first instant of 2022-05-01 in Asia/Shanghai', () => {
    expect(profileAt(new Date('2022-04-30T15:59:59.999Z'))).toBe('2014');
    expect(profileAt(new Date('2022-04-30T16:00:00.000Z'))).toBe('2022');
  });

  test('decides the article that a clock rests on', () => {
    expect(plan('NOTICE15', '2014-07-22T01:00:00Z', '2014')).toMatchObject({
      legal: true,
      basis: '《信访条例》第二十二条第二款',
    });
    expect(plan('NOTICE15', '2026-07-22T01:00:00Z')).toMatchObject({
      legal: true,
      basis: '《信访工作条例》第二十三条第二款',
    });
    expect(plan('TRIAGE', '2026-07-22T01:00:00Z').legal).toBe(false);
  });
});

describe('the answer to a mail', () => {
  test('is due 24 hours after receipt, through nights and rest days', () => {
    expect(plan('ACK_MAIL', '2026-10-02T13:30:00.000Z')).toMatchObject({
      dueRaw: new Date('2026-10-03T13:30:00.000Z'),
      dueAt: new Date('2026-10-03T13:30:00.000Z'),
      provisional: false,
      explanation: [],
    });
  });
});

describe('a promised call back', () => {
  test('is due at the instant that was promised', () => {
    expect(due('CALLBACK', '2026-10-04T02:15:00.000Z')).toBe('2026-10-04T02:15:00.000Z');
  });
});

describe('the legal notice', () => {
  test('is due at 24:00 of the fifteenth day in Asia/Shanghai', () => {
    expect(due('NOTICE15', '2014-07-22T01:00:00Z', '2014')).toBe('2014-08-06T16:00:00.000Z');
  });

  test('moves from a rest day to the next working day, and keeps the bare date', () => {
    expect(plan('NOTICE15', '2014-09-16T01:00:00Z', '2014')).toMatchObject({
      dueRaw: new Date('2014-10-01T16:00:00.000Z'),
      dueAt: new Date('2014-10-08T16:00:00.000Z'),
    });
  });

  test('moves out of the Spring Festival of 2026', () => {
    expect(due('NOTICE15', '2026-02-05T01:00:00Z')).toBe('2026-02-24T16:00:00.000Z');
  });

  test('gives no grace for evenings and rest days', () => {
    expect(due('NOTICE15', '2026-07-22T15:59:59.999Z')).toBe('2026-08-06T16:00:00.000Z');
    expect(due('NOTICE15', '2026-07-22T16:00:00.000Z')).toBe('2026-08-07T16:00:00.000Z');
    expect(due('NOTICE15', '2026-07-25T01:00:00Z')).toBe('2026-08-10T16:00:00.000Z');
  });
});

describe('an internal target', () => {
  // 2026-07-24 is a Friday.
  test.each([
    ['Friday 17:29:59.999', '2026-07-24T09:29:59.999Z', '2026-07-29'],
    ['Friday 17:30 sharp', '2026-07-24T09:30:00.000Z', '2026-07-29'],
    ['Friday after 17:30', '2026-07-24T09:30:00.001Z', '2026-07-30'],
    ['Friday 23:59:59.999', '2026-07-24T15:59:59.999Z', '2026-07-30'],
    ['Saturday', '2026-07-25T01:00:00.000Z', '2026-07-30'],
    ['Sunday', '2026-07-26T15:00:00.000Z', '2026-07-30'],
    ['Monday 00:00', '2026-07-26T16:00:00.000Z', '2026-07-30'],
  ])('of three working days for what comes in on %s', (_when, trigger, day) => {
    expect(due('TRIAGE', trigger)).toBe(`${day}T16:00:00.000Z`);
  });

  test('counts a Sunday that is worked in exchange as a working day', () => {
    expect(due('PERSON', '2014-09-28T01:00:00Z', '2014')).toBe('2014-09-29T16:00:00.000Z');
    expect(due('PERSON', '2014-09-27T01:00:00Z', '2014')).toBe('2014-09-29T16:00:00.000Z');
  });

  test('explains itself day by day from the receipt on', () => {
    const { explanation } = plan('TRIAGE', '2014-09-26T10:00:00Z', '2014');
    expect(explanation.map(({ date, reason, part, count }) => [date, reason, part, count])).toEqual([
      ['2014-09-26', 'working', 'received', null],
      ['2014-09-27', 'weekend', 'passed', null],
      ['2014-09-28', 'make-up', 'start', null],
      ['2014-09-29', 'working', 'counted', 1],
      ['2014-09-30', 'working', 'counted', 2],
      ['2014-10-01', 'holiday', 'passed', null],
      ['2014-10-02', 'holiday', 'passed', null],
      ['2014-10-03', 'holiday', 'passed', null],
      ['2014-10-04', 'holiday', 'passed', null],
      ['2014-10-05', 'holiday', 'passed', null],
      ['2014-10-06', 'holiday', 'passed', null],
      ['2014-10-07', 'holiday', 'passed', null],
      ['2014-10-08', 'working', 'counted', 3],
    ]);
  });

  test('explains a legal date too: the day of receipt is the start whatever it was', () => {
    const { explanation } = plan('NOTICE15', '2026-07-25T14:00:00Z');
    expect(explanation[0]).toMatchObject({ date: '2026-07-25', reason: 'weekend', part: 'start' });
    expect(explanation.slice(-2).map(({ part, count }) => [part, count])).toEqual([
      ['counted', 15],
      ['passed', null],
    ]);
  });
});

describe('a date that needs the calendar of a year not yet published', () => {
  test('is provisional, and planned again it is not', () => {
    const trigger = new Date('2026-12-30T01:00:00Z');
    const before = planDeadline(clocks, calendar, 'TRIAGE', '2022', trigger);
    expect(before).toMatchObject({ provisional: true, dueAt: new Date('2027-01-05T16:00:00.000Z') });
    const notice = {
      year: 2027,
      holidays: [
        {
          name: '元旦',
          from: parseCalendarDate('2027-01-01'),
          to: parseCalendarDate('2027-01-03'),
          work: [parseCalendarDate('2026-12-26')],
        },
      ],
    };
    const after = planDeadline(clocks, createCalendar([...officeYears(), notice]), 'TRIAGE', '2022', trigger);
    expect(after).toMatchObject({ provisional: false, dueAt: before.dueAt });
  });

  test('is provisional when only the start hangs on it', () => {
    // Received on an unpublished Saturday at 10:00: were it worked in exchange, the count would start on it.
    expect(plan('PERSON', '2027-01-02T02:00:00Z').provisional).toBe(true);
    expect(plan('PERSON', '2026-12-29T02:00:00Z').provisional).toBe(true);
    expect(plan('PERSON', '2026-12-25T02:00:00Z').provisional).toBe(false);
  });

  test('is not provisional for a clock in hours', () => {
    expect(plan('ACK_MAIL', '2027-06-01T00:00:00Z').provisional).toBe(false);
  });
});
