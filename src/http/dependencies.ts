import type { BulkAction, BulkItem, BulkResult } from '../casework/bulk-orders.ts';
import type { CaseLinksView } from '../casework/case-links.ts';
import type { DeliveryOrder } from '../casework/deliver-document.ts';
import type { DocumentForm } from '../casework/document-press.ts';
import type {
  DocumentResult,
  DocumentsOfCase,
  DocumentTrial,
  OpenedDocument,
  WaitingDocument,
} from '../casework/documents.ts';
import type { Correction, DraftFields } from '../casework/draft-document.ts';
import type { ForecastPage } from '../casework/forecast-deadlines.ts';
import type { ChangeResult, CaseOrder } from '../casework/change-case.ts';
import type { ClaimResult } from '../casework/claim-case.ts';
import type { OpenOrders } from '../casework/open-orders.ts';
import type { PersonRef } from '../casework/life-view.ts';
import type { LogCallResult } from '../casework/log-call.ts';
import type { NoteFileResult, NoteFileView } from '../casework/note-files.ts';
import type { NamedFilter, SavedFilter, SaveFilterResult } from '../casework/saved-filters.ts';
import type { SuggestionAnswer, SuggestionResult } from '../casework/settle-suggestion.ts';
import type { ProposeOutcome, RuleOutcome, RulesView, RuleVersion, RunningShadow } from '../casework/rule-records.ts';
import type { MakeResult, RecomputeResult } from '../casework/make-report.ts';
import type { EntryFilter, ReportHead, ReportView } from '../casework/read-report.ts';
import type { StoredEntry } from '../casework/report-facts.ts';
import type { SimilarCase } from '../casework/similar.ts';
import type { SplitOrder, SplitResult } from '../casework/split-case.ts';
import type { Today } from '../casework/today.ts';
import type {
  CallDraft,
  CaseView,
  DeadlineView,
  DoctorReport,
  Download,
  FolderView,
  IdentityView,
  QueueCounts,
  QueueFilter,
  QueuePage,
  QueueRow,
  ReadinessCause,
  SandboxAnswer,
  TaskView,
} from '../casework/views.ts';
import type { Period } from '../domain/report.ts';
import type { DocumentKind } from '../domain/official-document.ts';
import type { Profile, Viewer } from '../domain/vocabulary.ts';
import type { CallForm } from '../intake/call-form.ts';
import type { Completeness } from '../rules/find-missing.ts';
import type { RuleFile } from '../rules/rule-problem.ts';
import type { ClassifyInput, Verdict } from '../rules/verdict.ts';
import type { DeadlineExplanation } from './explain-deadline.ts';
import type { Names } from './names.ts';
import type { DeskFiles } from './desk-files.ts';
import type { Registry } from './registry.ts';

export type SaveDraftOutcome =
  { readonly kind: 'saved'; readonly version: number } | { readonly kind: 'stale' } | { readonly kind: 'not-yours' };

/** A letter read as its recipient would, and its header fields as they were sent. */
export type SandboxLetter = {
  readonly uid: number;
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
};

