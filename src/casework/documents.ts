import type {
  DeliveryWay,
  DocumentAct,
  DocumentKind,
  DocumentRefusal,
  DocumentState,
} from '../domain/official-document.ts';
import { decideDocument, DOCUMENT_REFUSALS } from '../domain/official-document.ts';
import type { Category, Channel, Lane, Profile, Viewer } from '../domain/vocabulary.ts';
import type { CaseState } from '../domain/case-states.ts';
import type { OwedDocument } from '../domain/owed-documents.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { AcknowledgeContext } from './acknowledge.ts';
import type { CaseFacts, DocumentForm, DocumentPress, FillProblem } from './document-press.ts';
import type { PersonRef } from './life-view.ts';
import type { Clock } from './ports.ts';
import type { JournalEntry, LetterState, NewLetter, NewNote } from './records.ts';
import type { SealedIdentity } from './views.ts';

/** A document as the use cases lock it. */
export type StoredDocument = {
  readonly id: number;
  readonly caseId: number;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly version: number;
  readonly draftedBy: number;
  readonly corrects: string | null;
  readonly number: string | null;
  readonly fieldsSealed: Buffer;
  readonly pdfSealed: Buffer | null;
};

/** What a case tells its documents. `denied` are unit ids; `staff` the names of those who work on it. */
export type CaseOfDocument = {
  readonly number: string;
  readonly profile: Profile;
  readonly channel: Channel;
  readonly lane: Lane | null;
  readonly confirmed: boolean;
  readonly state: CaseState;
  readonly category: Category | null;
  readonly urgent: boolean;
  readonly assignedUnit: string | null;
  readonly targetName: string | null;
  readonly receivedAt: Date;
  readonly acceptedAt: Date | null;
  readonly dueAt: Date | null;
  readonly extendedDueAt: Date | null;
  readonly denied: readonly string[];
  readonly staff: readonly string[];
};

export type SignedContent = {
  readonly number: string;
  readonly year: number;
  readonly serial: number;
  readonly contentSealed: Buffer;
  readonly pdfSealed: Buffer;
  readonly pdfSha256: Buffer;
  readonly docxSealed: Buffer;
  readonly docxSha256: Buffer;
};

export type NewDelivery = {
  readonly documentId: number;
  readonly way: DeliveryWay;
  readonly at: Date;
  readonly byUser: number;
  readonly letterId: number | null;
  readonly postNumber: string | null;
};

