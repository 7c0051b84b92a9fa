import { addWorkingDays } from '../domain/calendar.ts';
import { dayOf } from '../domain/calendar-date.ts';
import { planDeadline, type PlannedDeadline } from '../domain/deadlines.ts';
import type { Profile } from '../domain/vocabulary.ts';
import type { CallForm } from '../intake/call-form.ts';
import { findPromises, type CallPromise } from '../intake/transcript-promises.ts';
import type { Timing } from './case-change.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Office hours end at 17:30 in Shanghai: what was promised for a day is due then. */
const END_OF_OFFICE_MS = 17.5 * HOUR_MS;

/** The earliest call-back that the operator promised, as a clock; null when he promised none or named no time. */
export function promisedCallBack(
  { clocks, calendar }: Timing,
  profile: Profile,
  form: CallForm,
  now: Date,
): PlannedDeadline | null {
  const spoken = [...(form.promises ?? []), form.transcript ?? ''].flatMap((text) => findPromises(text));
  const instants = spoken.flatMap((promise) => instantOf(calendar, promise, now) ?? []);
  const [earliest] = instants.toSorted((a, b) => a.getTime() - b.getTime());
  return earliest === undefined ? null : planDeadline(clocks, calendar, 'CALLBACK', profile, earliest);
}

function instantOf(calendar: Timing['calendar'], { amount, unit }: CallPromise, now: Date): Date | null {
  if (amount === null) return null;
  if (unit === 'hours') return new Date(now.getTime() + amount * HOUR_MS);
  const today = dayOf(now);
  const day =
    unit === 'working-days'
      ? addWorkingDays(calendar, today, amount).raw
      : dayOf(new Date(now.getTime() + amount * DAY_MS));
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + END_OF_OFFICE_MS);
}
