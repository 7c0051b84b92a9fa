import { describe, expect, test } from 'vitest';
import {
  dateOfDayNumber,
  dayNumber,
  dayOf,
  endOfDay,
  isCalendarDate,
  parseCalendarDate,
  plusDays,
  weekdayOf,
  yearOf,
} from '../../../src/domain/calendar-date.ts';

describe('a calendar date', () => {
  test.each(['2014-07-22', '2016-02-29', '0000-01-01', '9999-12-31'])('%s is one', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });

  test.each(['2014-02-30', '2015-02-29', '2014-13-01', '2014-00-10', '2014-7-2', '20140722', '2014-07-22T00:00', ''])(
    '"%s" is none',
    (text) => {
      expect(isCalendarDate(text)).toBe(false);
      expect(() => parseCalendarDate(text)).toThrow(RangeError);
    },
  );

  test('knows its neighbours, its weekday and its year', () => {
    const date = parseCalendarDate('2014-12-31');
    expect(plusDays(date, 1)).toBe('2015-01-01');
    expect(plusDays(date, -31)).toBe('2014-11-30');
    expect(weekdayOf(date)).toBe(3);
    expect(yearOf(date)).toBe(2014);
    expect(dateOfDayNumber(dayNumber(date))).toBe(date);
  });
});

describe('the day of an instant', () => {
  test.each([
    ['2014-07-22T15:59:59.999Z', '2014-07-22'],
    ['2014-07-22T16:00:00.000Z', '2014-07-23'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01'],
  ])('%s falls on %s in Asia/Shanghai', (instant, day) => {
    expect(dayOf(new Date(instant))).toBe(day);
  });

  test('follows the summer time of 1988', () => {
    // 15:30 UTC was 00:30 in Shanghai that night, not 23:30.
    expect(dayOf(new Date('1988-07-01T15:30:00Z'))).toBe('1988-07-02');
    expect(dayOf(new Date('1988-01-01T15:30:00Z'))).toBe('1988-01-01');
  });

  test('a day ends at 24:00 in Asia/Shanghai', () => {
    expect(endOfDay(parseCalendarDate('2014-07-25')).toISOString()).toBe('2014-07-25T16:00:00.000Z');
  });
});
