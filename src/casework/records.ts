/** Rows as use cases and store hand them to each other: plain data, sealed where it names people. */
import type { WindowCount } from '../domain/acknowledgement-caps.ts';
import type { CaseLife } from '../domain/case-file.ts';
import type { Owner } from '../domain/case-owner.ts';
import type { CaseFlag, Closing, ClueWay, Finding, Satisfaction } from '../domain/case-reasons.ts';
import type { TextField } from '../domain/note-ref.ts';
import type { Category, Channel, Disposition, Kind, Lane, Level, Profile } from '../domain/vocabulary.ts';
import type { Attachment, ItemFlag, Part, Turn } from '../intake/item.ts';

/** One line of the journal. `data` holds ids, codes and hashes; never a citizen's words or identity. */
export type JournalEntry = {
  readonly actor: number;
  readonly kind: string;
  readonly caseId?: number | undefined;
  readonly itemId?: number | undefined;
  readonly data: Readonly<Record<string, unknown>>;
};

/** A case as the tables show it: written only together with the events that made it so. */
export type CaseProjection = {
  readonly number: string;
  readonly state: string;
  readonly provisional: boolean;
  readonly foldedAs: string | null;
  readonly profile: Profile;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly kind: Kind | null;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly lane: Lane | null;
  readonly unit: string | null;
  readonly targetLevel: Level | null;
  readonly targetName: string | null;
  readonly urgent: boolean;
  readonly confidence: number | null;
  readonly review: boolean;
  readonly confirmed: boolean;
  readonly assignedUnit: string | null;
  readonly assignedUser: number | null;
  readonly owner: Owner;
  readonly flags: readonly CaseFlag[];
  readonly told: boolean;
  readonly helperUnits: readonly string[];
  readonly extendedDays: number;
  readonly finding: Finding | null;
  readonly satisfaction: Satisfaction | null;
  readonly closedAs: Closing | null;
  readonly reviewStage: CaseLife['review'];
  readonly clue: ClueWay | null;
  readonly version: number;
};

export type ArmedDeadline = {
  readonly kind: string;
  readonly cycle: number;
  readonly legal: boolean;
  readonly basis: string;
  readonly triggerAt: Date;
  readonly dueRaw: Date;
  readonly dueAt: Date;
  readonly provisional: boolean;
  readonly amount: number | null;
  readonly step: string | null;
  readonly stepAt: Date | null;
};

/** Everything that one accepted command does to the tables of one case. */
export type CaseChange = {
  readonly caseId: number;
  readonly projection: CaseProjection;
  readonly journal: readonly JournalEntry[];
  readonly arm: readonly ArmedDeadline[];
  /** The same clocks with other dates, because a calendar was published or changed. */
  readonly replan: readonly ArmedDeadline[];
  readonly end: readonly { readonly kind: string; readonly cycle: number; readonly how: 'met' | 'cancelled' }[];
  /** Units that may not receive it, when that changed: the whole new set. */
  readonly denials: { readonly units: readonly string[]; readonly source: 'rules' | 'person' } | null;
  /** `unit` null: the running assignment ends and nobody follows. */
  readonly assignment: {
    readonly unit: string | null;
    readonly userId: number | null;
    readonly helpers: readonly string[];
    readonly byUser: number;
  } | null;
};

/** What the raw bytes are: a mail, a transcript, or the row of an old register as JSON. */
export type RawSource = 'mail' | 'transcript' | 'register';

/** A raw message about to be stored. `sealedChunks` is empty when the same bytes are stored already (`sameAs`). */
export type NewRaw = {
  readonly id: number;
  readonly source: RawSource;
  readonly folder: { readonly id: number; readonly generation: number; readonly uidValidity: bigint | null } | null;
  readonly uid: number | null;
  readonly name: string | null;
  readonly internalAt: Date;
  readonly announcedBytes: number;
  readonly storedBytes: number;
  readonly sha256: Buffer;
  readonly sameAs: number | null;
  readonly headersOnly: boolean;
  readonly sealedChunks: readonly Buffer[];
};
export type SameBytes = { readonly rawId: number; readonly itemId: number; readonly caseId: number | null };

export type NewItem = {
  readonly id: number;
  readonly channel: Channel;
  readonly rawId: number | null;
  readonly state: 'received' | 'settled';
  readonly disposition: Disposition | null;
  readonly caseId: number | null;
  readonly provisionalCaseId: number | null;
  readonly sameAs: number | null;
  readonly flags: readonly ItemFlag[];
  readonly receivedAt: Date;
  /** false: brought as a file or typed at the desk, no letter goes out by itself. */
  readonly answer: boolean;
};

