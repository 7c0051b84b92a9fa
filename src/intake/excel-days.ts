import { dateOfDayNumber, dayNumber, parseCalendarDate } from '../domain/calendar-date.ts';

/** Day 0 of Excel's two calendars. The first one counts a 29 February 1900 that never was: right from 1 March 1900 on. */
const DAY_ZERO = { 1900: dayNumber(parseCalendarDate('1899-12-30')), 1904: dayNumber(parseCalendarDate('1904-01-01')) };
const MINUTES_A_DAY = 1_440;
/** The last day that Excel knows, 9999-12-31. */
const LAST_DAY = 2_958_465;

/** A day number of Excel as 2014-03-05, with the time as 2014-03-05 14:20 when it has one. What is no day stays the number. */
export function excelDay(serial: number, from1904: boolean): string {
  const minutes = Math.round(serial * MINUTES_A_DAY);
  const days = Math.floor(minutes / MINUTES_A_DAY);
  if (days < 1 || days > LAST_DAY - 1_462) return String(serial);
  const date = dateOfDayNumber(DAY_ZERO[from1904 ? 1904 : 1900] + days);
  const time = minutes % MINUTES_A_DAY;
  if (time === 0) return date;
  return `${date} ${two(Math.floor(time / 60))}:${two(time % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** ECMA-376 part 1, 18.8.30: formats that every program knows by number; 27 to 36 and 50 to 58 are those of Chinese days. */
function isKnownDayFormat(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/** Whether a number format shows a day. `code` null: one of those that are known by their number. */
export function isDayFormat(id: number, code: string | null): boolean {
  if (code === null) return isKnownDayFormat(id);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/gu, '');
  return /[yd]/iu.test(bare) || /[年月日]/u.test(code);
}
