/** What is read for people: plain data, implemented by the store, rendered by the API. Nothing here names a citizen except `IdentityView`. */
import type { CaseState, Folding } from '../domain/case-states.ts';
import type { DeadlineKind } from '../domain/deadlines.ts';
import type { LadderStep } from '../domain/ladder.ts';
import type { Category, Channel, Disposition, Kind, Lane, Level, Profile } from '../domain/vocabulary.ts';
import type { CallForm } from '../intake/call-form.ts';
import type { Attachment, ItemFlag, Part, Turn } from '../intake/item.ts';
import type { FaultCode } from '../platform/fault.ts';
import type { Evidence, Verdict, SplitPart } from '../rules/verdict.ts';
import type { Claim } from './claim-case.ts';
import type { FoundMark } from './found-words.ts';
import type { AssignmentView, LifeView, NoteView, PersonRef } from './life-view.ts';
import type { QueueView } from './queue-views.ts';
import type { LetterState, RawSource, TaskKind } from './records.ts';

// The queue ---------------------------------------------------------------------------------------------------------

export type QueueFilter = {
  readonly category?: Category | undefined;
  readonly unit?: string | undefined;
  readonly lane?: Lane | undefined;
  readonly kind?: Kind | undefined;
  readonly channel?: Channel | undefined;
  readonly state?: CaseState | undefined;
  readonly assignedUnit?: string | undefined;
  readonly urgent?: boolean | undefined;
  readonly review?: boolean | undefined;
  readonly confirmed?: boolean | undefined;
  readonly overdue?: boolean | undefined;
  readonly view?: QueueView | undefined;
  /** As it was typed: words, a number, a unit, a mail address or a telephone number. */
  readonly search?: string | undefined;
};

export type QueueRow = {
  readonly id: number;
  readonly number: string;
  readonly state: CaseState;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly kind: Kind | null;
  readonly lane: Lane | null;
  readonly unit: string | null;
  readonly targetName: string | null;
  readonly urgent: boolean;
  readonly confidence: number | null;
  readonly review: boolean;
  readonly confirmed: boolean;
  readonly assignedUnit: string | null;
  readonly nextDueAt: Date | null;
  readonly overdue: boolean;
  readonly subject: string;
  /** How the text begins; after a search, the stretch around the first of its words; `marks`: where they stand. */
  readonly snippet: string;
  readonly marks: { readonly subject: readonly FoundMark[]; readonly snippet: readonly FoundMark[] };
  readonly version: number;
  /** Who has it in hand; null: nobody. */
  readonly claim: Claim | null;
};

/** Where the previous page ended: the sort key of its last row. `dueAt` is ISO 8601. */
export type QueueCursor = { readonly urgent: boolean; readonly dueAt: string | null; readonly id: number };
export type QueuePage = {
  readonly limit: number;
  readonly after: QueueCursor | null;
  /** Rows passed over first, so that a list can be opened anywhere. Default 0. */
  readonly offset?: number;
};

export type QueueCounts = {
  readonly total: number;
  readonly urgent: number;
  readonly unconfirmed: number;
  readonly overdue: number;
  /** There are more than were counted. */
  readonly more: Readonly<Record<'total' | 'urgent' | 'unconfirmed' | 'overdue', boolean>>;
};

// One case ----------------------------------------------------------------------------------------------------------

/** The verdict in force, and the words that the rules saw. */
export type VerdictView = {
  readonly source: 'rules' | 'person';
  readonly at: Date;
  readonly by: PersonRef;
  /** Why a person corrected it. */
  readonly reason: string | null;
  readonly kind: Kind;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly lane: Lane;
  readonly unit: string;
  readonly target: { readonly level: Level; readonly name: string | null };
  readonly urgent: boolean;
  readonly review: boolean;
  readonly confidence: number;
  /** As a person confirmed them; empty before. What the rules suspect is in `proposal`. */
  readonly accused: readonly string[];
  /** What the rules said about the item that founded the case; null when no rules have read it. */
  readonly proposal: ProposalView | null;
};

/** Offsets are UTF-16 units into `subject + "\n" + body` of the item, or into its body when it has no subject. */
export type ProposalView = Pick<Verdict, 'kind' | 'category' | 'unit' | 'lane' | 'accused' | 'deny'> & {
  readonly itemId: number | null;
  readonly at: Date;
  readonly rulesVersion: string | null;
  readonly evidence: readonly Evidence[];
  readonly ignored: Verdict['ignored'];
  readonly scores: Verdict['scores'];
  /** How the letter could be taken apart; empty: it holds one matter. */
  readonly split: readonly SplitPart[];
};

export type DeadlineView = {
  readonly id: number;
  readonly kind: DeadlineKind;
  readonly cycle: number;
  readonly legal: boolean;
  readonly basis: string;
  readonly state: 'armed' | 'met' | 'cancelled';
  readonly triggerAt: Date;
  readonly dueRaw: Date;
  readonly dueAt: Date;
  readonly provisional: boolean;
  /** Where a person set the length. */
  readonly amount: number | null;
  readonly nextStep: { readonly step: LadderStep; readonly at: Date } | null;
  readonly firedAt: Date | null;
  readonly endedAt: Date | null;
};

/** Never the address and never the code: they are in the sealed letter only. */
export type LetterView = {
  readonly id: number;
  readonly kind: 'acknowledgement' | 'digest' | 'document';
  readonly state: LetterState;
  readonly delivery: 'bounced' | 'delayed' | 'delivered' | null;
  readonly attempts: number;
  readonly smtpCode: number | null;
  readonly createdAt: Date;
  readonly notBefore: Date;
  readonly sentAt: Date | null;
};

