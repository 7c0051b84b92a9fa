import type { Timing } from '../casework/case-change.ts';
import type { DeadlineView } from '../casework/views.ts';
import { workingDaysUntil } from '../domain/calendar.ts';
import { planDeadline, type ClockUnit, type ExplainedDay } from '../domain/deadlines.ts';
import { deadlineSentences, explainDeadline as explainPlan } from '../domain/explain-deadline.ts';
import type { Profile } from '../domain/vocabulary.ts';

/** Why a deadline falls where it falls, by the calendar of today. */
export type DeadlineExplanation = {
  readonly amount: number;
  readonly unit: ClockUnit;
  /** As planned now. Differs from the stored date when a calendar came out and the case has not been planned again yet. */
  readonly dueAt: Date;
  /** Its last instant is past. */
  readonly overdue: boolean;
  /** Working days after today up to the last day, that day included; negative when it is past. */
  readonly workingDaysLeft: number;
  /** Every day that was looked at. Empty for a limit in hours. */
  readonly days: readonly ExplainedDay[];
  /** The same in words: from which day, what is passed over and why, rolled or not, provisional or not. */
  readonly sentences: readonly string[];
};

/** Plans the deadline once more from what started it, and keeps the working. */
export function explainDeadline(
  { clocks, calendar }: Pick<Timing, 'clocks' | 'calendar'>,
  deadline: Pick<DeadlineView, 'kind' | 'triggerAt' | 'dueAt' | 'amount'>,
  profile: Profile,
  now: Date,
): DeadlineExplanation {
  const { kind, triggerAt, amount: given } = deadline;
  const { amount, unit } = clocks[kind].limits[profile];
  const plan = planDeadline(clocks, calendar, kind, profile, triggerAt, given);
  return {
    amount: given ?? amount,
    unit,
    dueAt: plan.dueAt,
    overdue: deadline.dueAt.getTime() <= now.getTime(),
    workingDaysLeft: workingDaysUntil(calendar, now, deadline.dueAt),
    days: plan.explanation,
    sentences: deadlineSentences(explainPlan(plan)),
  };
}
