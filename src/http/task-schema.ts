import { z } from 'zod';
import type { TaskView } from '../casework/views.ts';
import { ACK_REFUSALS, type AckRefusal } from '../domain/acknowledgement.ts';
import { DEADLINE_KINDS, type DeadlineKind } from '../domain/deadlines.ts';
import { LADDER_STEP_NAMES, type LadderStep } from '../domain/ladder.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import { coded, when } from './fields.ts';
import { TASK_KIND_NAMES } from './labels.ts';
import type { Names } from './names.ts';

export const TASK = z
  .object({
    id: z.int(),
    kind: coded,
    reason: coded,
    caseId: z.int().nullable(),
    caseNumber: z.string().nullable(),
    caseNumberShown: z.string().nullable(),
    itemId: z.int().nullable(),
    openedAt: when,
  })
  .meta({ id: 'Task' });
export type TaskBody = z.output<typeof TASK>;

export function presentTask(task: TaskView, names: Names): TaskBody {
  return {
    ...task,
    kind: { code: task.kind, name: TASK_KIND_NAMES[task.kind] },
    reason: { code: task.reason, name: reasonName(task.reason, names) },
    caseNumberShown: task.caseNumber === null ? null : groupDigits(task.caseNumber, 3),
  };
}

const OTHER_REASONS: Readonly<Record<string, string>> = {
  bounced: '收件回复被退回',
  'in-note': '同事在办理记录中提到您',
  'letter-of-another': '来件引用了发给他人的回复',
};

/** A reason is a code of the acknowledgement rules, a step of a ladder ("TRIAGE.urge"), or a word of its own. */
function reasonName(reason: string, names: Names): string {
  if (Object.hasOwn(ACK_REFUSALS, reason)) return ACK_REFUSALS[reason as AckRefusal].text; // an own key, one line above
  const [kind, step] = reason.split('.');
  if (isDeadlineKind(kind) && isLadderStep(step)) return `“${names.clock(kind)}”时限:${LADDER_STEP_NAMES[step]}`;
  return Object.hasOwn(OTHER_REASONS, reason) ? (OTHER_REASONS[reason] ?? reason) : reason;
}

function isDeadlineKind(text: string | undefined): text is DeadlineKind {
  return DEADLINE_KINDS.some((kind) => kind === text);
}

function isLadderStep(text: string | undefined): text is LadderStep {
  return text !== undefined && Object.hasOwn(LADDER_STEP_NAMES, text);
}
