export type DueUrgency = 'overdue' | 'soon' | 'calm';

/** How a due date is to be looked at: `soon` is today or the next working day. */
export function dueUrgency(overdue: boolean, workingDaysLeft: number | null): DueUrgency {
  if (overdue) return 'overdue';
  return workingDaysLeft !== null && workingDaysLeft <= 1 ? 'soon' : 'calm';
}

/**
 * The last moment in time for something due at an instant. A period of days ends with its last day (民法典 art. 203), which
 * the service writes as the midnight after it, Beijing time; a period of hours ends at its minute.
 */
export function lastMoment(dueAt: string): { readonly at: Date; readonly endOfDay: boolean } {
  const due = new Date(dueAt);
  const endOfDay = (due.getTime() + BEIJING_MS) % DAY_MS === 0;
  return { at: endOfDay ? new Date(due.getTime() - 1) : due, endOfDay };
}

const BEIJING_MS = 8 * 3_600_000; // no summer time since 1991
const DAY_MS = 86_400_000;
