import type { DeadlineView } from '../casework/views.ts';
import { DAY_REASON_NAMES } from '../domain/calendar.ts';
import { RIGHTS } from '../domain/deadlines.ts';
import { LADDER_STEP_NAMES } from '../domain/ladder.ts';
import type { CaseBody } from './case-schema.ts';
import type { DeadlineExplanation } from './explain-deadline.ts';
import { DAY_PART_NAMES, DEADLINE_STATE_NAMES } from './labels.ts';
import type { Names } from './names.ts';

/** A clock with everything an officer needs to answer "why this day?". */
export function presentClock(
  deadline: DeadlineView,
  { amount, unit, dueAt, overdue, workingDaysLeft, days, sentences }: DeadlineExplanation,
  names: Names,
): CaseBody['clocks'][number] {
  const { state, nextStep } = deadline;
  const running = state === 'armed';
  return {
    ...deadline,
    kind: { code: deadline.kind, name: names.clock(deadline.kind) },
    state: { code: state, name: DEADLINE_STATE_NAMES[state] },
    overdue: running && overdue && !RIGHTS.includes(deadline.kind),
    workingDaysLeft: running ? workingDaysLeft : null,
    nextStep:
      nextStep === null
        ? null
        : { step: { code: nextStep.step, name: LADDER_STEP_NAMES[nextStep.step] }, at: nextStep.at },
    why: {
      startsAt: deadline.triggerAt,
      amount,
      unit,
      dueAt,
      sentences,
      days: days.map((day) => ({
        ...day,
        part: { code: day.part, name: DAY_PART_NAMES[day.part] },
        reasonName: DAY_REASON_NAMES[day.reason],
      })),
    },
  };
}
