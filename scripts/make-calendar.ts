// Writes rules/calendar.yaml for 2007 to 2026 from the data of the dev dependency chinese-days. Run once:
//   npm run build && node dist/scripts/make-calendar.js
// From 2027 on the file is kept by hand: one block a year, as the notice of the State Council says it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chineseDays from 'chinese-days';
import { Document, visit } from 'yaml';
import type { CalendarYear, Holiday } from '../src/domain/calendar.ts';
import { type CalendarDate, parseCalendarDate, plusDays, weekdayOf, yearOf } from '../src/domain/calendar-date.ts';

const FIRST_YEAR = 2007;
const LAST_YEAR = 2026;

/** The names of 放假办法 where the source shortens them. */
const FULL_NAMES: ReadonlyMap<string, string> = new Map([
  ['清明', '清明节'],
  ['端午', '端午节'],
  ['中秋', '中秋节'],
]);

type Announced = { readonly date: CalendarDate; readonly name: string; readonly working: boolean };

/** The source writes "English,中文,days" for a day that a notice speaks of, and an English weekday for any other. */
function announced(date: CalendarDate): Announced | null {
  const detail = chineseDays.getDayDetail(date);
  const name = detail.name.split(',')[1];
  return name === undefined ? null : { date, name: FULL_NAMES.get(name) ?? name, working: detail.work };
}

/** A day in December is spoken of by the notice for the year after. */
function noticeYear(date: CalendarDate): number {
  return date.slice(5, 7) === '12' ? yearOf(date) + 1 : yearOf(date);
}

/** true when nothing but weekend lies between: the notice counts that weekend into the feast. */
function continues(from: CalendarDate, to: CalendarDate): boolean {
  let next = plusDays(from, 1);
  while (next < to && weekdayOf(next) % 6 === 0) next = plusDays(next, 1);
  return next === to;
}

function holidaysOf(days: readonly Announced[]): Holiday[] {
  const spans: { name: string; from: CalendarDate; to: CalendarDate; work: CalendarDate[] }[] = [];
  for (const { date, name } of days.filter(({ working }) => !working)) {
    const last = spans.at(-1);
    if (last !== undefined && last.name === name && continues(last.to, date)) last.to = date;
    else spans.push({ name, from: date, to: date, work: [] });
  }
  for (const { date, name } of days.filter(({ working }) => working)) {
    const span = spans.find((candidate) => candidate.name === name);
    if (span === undefined) throw new Error(`${date} is worked for a feast that has no day off`);
    span.work.push(date);
  }
  return spans;
}

function readYears(): CalendarYear[] {
  const days: Announced[] = [];
  const first = parseCalendarDate(`${FIRST_YEAR - 1}-12-01`);
  for (let date = first; yearOf(date) <= LAST_YEAR; date = plusDays(date, 1)) {
    const day = announced(date);
    if (day !== null) days.push(day);
  }
  const years: CalendarYear[] = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year += 1) {
    years.push({ year, holidays: holidaysOf(days.filter(({ date }) => noticeYear(date) === year)) });
  }
  return years;
}

const HEADER = `# yaml-language-server: $schema=../docs/schemas/calendar.json
# Holidays and exchanged rest days (调休), one block a year, as the State Council's yearly notice says them:
#   from .. to   days off, weekends in between included
#   work         (optional) Saturdays and Sundays worked in exchange
# A notice may speak of the December before; write that under the year of the notice. A year without a block is
# "日历待定": dates that need it are computed from 放假办法 and weekends, marked 暂定, and computed again once it is here.
# Source of 2007 to 2026: npm package chinese-days 1.5.7 (MIT), through scripts/make-calendar.ts. Later years: by hand.
`;

/** One line a feast: the file is read and continued by hand. */
function write(years: readonly CalendarYear[]): string {
  const document = new Document({
    years: years.map(({ year, holidays }) => ({
      year,
      holidays: holidays.map(({ work, ...holiday }) => (work.length === 0 ? holiday : { ...holiday, work })),
    })),
  });
  visit(document, {
    Map: (_key, map) => {
      if (map.has('from')) map.flow = true;
    },
  });
  return HEADER + document.toString({ lineWidth: 0 });
}

const path = join(import.meta.dirname, '..', '..', 'rules', 'calendar.yaml');
writeFileSync(path, write(readYears()));
