import { addWorkingDays, type Calendar } from '../domain/calendar.ts';
import { dayOf, endOfDay, plusDays } from '../domain/calendar-date.ts';
import type { Channel } from '../domain/vocabulary.ts';
import type { IntakeBar, Today } from './today.ts';

const SOON_WORKING_DAYS = 3;
const DAYS_SHOWN = 14;
const HOURS_SHOWN = 24;
const HOUR_MS = 3_600_000;

/** The instants between which the start page counts, in Beijing time. */
export type TodayEnds = {
  /** When today began, and when it ends. */
  readonly begin: Date;
  readonly today: Date;
  /** When the last of the next three working days ends. */
  readonly soon: Date;
  /** When the first day of the intake chart began. */
  readonly firstDay: Date;
};

export function todayEnds(calendar: Calendar, now: Date): TodayEnds {
  const today = dayOf(now);
  return {
    begin: endOfDay(plusDays(today, -1)),
    today: endOfDay(today),
    soon: endOfDay(addWorkingDays(calendar, today, SOON_WORKING_DAYS).rolled),
    firstDay: endOfDay(plusDays(today, -DAYS_SHOWN)),
  };
}

/** Counts by hour laid on 24 hours and on 14 days, both ending now; an hour in which nothing came is a bar of nothing. */
export function intakeBars(
  counts: readonly { readonly hour: Date; readonly channel: Channel; readonly count: number }[],
  now: Date,
): Today['intake'] {
  const thisHour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const hours = Array.from({ length: HOURS_SHOWN }, (_, n) => emptyBar(thisHour - (HOURS_SHOWN - 1 - n) * HOUR_MS));
  const today = dayOf(now);
  const days = Array.from({ length: DAYS_SHOWN }, (_, n) =>
    emptyBar(endOfDay(plusDays(today, n - DAYS_SHOWN)).getTime()),
  );
  for (const { hour, channel, count } of counts) {
    for (const bars of [hours, days]) {
      const bar = bars.findLast(({ at }) => at.getTime() <= hour.getTime());
      if (bar !== undefined) bar[channel] += count;
    }
  }
  return { hours, days };
}

type GrowingBar = { -readonly [K in keyof IntakeBar]: IntakeBar[K] };

function emptyBar(at: number): GrowingBar {
  return { at: new Date(at), email: 0, phone: 0 };
}
