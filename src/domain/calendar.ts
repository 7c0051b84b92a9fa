import { type CalendarDate, dayOf, plusDays, weekdayOf, yearOf } from './calendar-date.ts';
import { statutoryHolidays } from './statutory-holidays.ts';

/** One feast of a year as the State Council's notice puts it: off from .. to, and the rest days worked in exchange (调休). */
export type Holiday = {
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly work: readonly CalendarDate[];
};

/** What the notice for a year says. It may speak of the last days of the December before. */
export type CalendarYear = { readonly year: number; readonly holidays: readonly Holiday[] };

/** Why a day is worked or not. `unpublished`: taken for a working day because no notice says otherwise yet. */
export const DAY_REASONS = ['working', 'weekend', 'holiday', 'make-up', 'unpublished'] as const;
export type DayReason = (typeof DAY_REASONS)[number];

export const DAY_REASON_NAMES: Readonly<Record<DayReason, string>> = {
  working: '工作日',
  weekend: '周末',
  holiday: '法定节假日',
  'make-up': '调休上班',
  unpublished: '日历待定，暂按工作日',
};

export type DayFact = {
  readonly date: CalendarDate;
  readonly working: boolean;
  readonly reason: DayReason;
  /** The feast, for `holiday` and `make-up`. */
  readonly holiday: string | null;
  /** false: a notice still to come may turn this day over. */
  readonly published: boolean;
};

export type Calendar = { readonly describe: (date: CalendarDate) => DayFact };

/** `count`: this day is the n-th of the period; null: passed over. */
export type CountedDay = DayFact & { readonly count: number | null };

export type DayCount = {
  /** Where the bare count ends. */
  readonly raw: CalendarDate;
  /** `raw`, or the next working day after it when it is a rest day (民法典 art. 203). */
  readonly rolled: CalendarDate;
  /** 暂定: at least one day that matters for the result lies where no notice is published. */
  readonly provisional: boolean;
  /** Every day from the one after the start to the result, in the order it was looked at. */
  readonly days: readonly CountedDay[];
};

/** Some fifty years: beyond them a day is worked out anew each time. */
const MOST_DESCRIBED = 20_000;

/** A calendar that answers for every day: by the notices given, else by 放假办法 and weekends alone. */
export function createCalendar(years: readonly CalendarYear[]): Calendar {
  const publishedYears = new Set(years.map(({ year }) => year));
  const announced = announcedDays(years);
  const statutory = new Map<number, ReadonlyMap<CalendarDate, string>>();

  function isPublished(date: CalendarDate): boolean {
    if (!publishedYears.has(yearOf(date))) return false;
    // The notices for 2007, 2008, 2012, 2019 and 2023 disposed of 29 to 31 December before; none reached further back.
    return date.slice(5) < '12-29' || publishedYears.has(yearOf(date) + 1);
  }

  function statutoryName(date: CalendarDate): string | null {
    const year = yearOf(date);
    if (publishedYears.has(year)) return null;
    const days = statutory.get(year) ?? statutoryHolidays(year);
    statutory.set(year, days);
    return days.get(date) ?? null;
  }

  function describe(date: CalendarDate): DayFact {
    const known = announced.get(date);
    if (known !== undefined) return known;
    const published = isPublished(date);
    const holiday = statutoryName(date);
    if (holiday !== null) return { date, working: false, reason: 'holiday', holiday, published };
    if (weekdayOf(date) % 6 === 0) return { date, working: false, reason: 'weekend', holiday: null, published };
    return { date, working: true, reason: published ? 'working' : 'unpublished', holiday: null, published };
  }

  // Every deadline asks about the same few weeks again.
  const described = new Map<CalendarDate, DayFact>();
  return {
    describe(date) {
      const known = described.get(date) ?? describe(date);
      if (described.size < MOST_DESCRIBED) described.set(date, known);
      return known;
    },
  };
}

function announcedDays(years: readonly CalendarYear[]): ReadonlyMap<CalendarDate, DayFact> {
  const days = new Map<CalendarDate, DayFact>();
  for (const { name, from, to, work } of years.flatMap(({ holidays }) => holidays)) {
    for (let date = from; date <= to; date = plusDays(date, 1)) {
      days.set(date, { date, working: false, reason: 'holiday', holiday: name, published: true });
    }
    for (const date of work) {
      days.set(date, { date, working: true, reason: 'make-up', holiday: name, published: true });
    }
  }
  return days;
}

export function isWorkingDay(calendar: Calendar, date: CalendarDate): boolean {
  return calendar.describe(date).working;
}

/**
 * The `days`-th working day after `start`, or before it when negative. `start` itself is not counted (民法典 art. 201).
 * 0 is `start`, rolled to the next working day.
 */
export function addWorkingDays(calendar: Calendar, start: CalendarDate, days: number): DayCount {
  requireWhole(days);
  const counted: CountedDay[] = [];
  let raw = start;
  for (let count = 0; count < Math.abs(days);) {
    raw = plusDays(raw, Math.sign(days));
    const fact = calendar.describe(raw);
    if (fact.working) count += 1;
    counted.push({ ...fact, count: fact.working ? count : null });
  }
  return rollForward(calendar, raw, counted, counted);
}

/** `days` calendar days after `start` (before it when negative), `start` not counted, rest days counted; then rolled. */
export function addCalendarDays(calendar: Calendar, start: CalendarDate, days: number): DayCount {
  requireWhole(days);
  const counted: CountedDay[] = [];
  let raw = start;
  for (let count = 1; count <= Math.abs(days); count += 1) {
    raw = plusDays(raw, Math.sign(days));
    counted.push({ ...calendar.describe(raw), count });
  }
  // Rest days count like others here, so only the days of the roll can be turned over by a later notice.
  return rollForward(calendar, raw, counted, []);
}

function rollForward(
  calendar: Calendar,
  raw: CalendarDate,
  counted: readonly CountedDay[],
  decisive: readonly DayFact[],
): DayCount {
  const looked = [calendar.describe(raw)];
  let rolled = raw;
  while (!isWorkingDay(calendar, rolled)) {
    rolled = plusDays(rolled, 1);
    looked.push(calendar.describe(rolled));
  }
  const passed = looked.slice(1).map((fact) => ({ ...fact, count: null }));
  const provisional = [...decisive, ...looked].some(({ published }) => !published);
  return { raw, rolled, provisional, days: [...counted, ...passed] };
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. The inverse of addWorkingDays. */
export function workingDaysLeft(calendar: Calendar, from: CalendarDate, to: CalendarDate): number {
  if (to < from) return 0 - workingDaysLeft(calendar, plusDays(to, -1), plusDays(from, -1));
  let left = 0;
  for (let date = from; date < to;) {
    date = plusDays(date, 1);
    if (isWorkingDay(calendar, date)) left += 1;
  }
  return left;
}

/** Working days after the day of `now` up to the last day of what is due at `dueAt`. An instant at 24:00 belongs to the day it ends. */
export function workingDaysUntil(calendar: Calendar, now: Date, dueAt: Date): number {
  return workingDaysLeft(calendar, dayOf(now), dayOf(new Date(dueAt.getTime() - 1)));
}

function requireWhole(days: number): void {
  if (!Number.isSafeInteger(days)) throw new RangeError('days must be a whole number');
}
