import chineseDays from 'chinese-days';
import { describe, expect, test } from 'vitest';
import { isWorkingDay } from '../../../src/domain/calendar.ts';
import { plusDays } from '../../../src/domain/calendar-date.ts';
import { statutoryHolidays } from '../../../src/domain/statutory-holidays.ts';
import { officeCalendar, officeYears } from './rule-files.ts';

function datesOf(year: number, name: string): readonly string[] {
  return [...statutoryHolidays(year)].filter(([, feast]) => feast === name).map(([date]) => date);
}

function solarDate(year: number, lunar: string): string {
  return chineseDays.getSolarDateFromLunar(`${year}-${lunar}`).date;
}

describe('the statutory holidays of a year', () => {
  test.each([2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035, 2036])(
    'of %i stand where the Chinese calendar has them',
    (year) => {
      expect(datesOf(year, '春节')[1]).toBe(solarDate(year, '01-01'));
      expect(datesOf(year, '春节')).toHaveLength(4);
      expect(datesOf(year, '端午节')).toEqual([solarDate(year, '05-05')]);
      expect(datesOf(year, '中秋节')).toEqual([solarDate(year, '08-15')]);
    },
  );

  test('put 清明 on its solar term from 2000 to 2099', () => {
    for (let year = 2000; year <= 2099; year += 1) {
      expect(datesOf(year, '清明节')).toEqual([chineseDays.getSolarTermDate(year, 4, 'pure_brightness')]);
    }
  });

  test('are rest days in every notice of the years under the same decree', () => {
    const calendar = officeCalendar();
    for (const year of [2025, 2026]) {
      const working = [...statutoryHolidays(year).keys()].filter((date) => isWorkingDay(calendar, date));
      expect(working).toEqual([]);
    }
  });

  test('know the moon for the two years after the last notice: no deadline reaches further', () => {
    const lastPublished = officeYears().at(-1)?.year ?? 0;
    expect(datesOf(lastPublished + 1, '春节')).toHaveLength(4);
    expect(datesOf(lastPublished + 2, '春节')).toHaveLength(4);
  });

  test('leave out the feasts of the moon where the table ends, and answer for any year', () => {
    expect(datesOf(2037, '春节')).toEqual([]);
    expect(datesOf(2037, '国庆节')).toEqual(['2037-10-01', '2037-10-02', '2037-10-03']);
    expect([...statutoryHolidays(999).keys()].map((date) => plusDays(date, 0).slice(0, 4))).toContain('0999');
  });
});
