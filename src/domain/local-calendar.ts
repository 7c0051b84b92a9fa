import type { Calendar } from './calendar.ts';
import { type CalendarDate, isCalendarDate, parseCalendarDate } from './calendar-date.ts';
import { type Checked, checkData } from './plain-data.ts';

/** A day off that only this place has. */
export type LocalDay = { readonly name: string; readonly date: CalendarDate };

/** Checks rules/calendar-local.yaml: dates, each once. */
export function checkLocalDays(data: unknown): Checked<readonly LocalDay[]> {
  return checkData((reader) => {
    const { days } = reader.fields(data, 'calendar-local', ['days']);
    const seen = new Set<CalendarDate>();
    return reader.list(days, 'days').map((entry, index) => {
      const at = `days[${index}]`;
      const fields = reader.fields(entry, at, ['name', 'date']);
      const name = reader.text(fields.name, `${at}.name`);
      const given = reader.text(fields.date, `${at}.date`);
      const date = isCalendarDate(given) ? given : parseCalendarDate('2000-01-01');
      if (date !== given) reader.problem(`${at}.date`, '应为 YYYY-MM-DD 格式的日期');
      else if (seen.has(date)) reader.problem(`${at}.date`, `${date} 重复`);
      seen.add(date);
      return { name, date };
    });
  });
}

/** The calendar of the State Council with the days of a place over it: they are off, whatever it says. */
export function withLocalDays(calendar: Calendar, days: readonly LocalDay[]): Calendar {
  if (days.length === 0) return calendar;
  const names = new Map(days.map(({ name, date }) => [date, name]));
  return {
    describe(date) {
      const fact = calendar.describe(date);
      const holiday = names.get(date);
      return holiday === undefined ? fact : { ...fact, working: false, reason: 'holiday', holiday };
    },
  };
}
