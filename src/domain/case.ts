import { type CaseCommand, type CaseCommandType, COMMAND_ROLES, type CommandOf } from './case-commands.ts';
import {
  arm,
  cancelAll,
  decideAcknowledgement,
  decideArm,
  decideMeet,
  decideReplan,
  decideStep,
  rearmAll,
} from './case-deadlines.ts';
import type { CaseEvent, Happening } from './case-events.ts';
import { type CaseDeadline, type CaseFile, type CaseLife, NEW_LIFE } from './case-file.ts';
import { decideLife, isLifeCommand } from './case-life.ts';
import type { LifeCommandType } from './case-life-commands.ts';
import { isLifeEvent, lifeChanges, type LifeEventType } from './case-life-events.ts';
import type { CaseFlag } from './case-reasons.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { changesByImport, decideImport } from './case-import.ts';
import { decideSplit } from './case-split.ts';
import type { CaseState } from './case-states.ts';
import { decideConfirmation, decideCorrection, decideProposal } from './case-verdict.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { LadderStep } from './ladder.ts';
import type { Channel } from './vocabulary.ts';

export type Decision =
  | { readonly kind: 'accepted'; readonly events: readonly CaseEvent[] }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal };

type Outcome = readonly Happening[] | CaseRefusal;

/**
 * What an order does to a case: the events that follow, or why not. The only way a case changes. Reads no clock and draws no
 * number: what it needs stands in the command.
 */
export function decide(file: CaseFile | null, command: CaseCommand): Decision {
  const outcome = outcomeOf(file, command);
  if (typeof outcome === 'string') return { kind: 'refused', reason: outcome };
  const stamp = { at: command.at.toISOString(), by: command.by.userId };
  return { kind: 'accepted', events: outcome.map((happening) => ({ ...happening, ...stamp })) };
}

function outcomeOf(file: CaseFile | null, command: CaseCommand): Outcome {
  if (!COMMAND_ROLES[command.type].includes(command.by.role)) return 'role-not-allowed';
  if (command.type === 'open') return file === null ? decideOpening(command) : 'already-open';
  if (command.type === 'import') return file === null ? decideImport(command) : 'already-open';
  if (file === null) return 'no-such-case';
  if (file.folded !== null && !WHILE_FOLDED.includes(command.type)) return 'folded';
  return isLifeCommand(command) ? decideLife(file, command) : onCase(file, command);
}

/** Out of a folded case leads only unfolding. Notes and the fate of a letter can still be written down. */
const WHILE_FOLDED: readonly CaseCommandType[] = ['unfold', 'add-note', 'record-acknowledgement'];

type LaterCommand = Exclude<CaseCommand, { readonly type: 'open' | 'import' | LifeCommandType }>;

function onCase(file: CaseFile, command: LaterCommand): Outcome {
  switch (command.type) {
    case 'register':
      return file.state === 'RECEIVED' ? [{ type: 'case-registered' }] : 'wrong-state';
    case 'fold':
      return decideFolding(file, command);
    case 'unfold':
      return decideUnfolding(file);
    case 'propose-verdict':
      return decideProposal(file, command);
    case 'confirm-verdict':
      return decideConfirmation(file, command);
    case 'correct-verdict':
      return decideCorrection(file, command);
    case 'add-note':
      return [{ type: 'note-added', note: command.note }];
    case 'record-acknowledgement':
      return decideAcknowledgement(file, command);
    case 'arm-deadline':
      return decideArm(file, command);
    case 'meet-deadline':
      return decideMeet(file, command);
    case 'replan-deadline':
      return decideReplan(file, command);
    case 'take-step':
      return decideStep(file, command);
    case 'split':
      return decideSplit(file, command);
  }
}

/** The clocks that start with receipt. A call was answered when it came in. */
export const OPENING_CLOCKS: Readonly<Record<Channel, readonly DeadlineKind[]>> = {
  email: ['ACK_MAIL', 'NOTICE15', 'TRIAGE'],
  phone: ['NOTICE15', 'TRIAGE'],
};

function decideOpening({ number, channel, profile, receivedAt, deadlines }: CommandOf<'open'>): Outcome {
  const wanted = OPENING_CLOCKS[channel];
  const complete = wanted.every((kind) => deadlines.some((deadline) => deadline.kind === kind));
  if (!complete || deadlines.length !== wanted.length) return 'wrong-deadline';
  return [
    { type: 'case-opened', number, channel, profile, receivedAt: receivedAt.toISOString() },
    ...deadlines.map((deadline) => arm(null, deadline, null)),
  ];
}

/** The machine folds only what it has told nobody of; a person folds until the case has left triage. */
const FOLDABLE: readonly CaseState[] = ['RECEIVED', 'REGISTERED', 'TRIAGE'];

