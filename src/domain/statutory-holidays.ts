import { type CalendarDate, parseCalendarDate, plusDays } from './calendar-date.ts';

const SOLAR_FEASTS: readonly (readonly [string, string])[] = [
  ['01-01', '元旦'],
  ['05-01', '劳动节'],
  ['05-02', '劳动节'],
  ['10-01', '国庆节'],
  ['10-02', '国庆节'],
  ['10-03', '国庆节'],
];

type LunarFeasts = { readonly newYear: string; readonly dragonBoat: string; readonly midAutumn: string };

/**
 * 正月初一, 端午, 中秋 of the coming years. A table, because the Chinese calendar of the run time's Intl is a day off where a
 * new moon falls close to midnight, as on 2027-02-06. A test compares it with an independent source.
 */
const LUNAR_FEASTS: ReadonlyMap<number, LunarFeasts> = new Map([
  [2027, { newYear: '02-06', dragonBoat: '06-09', midAutumn: '09-15' }],
  [2028, { newYear: '01-26', dragonBoat: '05-28', midAutumn: '10-03' }],
  [2029, { newYear: '02-13', dragonBoat: '06-16', midAutumn: '09-22' }],
  [2030, { newYear: '02-03', dragonBoat: '06-05', midAutumn: '09-12' }],
  [2031, { newYear: '01-23', dragonBoat: '06-24', midAutumn: '10-01' }],
  [2032, { newYear: '02-11', dragonBoat: '06-12', midAutumn: '09-19' }],
  [2033, { newYear: '01-31', dragonBoat: '06-01', midAutumn: '09-08' }],
  [2034, { newYear: '02-19', dragonBoat: '06-20', midAutumn: '09-27' }],
  [2035, { newYear: '02-08', dragonBoat: '06-10', midAutumn: '09-16' }],
  [2036, { newYear: '01-28', dragonBoat: '05-30', midAutumn: '10-04' }],
]);

/**
 * The days that 全国年节及纪念日放假办法 (as in force since 2025-01-01) gives off in a year by itself: what is known before the
 * State Council publishes that year. Covered: 元旦, 清明节 (2000 to 2099), 劳动节, 国庆节, and for 2027 to 2036 春节 (除夕 to
 * 初三), 端午节, 中秋节. Not covered, because only the notice says it: days given back for a feast on a weekend (补假) and
 * exchanged weekends (调休).
 */
export function statutoryHolidays(year: number): ReadonlyMap<CalendarDate, string> {
  const on = (day: string): CalendarDate => parseCalendarDate(`${String(year).padStart(4, '0')}-${day}`);
  const days = new Map(SOLAR_FEASTS.map(([day, name]) => [on(day), name]));
  days.set(on(qingming(year)), '清明节');
  const lunar = LUNAR_FEASTS.get(year);
  if (lunar === undefined) return days;
  for (const offset of [-1, 0, 1, 2]) days.set(plusDays(on(lunar.newYear), offset), '春节');
  days.set(on(lunar.dragonBoat), '端午节');
  days.set(on(lunar.midAutumn), '中秋节');
  return days;
}

/** The solar term 清明 by the usual approximation for this century. */
function qingming(year: number): string {
  const inCentury = year % 100;
  return `04-0${Math.floor(inCentury * 0.2422 + 4.81) - Math.floor(inCentury / 4)}`;
}
