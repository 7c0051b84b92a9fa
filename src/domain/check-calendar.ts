import type { CalendarYear, Holiday } from './calendar.ts';
import { type CalendarDate, isCalendarDate, parseCalendarDate, plusDays, weekdayOf, yearOf } from './calendar-date.ts';
import { type Checked, checkData, type DataReader } from './plain-data.ts';

/** Checks rules/calendar.yaml: years without a gap, dates that belong to the year's notice, no day disposed of twice. */
export function checkCalendar(data: unknown): Checked<readonly CalendarYear[]> {
  return checkData((reader) => {
    const { years } = reader.fields(data, 'calendar', ['years']);
    const read = reader.list(years, 'years').map((year, index) => readYear(reader, year, `years[${index}]`));
    findGaps(reader, read);
    findRepeatedDays(reader, read);
    return read;
  });
}

function readYear(reader: DataReader, data: unknown, at: string): CalendarYear {
  const fields = reader.fields(data, at, ['year', 'holidays']);
  const year = reader.whole(fields.year, `${at}.year`, 2000, 2099);
  const holidays = reader.list(fields.holidays, `${at}.holidays`);
  return {
    year,
    holidays: holidays.map((holiday, index) => readHoliday(reader, holiday, `${at}.holidays[${index}]`, year)),
  };
}

function readHoliday(reader: DataReader, data: unknown, at: string, year: number): Holiday {
  const fields = reader.fields(data, at, ['name', 'from', 'to', 'work']);
  const name = reader.text(fields.name, `${at}.name`);
  const from = readDate(reader, fields.from, `${at}.from`, year);
  const to = readDate(reader, fields.to, `${at}.to`, year);
  // Nobody gets a month off: a longer span is a slip of the pen, and would be walked day by day.
  if (to < from || to > plusDays(from, 30)) reader.problem(at, 'to 应在 from 当日或之后 30 日内');
  const work = reader.list(fields.work ?? [], `${at}.work`).map((date, index) => {
    const day = readDate(reader, date, `${at}.work[${index}]`, year);
    if (weekdayOf(day) % 6 !== 0) reader.problem(`${at}.work[${index}]`, '调休上班日应为周六或周日');
    return day;
  });
  return { name, from, to, work };
}

function readDate(reader: DataReader, data: unknown, at: string, year: number): CalendarDate {
  if (typeof data !== 'string' || !isCalendarDate(data)) {
    reader.problem(at, '应为 YYYY-MM-DD 格式的日期');
    return parseCalendarDate(`${year}-01-01`);
  }
  const belongs = yearOf(data) === year || data.startsWith(`${year - 1}-12-`);
  if (!belongs) reader.problem(at, `应在 ${year} 年内(或上年12月)`);
  return data;
}

/** Published years have no gap: after the first day that is not published, none is. */
function findGaps(reader: DataReader, years: readonly CalendarYear[]): void {
  years.forEach(({ year }, index) => {
    const before = years[index - 1];
    if (before !== undefined && year !== before.year + 1) reader.problem(`years[${index}].year`, '应为上一项的下一年');
  });
}

function findRepeatedDays(reader: DataReader, years: readonly CalendarYear[]): void {
  const seen = new Set<CalendarDate>();
  for (const { from, to, work } of years.flatMap(({ holidays }) => holidays)) {
    const off: CalendarDate[] = [];
    for (let date = from; date <= to && off.length <= 30; date = plusDays(date, 1)) off.push(date);
    for (const date of [...off, ...work]) {
      if (seen.has(date)) reader.problem('years', `${date} 重复`);
      seen.add(date);
    }
  }
}
