import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addCalendarDays, addWorkingDays, isWorkingDay, workingDaysLeft } from '../../../src/domain/calendar.ts';
import {
  type CalendarDate,
  dateOfDayNumber,
  dayNumber,
  dayOf,
  endOfDay,
  parseCalendarDate,
  plusDays,
} from '../../../src/domain/calendar-date.ts';
import { officeCalendar } from '../../unit/domain/rule-files.ts';

const calendar = officeCalendar();

/** A day of 2007 to 2028: published years and two that are not. */
const someDay: fc.Arbitrary<CalendarDate> = fc
  .integer({
    min: dayNumber(parseCalendarDate('2007-01-01')),
    max: dayNumber(parseCalendarDate('2028-12-31')),
  })
  .map(dateOfDayNumber);
const someWorkingDay = someDay.map((date) => addWorkingDays(calendar, date, 0).rolled);
const someCount = fc.integer({ min: 0, max: 90 });

describe('working-day arithmetic', () => {
  test('never ends on a rest day', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -90, max: 90 }), (start, days) => {
        expect(isWorkingDay(calendar, addWorkingDays(calendar, start, days).rolled)).toBe(true);
        expect(isWorkingDay(calendar, addCalendarDays(calendar, start, days).rolled)).toBe(true);
      }),
    );
  });

  test('is monotone in the start and strictly in the number of days', () => {
    fc.assert(
      fc.property(someDay, someCount, fc.nat(40), (start, days, later) => {
        const { rolled } = addWorkingDays(calendar, start, days);
        expect(addWorkingDays(calendar, plusDays(start, later), days).rolled >= rolled).toBe(true);
        expect(addWorkingDays(calendar, start, days + 1).rolled > rolled || days === 0).toBe(true);
        expect(
          addCalendarDays(calendar, plusDays(start, later), days).rolled >=
            addCalendarDays(calendar, start, days).rolled,
        ).toBe(true);
      }),
    );
  });

  test('adding and taking away the same days leads back to a working day', () => {
    fc.assert(
      fc.property(someWorkingDay, fc.integer({ min: -90, max: 90 }), (start, days) => {
        const there = addWorkingDays(calendar, start, days).rolled;
        expect(addWorkingDays(calendar, there, -days).rolled).toBe(start);
      }),
    );
  });

  test('days left is its inverse', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -90, max: 90 }), (start, days) => {
        fc.pre(days !== 0);
        expect(workingDaysLeft(calendar, start, addWorkingDays(calendar, start, days).rolled)).toBe(days);
      }),
    );
  });

  test('explains every result: as many counted days as asked for, in order, none of them at rest', () => {
    fc.assert(
      fc.property(someDay, someCount, (start, days) => {
        const { days: explanation, raw, rolled } = addWorkingDays(calendar, start, days);
        const counted = explanation.filter(({ count }) => count !== null);
        expect(counted.map(({ count }) => count)).toEqual(Array.from({ length: days }, (_, index) => index + 1));
        expect(counted.every(({ working }) => working)).toBe(true);
        expect(explanation.map(({ date }) => date)).toEqual(
          Array.from({ length: explanation.length }, (_, index) => plusDays(start, index + 1)),
        );
        expect(explanation.at(-1)?.date ?? start).toBe(rolled);
        expect(raw <= rolled).toBe(true);
      }),
    );
  });
});

describe('dates and instants', () => {
  test('an instant lies in the day that dayOf gives, and no later', () => {
    const instant = fc.date({
      min: new Date('2000-01-01T00:00:00Z'),
      max: new Date('2099-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (at) => {
        const day = dayOf(at);
        expect(at.getTime() < endOfDay(day).getTime()).toBe(true);
        expect(at.getTime() >= endOfDay(plusDays(day, -1)).getTime()).toBe(true);
      }),
    );
  });

  test('every day number has one date and every date one day number', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), (number) => {
        expect(dayNumber(dateOfDayNumber(number))).toBe(number);
      }),
    );
  });
});
