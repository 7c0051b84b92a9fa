declare const calendarDate: unique symbol;

/** A day of the Gregorian calendar as 'YYYY-MM-DD'. Where it stands for an instant, the day in Asia/Shanghai. */
export type CalendarDate = string & { readonly [calendarDate]: true };

const DAY_MS = 86_400_000;

export function isCalendarDate(text: string): text is CalendarDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // The way back catches 30 February, which the parser takes for 2 March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Throws RangeError when `text` is no date of the years 0000 to 9999. */
export function parseCalendarDate(text: string): CalendarDate {
  if (!isCalendarDate(text)) throw new RangeError('not a calendar date (YYYY-MM-DD)');
  return text;
}

// The zone's own rules, not a fixed +08:00: it kept summer time from 1986 to 1991. Swedish writes dates as ISO 8601 does.
const SHANGHAI = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day that an instant belongs to in Asia/Shanghai. */
export function dayOf(instant: Date): CalendarDate {
  return parseCalendarDate(SHANGHAI.format(instant));
}

/** Days since 1970-01-01. */
export function dayNumber(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

export function dateOfDayNumber(days: number): CalendarDate {
  // The text of an instant is a date by itself: all that can be wrong is a year with more than four digits.
  const text = new Date(days * DAY_MS).toISOString().slice(0, -14);
  if (!hasFourDigitYear(text)) throw new RangeError('not a calendar date (YYYY-MM-DD)');
  return text;
}

function hasFourDigitYear(text: string): text is CalendarDate {
  return text.length === 10;
}

/** `days` calendar days later, earlier when negative. */
export function plusDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

export function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

/** 24:00 of the day in Asia/Shanghai, which is 00:00 of the next (no clock of ours reaches back to summer time). */
export function endOfDay(date: CalendarDate): Date {
  return new Date(`${plusDays(date, 1)}T00:00:00+08:00`);
}

/** The last day of a quarter of the year: 1 is the quarter that `date` lies in, 2 the next. */
export function endOfQuarter(date: CalendarDate, quarters: number): CalendarDate {
  const month = Number(date.slice(5, 7));
  const quarter = Math.floor((month - 1) / 3) + quarters; // counted through the years from this one
  const year = String(yearOf(date) + Math.floor(quarter / 4)).padStart(4, '0');
  return plusDays(parseCalendarDate(`${year}-${String((quarter % 4) * 3 + 1).padStart(2, '0')}-01`), -1);
}