export type ItemView = {
  readonly id: number;
  readonly channel: Channel;
  readonly disposition: Disposition | null;
  readonly receivedAt: Date;
  readonly subject: string;
  readonly body: string;
  /** How many characters of the body are left out here; the raw bytes have them. Never of the founding item, whose offsets count. */
  readonly bodyOmitted: number;
  readonly flags: readonly ItemFlag[];
  readonly parts: readonly Part[];
  readonly attachments: readonly Attachment[];
  readonly turns: readonly Turn[] | null;
  /** Why it is automatic mail, and whether it was acknowledged: codes. */
  readonly automatic: string | null;
  readonly acknowledgement: { readonly send: boolean; readonly reason: string } | null;
  /** The bytes as they came can be downloaded; false for what an operator typed. */
  readonly raw: boolean;
};

/** A unit that must never receive the case. */
export type DenialView = { readonly unit: string; readonly source: 'rules' | 'person'; readonly at: Date };

export type TaskView = {
  readonly id: number;
  readonly kind: TaskKind;
  readonly reason: string;
  readonly caseId: number | null;
  readonly caseNumber: string | null;
  readonly itemId: number | null;
  readonly openedAt: Date;
};

/** One line of the journal. `data` holds ids, codes and hashes. */
export type JournalView = {
  readonly n: number;
  readonly at: Date;
  readonly by: PersonRef;
  readonly kind: string;
  readonly itemId: number | null;
  readonly data: Readonly<Record<string, unknown>>;
};

export type CaseView = LifeView & {
  readonly id: number;
  /** null while provisional: a number that nobody was told. */
  readonly number: string | null;
  readonly state: CaseState;
  readonly foldedAs: Folding | null;
  readonly profile: Profile;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly openedAt: Date;
  readonly changedAt: Date;
  readonly version: number;
  readonly urgent: boolean;
  readonly confirmed: boolean;
  readonly assignedUnit: string | null;
  readonly claim: Claim | null;
  readonly verdict: VerdictView | null;
  readonly deadlines: readonly DeadlineView[];
  readonly letters: readonly LetterView[];
  readonly items: readonly ItemView[];
  readonly notes: readonly NoteView[];
  readonly assignments: readonly AssignmentView[];
  readonly denials: readonly DenialView[];
  readonly tasks: readonly TaskView[];
  readonly history: readonly JournalView[];
  /** A flood of follow-ups is cut off: how many items and history lines are not in here. */
  readonly omitted: { readonly items: number; readonly history: number };
};

// Who wrote or called -----------------------------------------------------------------------------------------------

export type SealedIdentity = { readonly itemId: number; readonly channel: Channel; readonly sealed: Buffer };

/** Opened for one reader at a time, and every opening is in the journal. What is not known is null. */
export type IdentityView = {
  readonly itemId: number;
  readonly channel: Channel;
  /** As the mail shows its sender, or as the caller named himself. */
  readonly name: string | null;
  readonly address: string | null;
  readonly replyTo: readonly string[];
  readonly headers: string | null;
  readonly phone: string | null;
  readonly place: string | null;
  readonly accusedUnit: string | null;
  readonly anonymous: boolean;
  readonly keepSecret: boolean;
};

/** The stored bytes of an item, before they are opened. */
export type RawRef = {
  readonly rawId: number;
  readonly source: RawSource;
  readonly channel: Channel;
  readonly attachments: readonly Attachment[];
};

export type Download = { readonly name: string; readonly bytes: Buffer };

// The office --------------------------------------------------------------------------------------------------------

/** A folder of a mailbox that is polled. `failing`: the last poll ended in a fault. `silent`: no whole listing for too long. */
export type FolderView = {
  readonly mailbox: string;
  readonly path: string;
  readonly spam: boolean;
  readonly listed: number;
  readonly lastPolledAt: Date | null;
  /** A fault code. */
  readonly lastError: string | null;
  readonly health: 'ok' | 'failing' | 'silent';
};

/** The conservation law and the state of every part. `ok` is false as soon as anything is broken or missing. */
export type DoctorReport = {
  readonly mailbox: { readonly listed: number; readonly stored: number; readonly missing: number };
  readonly items: { readonly total: number; readonly withoutDisposition: number; readonly stuck: number };
  readonly cases: number;
  readonly letters: Readonly<Record<'pending' | 'claimed' | 'data' | 'sent' | 'failed' | 'unknown', number>>;
  readonly deadlines: { readonly armed: number; readonly fired: number; readonly overdue: number };
  readonly queue: { readonly backend: string; readonly reachable: boolean; readonly rearmed: number };
  readonly journal: { readonly entries: number; readonly intact: boolean };
  readonly ok: boolean;
  /** What is wrong, in sentences that name no case and no person. Empty when `ok`. */
  readonly problems: readonly string[];
};

/** What keeps the service from doing its work: the part, and a fault code. */
/** `stops`: until it is mended this process can do nothing. */
export type ReadinessCause = { readonly part: string; readonly code: FaultCode; readonly stops: boolean };

// Calls being taken -------------------------------------------------------------------------------------------------

/** What an operator is typing. Only its owner ever sees it. `version` counts the saves. */
export type CallDraft = {
  readonly id: string;
  readonly version: number;
  readonly updatedAt: Date;
  readonly form: Partial<CallForm>;
};

// The sandbox mailbox -----------------------------------------------------------------------------------------------

/** A letter of ours in the sandbox mailbox, where nobody outside this machine receives anything. */
export type SandboxAnswer = {
  readonly uid: number;
  readonly at: Date;
  readonly recipient: string;
  readonly subject: string;
};