/** An item taken for reading. */
export type ClaimedItem = {
  readonly itemId: number;
  readonly rawId: number;
  readonly source: 'mail' | 'transcript';
  readonly channel: Channel;
  readonly name: string;
  readonly answer: boolean; // false: no letter goes out by itself
  readonly claims: number;
  readonly readFailures: number;
  readonly caseId: number; // the provisional case
  readonly receivedAt: Date;
  readonly flags: readonly ItemFlag[];
  readonly headersOnly: boolean;
  readonly storedBytes: number;
};

export type EarlierItem = {
  readonly itemId: number;
  readonly messageId: string | null;
  readonly contentHash: string | null;
  readonly caseId: number | null;
  readonly disposition: Disposition;
  readonly receivedAt: Date;
  readonly senderKey: string | null;
};

/** Everything that reading an item settled. `identity` is sealed before it comes here. */
export type SettledItem = {
  readonly itemId: number;
  readonly disposition: Disposition;
  readonly caseId: number | null;
  readonly sameAs: number | null;
  readonly automatic: string | null;
  readonly flags: readonly ItemFlag[];
  readonly messageId: string | null;
  readonly contentSha256: Buffer | null;
  readonly callRef: string | null;
  readonly ackSend: boolean | null;
  readonly ackReason: string | null;
  readonly text: {
    readonly subject: string;
    readonly body: string;
    readonly bigrams: readonly number[];
    readonly parts: readonly Part[];
    readonly attachments: readonly Attachment[];
    readonly turns: readonly Turn[] | null;
  } | null;
  readonly identity: {
    readonly sealed: Buffer;
    readonly senderKey: Buffer | null;
    readonly domainKey: Buffer | null;
  } | null;
};

export type LetterState = 'pending' | 'held' | 'merged' | 'claimed' | 'data' | 'sent' | 'failed' | 'unknown';

/** A letter about to be queued. `messageId` carries its own id and our token; the bytes are frozen from here on. */
export type NewLetter = {
  readonly id: number;
  readonly kind: 'acknowledgement' | 'digest' | 'document';
  readonly caseId: number;
  readonly messageId: string;
  readonly envelopeFrom: string;
  readonly recipientSealed: Buffer;
  readonly recipientKey: Buffer;
  readonly domainKey: Buffer;
  readonly publicDomain: boolean;
  readonly bytesSealed: Buffer;
  readonly bytesSha256: Buffer;
  readonly notBefore: Date;
};

export type LookupCode = { readonly caseId: number; readonly salt: Buffer; readonly hash: Buffer };

/** A pending letter with what the caps of the last hour and day say about its recipient. */
export type LetterCandidate = {
  readonly id: number;
  readonly kind: 'acknowledgement' | 'digest' | 'document';
  readonly state: 'pending' | 'held';
  readonly caseId: number;
  readonly recipientKey: string; // hex
  readonly domainKey: string; // hex
  readonly publicDomain: boolean;
  readonly resend: boolean; // an earlier attempt ended unknown
  readonly senderHour: WindowCount;
  readonly senderDay: WindowCount;
  readonly domainHour: WindowCount;
  readonly allHour: WindowCount;
};

export type ClaimedLetter = {
  readonly id: number;
  readonly caseIds: readonly number[];
  readonly envelopeFrom: string;
  readonly recipientSealed: Buffer;
  readonly bytesSealed: Buffer;
  readonly attempts: number;
  readonly submissions: number;
};

/** How one attempt ended. `retryAt` null: there is no further attempt. */
export type LetterOutcome = {
  readonly id: number;
  readonly state: 'pending' | 'sent' | 'failed' | 'unknown';
  readonly retryAt: Date | null;
  readonly smtpCode: number | null;
  /** Definitely not accepted: this attempt does not count against the two that may ever be submitted. */
  readonly giveBack: boolean;
};

/** A text of an officer. `about`: a note of his own, or what a decision needs. */
export type NewNote = {
  readonly id: number;
  readonly caseId: number;
  readonly byUser: number;
  readonly about: 'note' | TextField;
  readonly text: string;
};

export type NewVerdict = {
  readonly caseId: number;
  readonly itemId: number | null;
  readonly source: 'rules' | 'person';
  readonly rulesVersion: string | null;
  readonly body: unknown;
  readonly reason: string | null;
  readonly byUser: number;
};

export type TaskKind =
  | 'tell-by-phone'
  | 'read-by-hand'
  | 'delivery-failed'
  | 'link-suggested'
  | 'reopen-suggested'
  | 'deadline'
  | 'check-mailbox'
  | 'mentioned';
/** Something that waits for a person. `reason` is a code, see docs/glossary.md. `userId`: for him alone, not for whoever may see the case. */
export type NewTask = {
  readonly kind: TaskKind;
  readonly reason: string;
  readonly caseId: number | null;
  readonly itemId: number | null;
  readonly userId?: number;
};
