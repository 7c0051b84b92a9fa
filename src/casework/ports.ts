/** What the use cases need from the outside world. Adapters implement these; tests may fake only these, and time. */

export type Clock = { now(): Date };

/** One folder of one mailbox as the server describes it now. `uidValidity` is null when the server gives none or 0 (RFC 3501 2.3.1.1). */
export type FolderState = { readonly path: string; readonly uidValidity: bigint | null; readonly readOnly: boolean };

export type ListedMessage = {
  readonly uid: number;
  readonly sizeBytes: number;
  readonly internalDate: Date;
  readonly flags: readonly string[];
};

export type FetchedMessage = {
  readonly uid: number;
  readonly sizeBytes: number; // RFC822.SIZE as announced
  readonly internalDate: Date;
  /** null: the server answered without it (BODY[] NIL). For `headersOnly` the header block. */
  readonly source: Buffer | null;
};

/** A mailbox that can be listed, read and tidied. Nothing here ever expunges or deletes. */
export type Mailbox = {
  /** Stable name without secrets, for example "imap.example.org/office@example.org". */
  readonly name: string;
  /** Folders to watch: INBOX and the provider's spam folder when there is one. */
  folders(): Promise<readonly { readonly path: string; readonly spam: boolean }[]>;
  /** SELECT. All following calls act on this folder. */
  open(path: string): Promise<FolderState>;
  list(): Promise<readonly ListedMessage[]>;
  /** Whole sources, by UID. Messages that the server leaves out are simply absent: the caller compares. */
  fetch(uids: readonly number[]): Promise<readonly FetchedMessage[]>;
  fetchHeaders(uid: number): Promise<FetchedMessage | null>;
  /** true only when the server said OK for all of them. */
  markSeen(uids: readonly number[]): Promise<boolean>;
  /** UIDs that really moved (COPYUID); an empty set when it did not happen. Creates the folder when missing. */
  move(uids: readonly number[], toPath: string): Promise<ReadonlySet<number>>;
  /** Resolves when something may have changed in the open folder (IDLE), when `signal` aborts, or after `maxMs`. */
  waitForChange(maxMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
};

/** How a submission ended. Only a reply code is a definite answer (RFC 5321 4.2.1, RFC 1047). */
export type SubmissionOutcome =
  | { readonly kind: 'accepted'; readonly code: number; readonly text: string }
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly code: number; readonly text: string }
  | { readonly kind: 'not-started'; readonly reason: string } // failed before MAIL FROM: safe to retry for ever
  | { readonly kind: 'unknown'; readonly reason: string }; // after DATA, no reply: nobody on this side can know

export type Submission = { readonly envelopeFrom: string; readonly recipient: string; readonly bytes: Buffer };

/** A connected, authenticated SMTP session: connect first, then commit `data`, then submit. */
export type MailSession = {
  submit(submission: Submission): Promise<SubmissionOutcome>;
  close(): Promise<void>;
};

export type Mailer = {
  /** Connect, EHLO, STARTTLS, AUTH. Throws a Fault (`smtp.unreachable`, `smtp.refused-login` ...) when it can't. */
  connect(): Promise<MailSession>;
};

/** A hint that there is work. Never awaited by anything that must succeed; losing every hint only costs seconds. */
export type WakeUps = {
  triage(): void;
  letters(): void;
  /** Alarm clock for deadlines due soon. */
  deadline(deadlineId: number, stepAt: Date): void;
};

/** Names of the moments at which a process may die, in order: what crash tests aim at and what a trace shows. */
export const EFFECTS = [
  'select',
  'list',
  'fetch',
  'begin',
  'insert',
  'commit',
  'committed',
  'flag',
  'move',
  'moved',
  'wake-up',
  'claim-item',
  'read-item',
  'settle',
  'settled',
  'claim-letter',
  'connect',
  'commit-data',
  'submit',
  'submitted',
  'mark-sent',
] as const;
export type Effect = (typeof EFFECTS)[number];
/** Told right before each effect. Does nothing in production. */
export type Observe = (effect: Effect) => void;

/** What an acknowledgement says: number and code of each case, nothing else of it. More than one case makes a digest. */
export type LetterRequest = {
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly recipient: string;
  readonly now: Date;
  readonly cases: readonly { readonly number: string; readonly code: string; readonly receivedAt: Date }[];
};
export type ComposedLetter = { readonly bytes: Buffer; readonly sha256: Buffer };
export type LetterWriter = { compose(request: LetterRequest): ComposedLetter };
