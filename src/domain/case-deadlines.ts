import { ACK_REFUSALS } from './acknowledgement.ts';
import type { CommandOf } from './case-commands.ts';
import type { Happening, PersonReason } from './case-events.ts';
import { type AckOutcome, armedDeadline, type CancelReason, type CaseClock, type CaseFile } from './case-file.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { type DeadlineKind, type PlannedDeadline, RIGHTS } from './deadlines.ts';
import { LADDER_STEPS } from './ladder.ts';

type Outcome = readonly Happening[] | CaseRefusal;

function clockOf(plan: PlannedDeadline, cycle: number): CaseClock {
  const { kind, legal, basis, provisional, amount } = plan;
  const [trigger, dueRaw, dueAt] = [plan.trigger.toISOString(), plan.dueRaw.toISOString(), plan.dueAt.toISOString()];
  const clock = { kind, cycle, legal, basis, trigger, dueRaw, dueAt, provisional };
  return amount === undefined ? clock : { ...clock, amount };
}

/** Arms a clock as the next of its kind; `file` is null while the case is being opened. */
export function arm(file: CaseFile | null, plan: PlannedDeadline, reason: PersonReason | null): Happening {
  const earlier = file?.deadlines.filter(({ kind }) => kind === plan.kind) ?? [];
  return { type: 'deadline-armed', clock: clockOf(plan, earlier.length + 1), reason };
}

/** Ends the running clock of a kind because what it asks for was done; nothing when none runs. */
export function meet(file: CaseFile, kind: DeadlineKind): readonly Happening[] {
  const armed = armedDeadline(file, kind);
  return armed === null ? [] : [{ type: 'deadline-met', kind, cycle: armed.cycle }];
}

/** Ends the running clock of a kind although what it asks for was not done; nothing when none runs. */
export function cancel(file: CaseFile, kind: DeadlineKind, reason: CancelReason): readonly Happening[] {
  const armed = armedDeadline(file, kind);
  return armed === null ? [] : [{ type: 'deadline-cancelled', kind, cycle: armed.cycle, reason }];
}

export function meetKinds(file: CaseFile, kinds: readonly DeadlineKind[]): readonly Happening[] {
  return kinds.flatMap((kind) => meet(file, kind));
}

export function cancelKinds(
  file: CaseFile,
  kinds: readonly DeadlineKind[],
  reason: CancelReason,
): readonly Happening[] {
  return kinds.flatMap((kind) => cancel(file, kind, reason));
}

export function runningKinds(file: CaseFile): readonly DeadlineKind[] {
  return file.deadlines.filter(({ status }) => status === 'armed').map(({ kind }) => kind);
}

/** A folded case has no clocks of its own. */
export function cancelAll(file: CaseFile): readonly Happening[] {
  return cancelKinds(file, runningKinds(file), 'folded');
}

/** The clocks that folding stopped run again, as new cycles with the old due dates: time did not stand still. */
export function rearmAll(file: CaseFile): readonly Happening[] {
  return file.deadlines
    .filter(({ cancelled }) => cancelled === 'folded')
    .filter(({ kind, cycle }) => !file.deadlines.some((later) => later.kind === kind && later.cycle > cycle))
    .map(({ status: _status, cancelled: _cancelled, lastStep: _lastStep, ...clock }) => ({
      type: 'deadline-armed',
      clock: { ...clock, cycle: clock.cycle + 1 },
      reason: null,
    }));
}

/** What a person starts by hand: promises, tasks, and the limits of the procedures that a matter can be led to. */
export const STARTED_BY_HAND: readonly DeadlineKind[] = [
  'PERSON',
  'CALLBACK',
  'ACK_MEDIA',
  'FWD15',
  'SUGG30',
  'DISC_UP5',
  'DISC_DOWN5',
  'DISC_Q',
  'STUREC_ISSUE',
  'STUREC_CHECK',
  'STUREC_DECIDE',
  'STUREC_DONE',
  'TEACH30',
  'UNIAPP_ASK',
  'UNIAPP',
  'INFO20',
  'INFO_EXT20',
  'INFO_FIX7',
  'REVIEW_ADMIN',
];