function decideFolding(file: CaseFile, command: CommandOf<'fold'>): Outcome {
  const { as, into } = command;
  const machine = command.by.role === 'system';
  if (machine && as === 'junk') return 'junk-needs-person';
  if (machine ? !file.provisional : !FOLDABLE.includes(file.state)) return 'wrong-state';
  if (into === null && (as === 'follow-up' || as === 'duplicate')) return 'target-required';
  return [{ type: 'case-folded', as, into }, ...cancelAll(file)];
}

function decideUnfolding(file: CaseFile): Outcome {
  if (file.folded === null) return 'not-folded';
  return [{ type: 'case-unfolded', state: file.folded.from }, ...rearmAll(file)];
}

/** The case after one more event. Throws RangeError on a history that cannot be: the journal is damaged. */
export function evolve(file: CaseFile | null, event: CaseEvent): CaseFile {
  if (event.type === 'case-opened') {
    if (file !== null) throw new RangeError('a case is opened twice');
    return openedFile(event);
  }
  if (file === null) throw new RangeError(`${event.type} before the case is opened`);
  const changes = isLifeEvent(event) ? lifeChanges(file, event) : changesBy(file, event);
  return { ...file, ...changes, version: file.version + 1 };
}

function openedFile(event: Extract<CaseEvent, { readonly type: 'case-opened' }>): CaseFile {
  const { number, channel, profile, receivedAt } = event;
  return {
    version: 1,
    number,
    channel,
    profile,
    receivedAt,
    state: 'RECEIVED',
    provisional: true,
    folded: null,
    verdict: null,
    confirmed: false,
    assignment: null,
    acknowledgement: null,
    deadlines: [],
    life: NEW_LIFE,
  };
}

type LaterEvent = Exclude<CaseEvent, { readonly type: 'case-opened' | LifeEventType }>;

function changesBy(file: CaseFile, event: LaterEvent): Partial<CaseFile> {
  switch (event.type) {
    case 'case-registered':
      return { state: 'REGISTERED', provisional: false };
    case 'case-folded':
      return { state: 'FOLDED', folded: { as: event.as, into: event.into, from: file.state } };
    case 'case-unfolded':
      return { state: event.state, folded: null };
    case 'verdict-proposed':
      return { state: 'TRIAGE', verdict: event.verdict };
    case 'verdict-confirmed':
    case 'verdict-corrected':
      return { state: event.state, verdict: event.verdict, confirmed: true, life: lifeAfterVerdict(file, event.state) };
    case 'assignment-revoked':
      return { state: 'ACCEPTED', assignment: null, life: { ...file.life, ...WITHOUT_HANDLER } };
    case 'acknowledgement-recorded':
      return { acknowledgement: event.outcome };
    case 'case-imported':
      return changesByImport(file, event);
    case 'note-added':
    case 'case-split':
    case 'step-skipped':
      return {};
    case 'deadline-armed':
      return { deadlines: [...file.deadlines, { ...event.clock, status: 'armed', cancelled: null, lastStep: null }] };
    case 'deadline-replanned':
      return changeDeadline(file, event.clock, event.clock);
    case 'deadline-met':
      return changeDeadline(file, event, { status: 'met' });
    case 'deadline-cancelled':
      return changeDeadline(file, event, { status: 'cancelled', cancelled: event.reason });
    case 'step-taken':
      return { ...changeDeadline(file, event, { lastStep: event.step }), life: markedBy(file, event.step) };
  }
}

const WITHOUT_HANDLER = { takenBy: null, request: null, result: null, signed: false } as const;

/** Back before the decision, the citizen has to be told of the next one. */
function lifeAfterVerdict({ state, life }: CaseFile, next: CaseState): CaseLife {
  return next === 'TRIAGE' && state !== 'TRIAGE' ? { ...life, ...WITHOUT_HANDLER, told: null } : life;
}

/** The ladder leaves marks on the case: 催办 and cards are counted over all of its clocks. */
const STEP_FLAGS: Readonly<Partial<Record<LadderStep, CaseFlag>>> = { urge: 'urged', yellow: 'yellow', red: 'red' };

function markedBy({ life }: CaseFile, step: LadderStep): CaseLife {
  const flag = STEP_FLAGS[step];
  return flag === undefined ? life : { ...life, flags: { ...life.flags, [flag]: (life.flags[flag] ?? 0) + 1 } };
}

function changeDeadline(
  file: CaseFile,
  { kind, cycle }: Pick<CaseDeadline, 'kind' | 'cycle'>,
  changes: Partial<CaseDeadline>,
): Pick<CaseFile, 'deadlines'> {
  return {
    deadlines: file.deadlines.map((deadline) =>
      deadline.kind === kind && deadline.cycle === cycle ? { ...deadline, ...changes } : deadline,
    ),
  };
}
