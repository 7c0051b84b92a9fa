import { describe, expect, test } from 'vitest';
import { addWorkingDays } from '../../../src/domain/calendar.ts';
import { parseCalendarDate } from '../../../src/domain/calendar-date.ts';
import { checkLocalDays, withLocalDays } from '../../../src/domain/local-calendar.ts';
import { officeCalendar, readRuleFile } from './rule-files.ts';

const day = parseCalendarDate;

describe('the days of a place', () => {
  test('lie over the calendar of the country: the count passes them and says their name', () => {
    const calendar = withLocalDays(officeCalendar(), [{ name: '开斋节', date: day('2026-03-20') }]);
    const count = addWorkingDays(calendar, day('2026-03-19'), 1);
    expect(count.rolled).toBe('2026-03-23');
    expect(count.days[0]).toMatchObject({ date: '2026-03-20', working: false, holiday: '开斋节' });
  });

  test('win over a weekend that is worked in exchange', () => {
    const calendar = withLocalDays(officeCalendar(), [{ name: '节', date: day('2026-09-20') }]);
    expect(calendar.describe(day('2026-09-20')).working).toBe(false);
    expect(calendar.describe(day('2026-09-21'))).toEqual(officeCalendar().describe(day('2026-09-21')));
  });

  test('are none for the office in 兰州', () => {
    expect(checkLocalDays(readRuleFile('calendar-local.yaml'))).toEqual({ kind: 'valid', value: [] });
  });

  test.each([
    ['no list', { days: null }, ['days:应为列表']],
    ['no date', { days: [{ name: '节', date: '3月20日' }] }, ['days[0].date:应为 YYYY-MM-DD 格式的日期']],
    ['no name', { days: [{ name: '', date: '2026-03-20' }] }, ['days[0].name:应为非空文字']],
    [
      'a day twice',
      { days: ['a', 'b'].map((name) => ({ name, date: '2026-03-20' })) },
      ['days[1].date:2026-03-20 重复'],
    ],
    ['another key', { days: [], region: '临夏' }, ['calendar-local:不认识的键 region']],
  ])('with %s are refused, saying where', (_what, data, problems) => {
    expect(checkLocalDays(data)).toEqual({ kind: 'invalid', problems });
  });
});
