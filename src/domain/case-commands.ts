import type { AckRefusal } from './acknowledgement.ts';
import type { OldClosing, PersonReason } from './case-events.ts';
import type { AckOutcome, CaseVerdict } from './case-file.ts';
import { LIFE_RULES, type LifeCommand, type LifeCommandType } from './case-life-commands.ts';
import type { CaseNumber } from './case-number.ts';
import type { Folding } from './case-states.ts';
import type { DeadlineKind, PlannedDeadline } from './deadlines.ts';
import type { LadderStep, SkippedStep } from './ladder.ts';
import type { NoteRef } from './note-ref.ts';
import type { Channel, Profile, Role, Viewer } from './vocabulary.ts';

/** The accused as a person confirmed them, and every unit that must not receive the case because of them. */
export type ConfirmedConflict = { readonly accused: readonly string[]; readonly deny: readonly string[] };

/** What a person may change in a verdict. */
export type VerdictChanges = Partial<
  Pick<CaseVerdict, 'kind' | 'category' | 'secondary' | 'lane' | 'unit' | 'target' | 'urgent'>
>;

/** Gives the number. Mail needs ACK_MAIL, NOTICE15 and TRIAGE planned from its receipt, a call the last two. */
type OpenCase = {
  readonly type: 'open';
  readonly number: CaseNumber;
  readonly channel: Channel;
  readonly profile: Profile;
  readonly receivedAt: Date;
  readonly deadlines: readonly PlannedDeadline[];
};

/**
 * A case of the office's old register, with the number it has here. What still waits needs NOTICE15 and TRIAGE planned from its
 * receipt; what is closed has no clocks.
 */
type ImportCase = Omit<OpenCase, 'type'> & {
  readonly type: 'import';
  readonly verdict: CaseVerdict;
  readonly closed: OldClosing | null;
  readonly note: NoteRef;
};

/** The item is a case of its own. */
type RegisterCase = { readonly type: 'register' };

/** The item is no case of its own. `into`: id of the case it belongs to; required for a follow-up and a duplicate. */
type FoldCase = { readonly type: 'fold'; readonly as: Folding; readonly into: number | null };
type UnfoldCase = { readonly type: 'unfold' };

/** Mostly by the machine; by a person where the rules had nothing to say. */
type ProposeVerdict = { readonly type: 'propose-verdict'; readonly verdict: CaseVerdict };
type ConfirmVerdict = { readonly type: 'confirm-verdict' } & ConfirmedConflict;
/** Changes fields and confirms the rest. `reason` points to a text that is not blank; null is refused. */
type CorrectVerdict = {
  readonly type: 'correct-verdict';
  readonly changes: VerdictChanges;
  readonly reason: NoteRef | null;
} & ConfirmedConflict;

type AddNote = { readonly type: 'add-note'; readonly note: NoteRef };

/** `task`: a PERSON deadline, needed when the outcome leaves a citizen waiting and no such task waits already. */
type RecordAcknowledgement = {
  readonly type: 'record-acknowledgement';
  readonly outcome: AckOutcome;
  /** Why it was withheld; null for every other outcome. */
  readonly withheld: AckRefusal | null;
  readonly task: PlannedDeadline | null;
};

/** Gives a person a task (PERSON) or notes a promise to call back (CALLBACK, which replaces an earlier promise). */
type ArmDeadline = {
  readonly type: 'arm-deadline';
  readonly deadline: PlannedDeadline;
  readonly reason: PersonReason;
};
/** A person did what the clock asks for. TRIAGE is met by confirming or correcting, never by hand. */
type MeetDeadline = { readonly type: 'meet-deadline'; readonly kind: DeadlineKind };
/** The same clock planned again, because a calendar was published or changed. */
type ReplanDeadline = { readonly type: 'replan-deadline'; readonly deadline: PlannedDeadline };
/** A step of the ladder is due: take it, and note those it overtook. */
type TakeStep = {
  readonly type: 'take-step';
  readonly kind: DeadlineKind;
  readonly step: LadderStep;
  readonly late: boolean;
  readonly skipped: readonly SkippedStep[];
};

/**
 * One matter leaves a mixed letter as a case of its own. `leaves` is what the new case, `into`, is about. The event stands in the
 * history of the letter's own case alone: whoever gets the other one cannot learn that there was more.
 */
type SplitCase = {
  readonly type: 'split';
  readonly into: number;
  readonly leaves: Pick<CaseVerdict, 'kind' | 'lane' | 'unit' | 'deny'>;
};

/** An order to a case: who gives it and when. */
export type CaseCommand = { readonly by: Viewer; readonly at: Date } & (
  | OpenCase
  | ImportCase
  | RegisterCase
  | FoldCase
  | UnfoldCase
  | ProposeVerdict
  | ConfirmVerdict
  | CorrectVerdict
  | LifeCommand
  | AddNote
  | RecordAcknowledgement
  | ArmDeadline
  | MeetDeadline
  | ReplanDeadline
  | TakeStep
  | SplitCase
);
export type CaseCommandType = CaseCommand['type'];
export type CommandOf<T extends CaseCommandType> = Extract<CaseCommand, { readonly type: T }>;

const DECIDERS: readonly Role[] = ['triage', 'supervisor', 'discipline'];
const OFFICE: readonly Role[] = ['operator', ...DECIDERS];

const OTHER_ROLES: Readonly<Record<Exclude<CaseCommandType, LifeCommandType>, readonly Role[]>> = {
  open: ['system', ...OFFICE],
  import: ['system'],
  register: ['system', ...OFFICE],
  fold: ['system', ...DECIDERS],
  unfold: DECIDERS,
  'propose-verdict': ['system', ...OFFICE],
  'confirm-verdict': DECIDERS,
  'correct-verdict': DECIDERS,
  'add-note': [...OFFICE, 'investigator', 'unit-head'],
  'record-acknowledgement': ['system'],
  'arm-deadline': ['system', ...OFFICE],
  'meet-deadline': OFFICE,
  'replan-deadline': ['system'],
  'take-step': ['system'],
  split: DECIDERS,
};

/** Who may give which order. What the machine may not do alone has no `system`. */
export const COMMAND_ROLES: Readonly<Record<CaseCommandType, readonly Role[]>> = {
  ...OTHER_ROLES,
  ...(Object.fromEntries(Object.entries(LIFE_RULES).map(([type, { roles }]) => [type, roles])) as Readonly<
    Record<LifeCommandType, readonly Role[]> // the keys of the table above
  >),
};
