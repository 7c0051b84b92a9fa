import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import {
  addCalendarDays,
  addWorkingDays,
  createCalendar,
  DAY_REASON_NAMES,
  DAY_REASONS,
  isWorkingDay,
  workingDaysLeft,
} from '../../../src/domain/calendar.ts';
import {
  type CalendarDate,
  dayNumber,
  parseCalendarDate,
  plusDays,
  yearOf,
} from '../../../src/domain/calendar-date.ts';
import { officeCalendar, officeYears } from './rule-files.ts';

const calendar = officeCalendar();
const day = parseCalendarDate;

/** Every day from `first` to `last`. */
function span(first: string, last: string): CalendarDate[] {
  const length = dayNumber(day(last)) - dayNumber(day(first)) + 1;
  return Array.from({ length }, (_, index) => plusDays(day(first), index));
}

function restDays(dates: readonly CalendarDate[]): CalendarDate[] {
  return dates.filter((date) => !isWorkingDay(calendar, date));
}

describe('the published calendar', () => {
  test('agrees with chinese-days on every day of 2007 to 2026', () => {
    const dates = span('2007-01-01', '2026-12-31');
    expect(dates).toHaveLength(7305);
    expect(dates.filter((date) => isWorkingDay(calendar, date) !== chineseDays.isWorkday(date))).toEqual([]);
  });

  test('names every day that a notice speaks of', () => {
    const short = (name: string): string => name.replace(/^(清明|端午|中秋)节$/, '$1');
    const spoken = span('2007-01-01', '2026-12-31').filter((date) => chineseDays.getDayDetail(date).name.includes(','));
    expect(spoken.length).toBeGreaterThan(600);
    for (const date of spoken) {
      const { holiday, working, reason } = calendar.describe(date);
      const source = chineseDays.getDayDetail(date);
      expect([date, short(holiday ?? ''), reason]).toEqual([
        date,
        source.name.split(',')[1],
        source.work ? 'make-up' : 'holiday',
      ]);
      expect(working).toBe(source.work);
    }
  });

  test('covers 2007 to 2026 and no year more', () => {
    expect(officeYears().map(({ year }) => year)).toEqual(Array.from({ length: 20 }, (_, index) => 2007 + index));
  });

  // Typed from the notices, not from the package, so that a slip of its authors shows.
  test.each([
    [2014, '01-01 01-31/02-06 04-05 04-07 05-01/05-03 06-02 09-08 10-01/10-07', '01-26 02-08 05-04 09-28 10-11'],
    [2015, '01-01/01-03 02-18/02-24', '01-04 02-15 02-28'],
    [2025, '01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08', '01-26 02-08 04-27 09-28 10-11'],
    [
      2026,
      '01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07',
      '01-04 02-14 02-28 05-09 09-20 10-10',
    ],
  ])('rests and works in %i as the notice says', (year, off, worked) => {
    for (const part of off.split(' ')) {
      const [first = part, last = first] = part.split('/');
      const dates = span(`${year}-${first}`, `${year}-${last}`);
      expect(restDays(dates)).toEqual(dates);
    }
    for (const date of worked.split(' ')) {
      expect(calendar.describe(day(`${year}-${date}`))).toMatchObject({ working: true, reason: 'make-up' });
    }
  });

  test('says for each kind of day why it is worked or not', () => {
    expect(calendar.describe(day('2014-09-26'))).toEqual({
      date: '2014-09-26',
      working: true,
      reason: 'working',
      holiday: null,
      published: true,
    });
    expect(calendar.describe(day('2014-09-27'))).toMatchObject({ working: false, reason: 'weekend' });
    expect(calendar.describe(day('2014-09-28'))).toMatchObject({ working: true, reason: 'make-up', holiday: '国庆节' });
    expect(calendar.describe(day('2014-10-01'))).toMatchObject({
      working: false,
      reason: 'holiday',
      holiday: '国庆节',
    });
    expect(DAY_REASONS.map((reason) => DAY_REASON_NAMES[reason])).toHaveLength(5);
  });
});