export function decideArm(file: CaseFile, { deadline, reason }: CommandOf<'arm-deadline'>): Outcome {
  const { kind } = deadline;
  if (!STARTED_BY_HAND.includes(kind)) return 'wrong-deadline';
  if (kind !== 'CALLBACK' && armedDeadline(file, kind) !== null) return 'already-armed';
  return [...cancel(file, kind, 'replaced'), arm(file, deadline, reason)];
}

/** What only a decision about the case ends. */
const MET_BY_DECISION: readonly DeadlineKind[] = [
  'TRIAGE',
  'SUPPLEMENT',
  'DONE60',
  'EXT30',
  'TARGET30',
  'SIGN1',
  'OBJECT5',
  'CHECK3',
  'REVIEW_ASK',
  'REVIEW',
  'RECHECK_ASK',
  'RECHECK',
];

export function decideMeet(file: CaseFile, { kind }: CommandOf<'meet-deadline'>): Outcome {
  if (MET_BY_DECISION.includes(kind)) return 'met-by-decision';
  const met = meet(file, kind);
  return met.length === 0 ? 'not-armed' : met;
}

export function decideReplan(file: CaseFile, { deadline }: CommandOf<'replan-deadline'>): Outcome {
  const armed = armedDeadline(file, deadline.kind);
  if (armed === null) return 'not-armed';
  const clock = clockOf(deadline, armed.cycle);
  if (clock.trigger !== armed.trigger || clock.amount !== armed.amount) return 'wrong-deadline';
  const same = clock.dueRaw === armed.dueRaw && clock.dueAt === armed.dueAt && clock.provisional === armed.provisional;
  return same ? 'unchanged-deadline' : [{ type: 'deadline-replanned', clock }];
}

export function decideStep(file: CaseFile, command: CommandOf<'take-step'>): Outcome {
  const { kind, step, late, skipped } = command;
  const armed = armedDeadline(file, kind);
  if (armed === null) return 'not-armed';
  const { cycle, lastStep } = armed;
  if (lastStep !== null && LADDER_STEPS.indexOf(step) <= LADDER_STEPS.indexOf(lastStep)) return 'step-already-taken';
  const passed = skipped.map((one): Happening => ({
    type: 'step-skipped',
    kind,
    cycle,
    step: one.step,
    reason: one.reason,
  }));
  const taken: readonly Happening[] = [...passed, { type: 'step-taken', kind, cycle, step, late }];
  return RIGHTS.includes(kind) ? [...taken, ...cancel(file, kind, 'lapsed')] : taken;
}

/** What may be recorded after what. A letter that went out can only come back. */
const NEXT_OUTCOMES: Readonly<Record<AckOutcome | 'none', readonly AckOutcome[]>> = {
  none: ['sent', 'withheld', 'failed', 'unknown', 'bounced'],
  withheld: ['sent', 'failed', 'unknown'],
  failed: ['sent', 'unknown'],
  unknown: ['sent', 'failed', 'bounced'],
  sent: ['bounced'],
  bounced: [],
};

export function decideAcknowledgement(file: CaseFile, command: CommandOf<'record-acknowledgement'>): Outcome {
  const { outcome, withheld, task } = command;
  if (!NEXT_OUTCOMES[file.acknowledgement ?? 'none'].includes(outcome)) return 'acknowledgement-settled';
  if ((outcome === 'withheld') !== (withheld !== null)) return 'withheld-reason-mismatch';
  const recorded: Happening = { type: 'acknowledgement-recorded', outcome, withheld };
  // What became of a letter is a fact even after its case was folded; but nobody waits for that case any more.
  if (file.folded !== null) return [recorded];
  if (outcome === 'sent') return [recorded, ...meet(file, 'ACK_MAIL')];
  const reason = personReason(command);
  if (reason === null) return [recorded, ...(withheld === null ? [] : cancel(file, 'ACK_MAIL', 'no-answer-due'))];
  // One waiting task is enough: the person who takes it sees every reason.
  if (armedDeadline(file, 'PERSON') !== null) return [recorded];
  if (task === null) return 'task-missing';
  return task.kind === 'PERSON' ? [recorded, arm(file, task, reason)] : 'wrong-deadline';
}

function personReason({ outcome, withheld }: CommandOf<'record-acknowledgement'>): PersonReason | null {
  if (outcome === 'failed') return 'acknowledgement-failed';
  if (outcome === 'bounced') return 'acknowledgement-bounced';
  return withheld !== null && ACK_REFUSALS[withheld].person ? 'acknowledgement-withheld' : null;
}