export type DocumentTransaction = {
  /** null: unknown, or not for this viewer. */
  readDocumentCase(viewer: Viewer, caseId: number): Promise<CaseOfDocument | null>;
  readSealedIdentities(viewer: Viewer, caseId: number): Promise<readonly SealedIdentity[] | null>;
  /** Locked until the transaction ends. null: unknown, or of a case that this viewer may not see. */
  lockDocument(viewer: Viewer, documentId: number): Promise<StoredDocument | null>;
  nextIds(table: 'documents' | 'letters' | 'notes', count: number): Promise<number[]>;
  insertNote(note: NewNote): Promise<void>;
  insertDocument(document: {
    readonly id: number;
    readonly caseId: number;
    readonly kind: DocumentKind;
    readonly corrects: number | null;
    readonly fieldsSealed: Buffer;
    readonly draftedBy: number;
  }): Promise<void>;
  reviseDocument(documentId: number, fieldsSealed: Buffer, draftedBy: number): Promise<void>;
  approveDocument(documentId: number, by: number, at: Date): Promise<void>;
  /** The next number of its kind and year; given back when the transaction does not commit. */
  drawDocumentNumber(kind: DocumentKind, year: number): Promise<number>;
  signDocument(documentId: number, by: number, at: Date, content: SignedContent): Promise<void>;
  insertDelivery(delivery: NewDelivery): Promise<void>;
  markDelivered(documentId: number): Promise<void>;
  insertLetters(letters: readonly NewLetter[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type DocumentDependencies = {
  transact<T>(work: (tx: DocumentTransaction) => Promise<T>): Promise<T>;
  readonly press: DocumentPress;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly acknowledge: Pick<AcknowledgeContext, 'domain' | 'tokenKey'>;
  /** How people write the name of a unit. */
  unitWords(unit: string): readonly string[];
  categoryName(category: Category): string;
};

export type DocumentResult =
  | { readonly kind: 'done'; readonly id: number; readonly version: number }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'refused'; readonly reason: DocumentRefusal; readonly message: string }
  /** Field by field, what is wrong with it and what to do. */
  | { readonly kind: 'unfit'; readonly problems: readonly FillProblem[] };

export function refuseDocument(reason: DocumentRefusal): DocumentResult {
  return { kind: 'refused', reason, message: DOCUMENT_REFUSALS[reason] };
}

/** What somebody wants to do to which document, as he saw it. */
export type DocumentOrder = {
  readonly documentId: number;
  readonly version: number;
  readonly act: Exclude<DocumentAct, 'draft'>;
};

/** Does something to a document in one transaction, with the document locked, or says why it is not his to do. */
export function actOnDocument(
  { transact }: DocumentDependencies,
  viewer: Viewer,
  { documentId, version, act }: DocumentOrder,
  work: (tx: DocumentTransaction, document: StoredDocument) => Promise<DocumentResult>,
): Promise<DocumentResult> {
  return transact(async (tx) => {
    const document = await tx.lockDocument(viewer, documentId);
    if (document === null) return { kind: 'not-found' };
    if (document.version !== version) return { kind: 'stale', version: document.version };
    const decision = decideDocument(document, act, viewer);
    return decision.kind === 'refused' ? refuseDocument(decision.reason) : work(tx, document);
  });
}

// Sealed to its place: bytes moved to another document do not open.
export const documentFieldsContext = (id: number): string => `document-fields:${String(id)}`;
export const documentContentContext = (id: number): string => `document-content:${String(id)}`;
export const documentPdfContext = (id: number): string => `document-pdf:${String(id)}`;
export const documentDocxContext = (id: number): string => `document-docx:${String(id)}`;

export type DeliveryView = {
  readonly way: DeliveryWay;
  readonly at: Date;
  readonly by: PersonRef;
  readonly postNumber: string | null;
  /** Of the mail that carries it: accepted by the server when `sent`. */
  readonly letter: {
    readonly state: LetterState;
    readonly smtpCode: number | null;
    readonly sentAt: Date | null;
  } | null;
};

export type DocumentView = {
  readonly id: number;
  readonly caseId: number;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly version: number;
  readonly number: string | null;
  /** Number of the document that this one puts right. */
  readonly corrects: string | null;
  readonly draftedBy: PersonRef;
  readonly draftedAt: Date;
  readonly approvedBy: PersonRef | null;
  readonly approvedAt: Date | null;
  readonly signedBy: PersonRef | null;
  readonly signedAt: Date | null;
  /** Hex. */
  readonly pdfSha256: string | null;
  readonly docxSha256: string | null;
  readonly deliveries: readonly DeliveryView[];
};

/** `owed`: what follows from the history of the case and nobody has drafted yet. */
export type DocumentsOfCase = {
  readonly documents: readonly DocumentView[];
  readonly owed: readonly OwedDocument[];
};

/** How a document would come out: what the case itself knows of its fields, what is wrong, and how it would read when nothing is. */
export type DocumentTrial = {
  readonly known: CaseFacts;
  readonly problems: readonly FillProblem[];
  readonly text: string | null;
};

/** A document on its way, with the case that it is about. */
export type DocumentOnItsWay = {
  readonly id: number;
  readonly caseId: number;
  readonly caseNumber: string;
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly number: string | null;
  readonly draftedBy: PersonRef;
  readonly draftedAt: Date;
  /** It was sent or handed over, whether or not that is known to have come through, or another stands in its place. */
  readonly underWay: boolean;
};
export type WaitingDocument = Omit<DocumentOnItsWay, 'underWay'> & { readonly act: WaitingAct };
export type WaitingAct = 'approve' | 'sign' | 'deliver';

/** Whose move it is: of the documents that are on their way those in which this viewer can take the next step. */
export function waitingFor(
  viewer: Viewer,
  onTheirWay: readonly DocumentOnItsWay[],
  audience: (kind: DocumentKind) => DocumentForm['audience'],
): readonly WaitingDocument[] {
  return onTheirWay.flatMap(({ underWay, ...document }) => {
    const { state, draftedBy } = document;
    const act = NEXT_ACTS[state];
    if (act === null || decideDocument({ state, draftedBy: draftedBy.id }, act, viewer).kind === 'refused') return [];
    // What stays in the office is not sent to anybody.
    if (act === 'deliver' && (underWay || audience(document.kind) === 'office')) return [];
    return [{ ...document, act }];
  });
}

const NEXT_ACTS: Readonly<Record<DocumentState, WaitingAct | null>> = {
  draft: 'approve',
  approved: 'sign',
  signed: 'deliver',
  delivered: null,
};

/** Opened for one reader: what was typed, and how it reads. */
export type OpenedDocument = DocumentView & {
  readonly fields: Readonly<Record<string, string>>;
  readonly text: string;
};