describe('working days', () => {
  test.each([
    ['2014-07-22', 3, '2014-07-25'],
    ['2014-07-22', 5, '2014-07-29'],
    ['2014-07-22', 15, '2014-08-12'],
    ['2014-09-26', 5, '2014-10-09'],
    ['2014-09-30', 5, '2014-10-13'],
    ['2026-09-18', 5, '2026-09-24'],
    ['2026-09-30', 5, '2026-10-13'],
    ['2026-02-13', 5, '2026-02-27'],
    ['2014-12-31', 1, '2015-01-04'],
    ['2015-02-13', 2, '2015-02-16'],
  ])('%s and %i working days more is %s', (start, days, due) => {
    expect(addWorkingDays(calendar, day(start), days)).toMatchObject({ raw: due, rolled: due, provisional: false });
  });

  test('agree with chinese-days for 1 to 20 days from every day of 2014, 2020 and 2026', () => {
    let compared = 0;
    for (const year of [2014, 2020, 2026]) {
      for (const start of span(`${year}-01-01`, `${year}-11-15`)) {
        for (const days of [1, 3, 5, 15, 20]) {
          expect(addWorkingDays(calendar, start, days).rolled).toBe(chineseDays.findWorkday(days, start));
          compared += 1;
        }
      }
    }
    expect(compared).toBe((319 + 320 + 319) * 5);
  });

  test('count backwards, and zero means the next working day', () => {
    expect(addWorkingDays(calendar, day('2014-10-09'), -5).rolled).toBe('2014-09-26');
    expect(addWorkingDays(calendar, day('2014-10-03'), 0)).toMatchObject({ raw: '2014-10-03', rolled: '2014-10-08' });
    expect(addWorkingDays(calendar, day('2014-10-08'), 0)).toMatchObject({ rolled: '2014-10-08', days: [] });
  });

  test('show day by day what was counted', () => {
    const { days } = addWorkingDays(calendar, day('2014-09-26'), 3);
    expect(days.map(({ date, reason, count }) => [date, reason, count])).toEqual([
      ['2014-09-27', 'weekend', null],
      ['2014-09-28', 'make-up', 1],
      ['2014-09-29', 'working', 2],
      ['2014-09-30', 'working', 3],
    ]);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d days are refused', (days) => {
    expect(() => addWorkingDays(calendar, day('2014-07-22'), days)).toThrow(RangeError);
    expect(() => addCalendarDays(calendar, day('2014-07-22'), days)).toThrow(RangeError);
  });

  test('left until a date count that date and not today', () => {
    expect(workingDaysLeft(calendar, day('2014-07-22'), day('2014-07-25'))).toBe(3);
    expect(workingDaysLeft(calendar, day('2014-07-25'), day('2014-07-25'))).toBe(0);
    expect(workingDaysLeft(calendar, day('2014-07-28'), day('2014-07-25'))).toBe(-1);
    expect(workingDaysLeft(calendar, day('2014-07-27'), day('2014-07-26'))).toBe(0);
  });
});

describe('calendar days', () => {
  test.each([
    ['2014-07-22', 15, '2014-08-06', '2014-08-06'],
    ['2014-07-22', 60, '2014-09-20', '2014-09-22'],
    ['2014-07-22', 90, '2014-10-20', '2014-10-20'],
    ['2014-09-16', 15, '2014-10-01', '2014-10-08'],
    ['2026-01-31', 15, '2026-02-15', '2026-02-24'],
  ])('%s and %i days more ends %s and is due %s', (start, days, raw, rolled) => {
    expect(addCalendarDays(calendar, day(start), days)).toMatchObject({ raw, rolled, provisional: false });
  });

  test('are all counted, and the days of the roll are shown after them', () => {
    const { days } = addCalendarDays(calendar, day('2014-09-18'), 2);
    expect(days.map(({ date, reason, count }) => [date, reason, count])).toEqual([
      ['2014-09-19', 'working', 1],
      ['2014-09-20', 'weekend', 2],
      ['2014-09-21', 'weekend', null],
      ['2014-09-22', 'working', null],
    ]);
  });

  test('count backwards too', () => {
    expect(addCalendarDays(calendar, day('2014-08-06'), -15).raw).toBe('2014-07-22');
  });
});