/** The sandbox mailbox, when the installation has no mailbox of its own. */
export type Sandbox = {
  answers(): Promise<readonly SandboxAnswer[]>;
  /** null: no such letter. */
  letter(uid: number): Promise<SandboxLetter | null>;
  /** Resolves when the mail is in the mailbox. */
  send(mail: {
    readonly from: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<'sent' | 'bad-address'>;
};

/** Official letters. */
export type DocumentDesk = {
  forms(): readonly DocumentForm[];
  name(kind: DocumentKind): string;
  list(viewer: Viewer, caseId: number): Promise<DocumentsOfCase | null>;
  /** What waits for a step that this viewer may take, oldest first. */
  waiting(viewer: Viewer): Promise<readonly WaitingDocument[]>;
  read(viewer: Viewer, documentId: number): Promise<OpenedDocument | null>;
  draft(
    viewer: Viewer,
    caseId: number,
    draft: { readonly kind: DocumentKind; readonly fields: DraftFields; readonly corrects: Correction | null },
  ): Promise<DocumentResult>;
  /** Fills a document without storing anything. null: no such case for this viewer. */
  tryOut(
    viewer: Viewer,
    caseId: number,
    draft: { readonly kind: DocumentKind; readonly fields: DraftFields; readonly corrects: number | null },
  ): Promise<DocumentTrial | null>;
  revise(viewer: Viewer, documentId: number, version: number, fields: DraftFields): Promise<DocumentResult>;
  approve(viewer: Viewer, documentId: number, version: number): Promise<DocumentResult>;
  sign(viewer: Viewer, documentId: number, version: number): Promise<DocumentResult>;
  deliver(viewer: Viewer, documentId: number, version: number, order: DeliveryOrder): Promise<DocumentResult>;
  /** The frozen bytes when it is signed, else what it would be. null: unknown, hidden, or a draft that has become unfit. */
  pdf(viewer: Viewer, documentId: number): Promise<Download | null>;
  docx(viewer: Viewer, documentId: number): Promise<Download | null>;
};

/** Notes: whom they can call, and the files that they carry. null: no such case, or no such file, for this viewer. */
export type NoteDesk = {
  colleagues(viewer: Viewer, caseId: number): Promise<readonly PersonRef[] | null>;
  listFiles(viewer: Viewer, caseId: number): Promise<readonly NoteFileView[] | null>;
  addFile(
    viewer: Viewer,
    place: { readonly caseId: number; readonly noteId: number },
    file: { readonly name: string; readonly bytes: Buffer },
  ): Promise<NoteFileResult>;
  readFile(viewer: Viewer, caseId: number, fileId: number): Promise<Download | null>;
};

/** 通报: figures frozen with the list of what they count. */
export type ReportDesk = {
  make(viewer: Viewer, period: Period): Promise<MakeResult>;
  /** The newest first. */
  list(): Promise<readonly ReportHead[]>;
  /** null: no such report. */
  read(viewer: Viewer, reportId: number): Promise<ReportView | null>;
  recompute(viewer: Viewer, reportId: number): Promise<RecomputeResult>;
  /** At most `limit` lines after `offset` of those that he may see. null: no such report. */
  cases(
    viewer: Viewer,
    reportId: number,
    filter: EntryFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<readonly StoredEntry[] | null>;
};

export type Session = { readonly viewer: Viewer; readonly name: string };

export type ChangeListener = {
  readonly viewer: Viewer;
  /** Of the session; null: who came with a token. */
  readonly secret: string | null;
  tell(notice: { readonly caseId: number | null }): void;
  end(): void;
};

/**
 * Everything the API asks of the rest of the house; compose.ts fills it. Whatever reads or changes a case takes the viewer, and
 * answers null or `not-found` alike for what is unknown and for what he may not see. Reads of content, identity and bytes are
 * journalled by these functions, not by the API.
 */
export type HttpDependencies = {
  /** null: unknown, revoked, or its user disabled. */
  viewerOfToken(token: string): Promise<Viewer | null>;
  /** null: the token opens nothing. The secret is for the cookie and nobody else. */
  openSession(token: string): Promise<{ readonly secret: string; readonly session: Session } | null>;
  /** `touched`: its owner did something. null: none, ended, or left alone for too long. */
  readSession(secret: string, touched: boolean): Promise<Session | null>;
  endSession(secret: string): Promise<void>;
  userName(viewer: Viewer): Promise<string>;
  /** null: belongs to no unit. */
  userUnit(viewer: Viewer): Promise<string | null>;
  /** Tells of every change that the viewer may know of, until the answer is called, or the session ends. */
  subscribe(listener: ChangeListener): () => void;
  readonly installation: { readonly office: string; readonly sandbox: boolean };
  /** null: not bundled here. */
  readonly desk: DeskFiles | null;
  readonly names: Names;
  readRegistry(): Registry;

  readToday(viewer: Viewer): Promise<Today>;
  listQueue(viewer: Viewer, filter: QueueFilter, page: QueuePage): Promise<readonly QueueRow[]>;
  countQueue(viewer: Viewer, filter: QueueFilter): Promise<QueueCounts>;
  listFilters(viewer: Viewer): Promise<readonly SavedFilter[]>;
  saveFilter(viewer: Viewer, named: NamedFilter): Promise<SaveFilterResult>;
  /** false: unknown, or somebody else's. */
  deleteFilter(viewer: Viewer, id: number): Promise<boolean>;
  /** Working days after today up to the last day of what is due then; negative when it is past. */
  workingDaysLeft(dueAt: Date): number;
  /** What the running clocks of his cases will do in the coming days, as the rules in force and the rows stand. */
  forecastDeadlines(viewer: Viewer, days: number): Promise<ForecastPage>;
  /** At most five, the likest first. */
  findSimilar(viewer: Viewer, text: string, excludeCaseId: number | null): Promise<readonly SimilarCase[]>;
  readCase(viewer: Viewer, caseId: number): Promise<CaseView | null>;
  explainDeadline(deadline: DeadlineView, profile: Profile): DeadlineExplanation;
  readIdentity(viewer: Viewer, caseId: number): Promise<readonly IdentityView[] | null>;
  readRaw(viewer: Viewer, itemId: number): Promise<Download | null>;
  /** `index` counts the attachments of the item from 0, in the order in which they are listed. */
  readAttachment(viewer: Viewer, itemId: number, index: number): Promise<Download | null>;
  /** A whole page that holds nothing active and nothing remote. null: unknown, not for this viewer, or no HTML in it. */
  readHtml(viewer: Viewer, itemId: number): Promise<string | null>;
  /** `version` null: whatever version there is (notes). */
  changeCase(viewer: Viewer, caseId: number, version: number | null, order: CaseOrder): Promise<ChangeResult>;

  orderMany(viewer: Viewer, key: string, action: BulkAction, items: readonly BulkItem[]): Promise<BulkResult>;
  claimCase(viewer: Viewer, caseId: number): Promise<ClaimResult>;
  releaseCase(viewer: Viewer, caseId: number): Promise<ClaimResult>;
  takeOverCase(viewer: Viewer, caseId: number, reason: string): Promise<ClaimResult>;

  /** How every order of the later life stands for this viewer. */
  readOrders(viewer: Viewer, caseId: number): Promise<OpenOrders | null>;
  /** Opens a second case for one matter of a mixed letter. */
  splitCase(viewer: Viewer, caseId: number, version: number, order: SplitOrder): Promise<SplitResult>;
  readCaseLinks(viewer: Viewer, caseId: number): Promise<CaseLinksView | null>;
  settleSuggestion(
    viewer: Viewer,
    place: { readonly caseId: number; readonly suggestionId: number },
    answer: SuggestionAnswer,
  ): Promise<SuggestionResult>;
  readonly notes: NoteDesk;
  readonly documents: DocumentDesk;
  readonly reports: ReportDesk;

  listTasks(viewer: Viewer): Promise<readonly TaskView[]>;
  /** false: unknown, done already, or not for this viewer. */
  finishTask(viewer: Viewer, taskId: number): Promise<boolean>;

  listDrafts(viewer: Viewer): Promise<readonly CallDraft[]>;
  readDraft(viewer: Viewer, id: string): Promise<CallDraft | null>;
  saveDraft(
    viewer: Viewer,
    draft: { readonly id: string; readonly version: number; readonly form: Partial<CallForm> },
  ): Promise<SaveDraftOutcome>;
  deleteDraft(viewer: Viewer, id: string): Promise<boolean>;
  /** Resolves after COMMIT. */
  logCall(viewer: Viewer, key: string, form: CallForm): Promise<LogCallResult>;
  /** Resolves after COMMIT. The item is read and settled later. */
  receiveTranscript(
    viewer: Viewer,
    file: { readonly name: string; readonly bytes: Buffer },
  ): Promise<{ itemId: number }>;
  /** By the rules in force; nothing is stored. */
  classify(input: ClassifyInput): Promise<{ readonly verdict: Verdict; readonly rulesVersion: string } & Completeness>;

  readRules(): Promise<RulesView>;
  listRuleVersions(): Promise<readonly RuleVersion[]>;
  /** null: no such version. */
  readRuleFiles(version: string): Promise<readonly RuleFile[] | null>;
  proposeRules(viewer: Viewer, files: readonly RuleFile[], why: string): Promise<ProposeOutcome>;
  approveRules(viewer: Viewer, version: string, why: string): Promise<RuleOutcome>;
  rejectRules(viewer: Viewer, version: string, why: string): Promise<RuleOutcome>;
  activateRules(viewer: Viewer, version: string, why: string): Promise<RuleOutcome>;
  rollBackRules(viewer: Viewer, why: string): Promise<RuleOutcome>;
  /** null ends the trial. */
  shadowRules(viewer: Viewer, version: string | null): Promise<RuleOutcome>;
  /** null: no version is tried. */
  readShadowReport(): Promise<RunningShadow | null>;

  listFolders(): Promise<readonly FolderView[]>;
  doctor(): Promise<DoctorReport>;
  /** Empty: ready. */
  notReady(): Promise<readonly ReadinessCause[]>;
  readonly sandbox: Sandbox | null;
};
