import { type CalendarDate, isCalendarDate } from '../domain/calendar-date.ts';
import { excelDay } from './excel-days.ts';

/** A day as a register has it, perhaps with the time of day. `minutes`: since midnight in Asia/Shanghai. */
export type RegisterDate = { readonly date: CalendarDate; readonly minutes: number | null };

const WRITTEN =
  /^(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*[日号]?(?:\s*T?\s*(\d{1,2})\s*[:时点]\s*(\d{1,2})?\s*分?(?:\s*:\s*\d{1,2}(?:\.\d+)?)?)?$/u;
const PACKED = /^(\d{4})(\d{2})(\d{2})$/u;
const SERIAL = /^\d{5}(?:\.\d+)?$/u;

/**
 * 2014年3月5日, 2014.3.5, 2014/3/5, 2014-03-05, 20140305, with or without a time, or the number of a day in Excel. null: none
 * of these, or a day that does not exist. Two-digit years are not guessed.
 */
export function parseRegisterDate(written: string, from1904: boolean): RegisterDate | null {
  const bare = written.normalize('NFKC').trim();
  const text = SERIAL.test(bare) ? excelDay(Number(bare), from1904) : bare;
  const [, year, month = '', day = '', hours, minutes = '0'] = PACKED.exec(text) ?? WRITTEN.exec(text) ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDate(date)) return null;
  if (hours === undefined) return { date, minutes: null };
  const time = Number(hours) * 60 + Number(minutes);
  return Number(hours) > 23 || Number(minutes) > 59 ? null : { date, minutes: time };
}