describe('a year without a published calendar', () => {
  test('is counted by statute and weekends, and marked', () => {
    expect(addWorkingDays(calendar, day('2026-12-31'), 5)).toMatchObject({ rolled: '2027-01-08', provisional: true });
    expect(addCalendarDays(calendar, day('2026-12-25'), 15)).toMatchObject({ rolled: '2027-01-11', provisional: true });
  });

  test('knows the feasts on their own dates', () => {
    const feasts = span('2027-01-01', '2027-12-31')
      .map((date) => calendar.describe(date))
      .filter(({ reason }) => reason === 'holiday')
      .map(({ date, holiday }) => `${date.slice(5)} ${holiday ?? ''}`);
    expect(feasts).toEqual([
      '01-01 元旦',
      '02-05 春节',
      '02-06 春节',
      '02-07 春节',
      '02-08 春节',
      '04-05 清明节',
      '05-01 劳动节',
      '05-02 劳动节',
      '06-09 端午节',
      '09-15 中秋节',
      '10-01 国庆节',
      '10-02 国庆节',
      '10-03 国庆节',
    ]);
  });

  test('calls its weekdays unpublished, and takes them for working days', () => {
    expect(calendar.describe(day('2027-01-04'))).toEqual({
      date: '2027-01-04',
      working: true,
      reason: 'unpublished',
      holiday: null,
      published: false,
    });
    expect(calendar.describe(day('2027-01-02'))).toMatchObject({ reason: 'weekend', published: false });
  });

  test('leaves the last three days of the year before open: notices have disposed of them', () => {
    expect(calendar.describe(day('2026-12-28'))).toMatchObject({ reason: 'working', published: true });
    expect(calendar.describe(day('2026-12-29'))).toMatchObject({ reason: 'unpublished', published: false });
    const moved = span('2007-01-01', '2026-12-31').filter(
      (date) => date.slice(5, 7) === '12' && ['holiday', 'make-up'].includes(calendar.describe(date).reason),
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.filter((date) => date.slice(5) < '12-29')).toEqual([]);
  });

  test('changes its answers when the notice arrives', () => {
    const notice = {
      year: 2027,
      holidays: [{ name: '元旦', from: day('2027-01-01'), to: day('2027-01-03'), work: [day('2026-12-26')] }],
    };
    const published = createCalendar([...officeYears(), notice]);
    expect(addWorkingDays(published, day('2026-12-31'), 5)).toMatchObject({ rolled: '2027-01-08', provisional: false });
    expect(published.describe(day('2026-12-26'))).toMatchObject({ reason: 'make-up', published: true });
    expect(calendar.describe(day('2026-12-26')).reason).toBe('weekend');
    expect(yearOf(day('2026-12-26'))).toBe(2026);
  });

  test('is provisional only when an unpublished day matters', () => {
    // Calendar days count whatever they are; only the last one can be turned over.
    expect(addCalendarDays(createCalendar([]), day('2014-07-22'), 3).provisional).toBe(true);
    expect(addCalendarDays(calendar, day('2026-12-10'), 15).provisional).toBe(false);
    expect(addWorkingDays(calendar, day('2026-12-28'), -5).provisional).toBe(false);
    // The result is published, the way to it is not.
    expect(addWorkingDays(calendar, day('2027-01-05'), -5)).toMatchObject({ rolled: '2026-12-28', provisional: true });
  });
});
