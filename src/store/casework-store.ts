import { sql } from 'kysely';
import type { LetterOutcome } from '../casework/records.ts';
import type { DocumentTransaction } from '../casework/documents.ts';
import type { ChangeTransaction } from '../casework/change-case.ts';
import type { FireTransaction } from '../casework/fire-deadlines.ts';
import type { CallTransaction } from '../casework/log-call.ts';
import type { BulkTransaction } from '../casework/bulk-orders.ts';
import type { ClaimTransaction } from '../casework/claim-case.ts';
import type { ReportTransaction } from '../casework/report-facts.ts';
import type { RegisterTransaction } from '../casework/import-register.ts';
import type { ReceiveTransaction } from '../casework/receive.ts';
import type { ReplanTransaction } from '../casework/replan-deadlines.ts';
import type { NoteFileTransaction } from '../casework/note-files.ts';
import type { LinkTransaction } from '../casework/seek-links.ts';
import type { SendTransaction } from '../casework/send-letters.ts';
import type { SettleTransaction } from '../casework/settle-port.ts';
import type { SuggestionTransaction } from '../casework/settle-suggestion.ts';
import type { SplitTransaction } from '../casework/split-case.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import * as bulk from './bulk-orders.ts';
import * as claims from './case-claims.ts';
import { readSealedIdentities } from './case-items.ts';
import { findAnswer, keepAnswer, lockKey } from './call-drafts.ts';
import { closeSuggestion, findSuggestion, insertLink } from './case-suggestions.ts';
import { loadCaseEvents, writeCases } from './cases.ts';
import type { OpenDatabase, Tx } from './database.ts';
import { databaseNow, dueDeadlines, fireSteps, runningClocks } from './deadlines.ts';
import * as documents from './documents.ts';
import { findCallCases, findEarlier, insertItems, lockArrivals, lockUnsettled, settleItems } from './intake-items.ts';
import { appendJournal } from './journal.ts';
import * as letters from './letters.ts';
import * as linkSearch from './link-search.ts';
import * as mentions from './mentions.ts';
import { nextIds } from './next-ids.ts';
import * as noteFiles from './note-files.ts';
import { insertNote } from './notes.ts';
import { findSameBytes, insertRaw, rehomeRaw } from './raw-messages.ts';
import { openTasks } from './tasks.ts';
import { insertRegisterRows, knownRows } from './register-rows.ts';
import { foldedOf, insertReport, readEntries, readFacts, readReport } from './reports.ts';
import { termShares } from './similar.ts';
import { insertVerdicts } from './verdicts.ts';

type Drop<F> = F extends (tx: Tx, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
type Bound<Functions> = { [Name in keyof Functions]: Drop<Functions[Name]> };

/** Fixes the transaction of each function: what the use case gets cannot reach outside of it. */
function bind<Functions extends Record<string, (tx: Tx, ...rest: never[]) => unknown>>(
  tx: Tx,
  functions: Functions,
): Bound<Functions> {
  const bound = Object.entries(functions).map(([name, act]) => [name, (...rest: never[]) => act(tx, ...rest)]);
  return Object.fromEntries(bound) as Bound<Functions>;
}

const CASES = { loadCaseEvents, writeCases, appendJournal };
const RECEIVE = { ...CASES, nextIds, rehomeRaw, findSameBytes, insertRaw, insertItems };
const REGISTER = {
  ...CASES,
  nextIds,
  insertRaw,
  insertItems,
  insertVerdicts,
  insertNote,
  lockArrivals,
  insertRegisterRows,
  knownRows: (tx: Tx, keys: readonly string[]) => knownRows(tx, keys),
  completeItems: settleItems,
};
const SETTLE = {
  ...CASES,
  nextIds,
  lockUnsettled,
  lockArrivals,
  findEarlier,
  findCallCases,
  settleItems,
  insertVerdicts,
  openTasks,
  findLetters: (tx: Tx, ids: readonly number[]) => letters.findLetters(tx, ids),
  insertLetters: letters.insertLetters,
  writeLookupCodes: letters.writeLookupCodes,
  recordDelivery: letters.recordDelivery,
};
const SEND = {
  ...CASES,
  nextIds,
  openTasks,
  letterCandidates: letters.letterCandidates,
  claimLetters: letters.claimLetters,
  holdLetters: letters.holdLetters,
  heldFor: letters.heldFor,
  insertDigest: letters.insertDigest,
  writeLookupCodes: letters.writeLookupCodes,
  recordOutcomes,
  recoverLetters,
};
const FIRE = { ...CASES, now: (tx: Tx) => databaseNow(tx), dueDeadlines, fireSteps, openTasks };
const REPLAN = { ...CASES, now: (tx: Tx) => databaseNow(tx), runningClocks };
const CALL = {
  ...CASES,
  nextIds,
  lockKey,
  keepAnswer,
  lockArrivals,
  findCallCases,
  insertItems,
  insertVerdicts,
  findAnswer: (tx: Tx, userId: number, key: string) => findAnswer(tx, userId, key),
  completeItems: settleItems,
  writeLookupCodes: letters.writeLookupCodes,
};
const SUGGESTION = { appendJournal, findSuggestion, closeSuggestion, insertLink };
/** What a person at the desk does to a case that he sees and that nobody else has in hand. */
const DESK = { nextIds, insertNote, appendJournal, isVisible, readClaim: claims.readClaim, setClaim: claims.setClaim };
const CHANGE = {
  ...CASES,
  ...DESK,
  insertVerdicts,
  openTasks,
  mentionable: mentions.mentionable,
  insertMentions: mentions.insertMentions,
  settleMentions: mentions.settleMentions,
};
const NOTE_FILE = {
  nextIds,
  appendJournal,
  lockNote: noteFiles.lockNote,
  findNoteFile: noteFiles.findNoteFile,
  insertNoteFile: noteFiles.insertNoteFile,
};
const CLAIM = { ...DESK, lockCase: claims.lockCase, endClaim: claims.endClaim };
const BULK = {
  ...CHANGE,
  ...CLAIM,
  reserveAnswer: bulk.reserveAnswer,
  keepAnswer: bulk.keepAnswer,
  needsOwnLook: bulk.needsOwnLook,
};
const SPLIT = { ...CHANGE, insertItems, completeItems: settleItems, insertLink, markSought: linkSearch.markSought };

const DOCUMENT = {
  nextIds,
  insertNote,
  appendJournal,
  insertLetters: letters.insertLetters,
  readSealedIdentities: (tx: Tx, viewer: Viewer, caseId: number) => readSealedIdentities(tx, viewer, caseId),
  readDocumentCase: documents.readDocumentCase,
  lockDocument: documents.lockDocument,
  insertDocument: documents.insertDocument,
  reviseDocument: documents.reviseDocument,
  approveDocument: documents.approveDocument,
  drawDocumentNumber: documents.drawDocumentNumber,
  signDocument: documents.signDocument,
  insertDelivery: documents.insertDelivery,
  markDelivered: documents.markDelivered,
};

async function isVisible(tx: Tx, { userId }: Viewer, caseId: number): Promise<boolean> {
  const { rows } = await sql`select 1 from visible_cases where viewer_id = ${userId} and case_id = ${caseId}`.execute(
    tx,
  );
  return rows.length > 0;
}

const REPORT = {
  appendJournal,
  readFacts,
  insertReport,
  foldedOf,
  now: (tx: Tx) => databaseNow(tx),
  readReport: (tx: Tx, id: number) => readReport(tx, id),
  readEntries: (tx: Tx, viewer: Viewer, id: number) => readEntries(tx, viewer, id),
};

/** With what it means for the documents that some of the letters carry. */
async function recordOutcomes(tx: Tx, outcomes: readonly LetterOutcome[]): Promise<void> {
  await letters.recordOutcomes(tx, outcomes);
  await documents.recordDocumentMails(
    tx,
    outcomes.flatMap(({ id, state }) =>
      state === 'sent' || state === 'failed' ? [{ letterId: id, fate: state } as const] : [],
    ),
  );
}

async function recoverLetters(tx: Tx): ReturnType<typeof letters.recoverLetters> {
  const recovered = await letters.recoverLetters(tx);
  const givenUp = recovered.filter(({ became }) => became === 'given-up');
  await documents.recordDocumentMails(
    tx,
    givenUp.map(({ id }) => ({ letterId: id, fate: 'failed' })),
  );
  return recovered;
}

/** The tables as the use cases see them: one transaction at a time, holding just the functions that the use case names. */
export function createCaseworkStore({ db, transact }: OpenDatabase) {
  const links = { ...linkSearch, termShares: (tx: Tx) => termShares(db, tx) };
  return {
    receive: <T>(work: (tx: ReceiveTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, RECEIVE))),
    register: <T>(work: (tx: RegisterTransaction) => Promise<T>): Promise<T> =>
      transact((tx) => work(bind(tx, REGISTER))),
    settle: <T>(work: (tx: SettleTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, SETTLE))),
    send: <T>(work: (tx: SendTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, SEND))),
    fire: <T>(work: (tx: FireTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, FIRE))),
    replan: <T>(work: (tx: ReplanTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, REPLAN))),
    call: <T>(work: (tx: CallTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, CALL))),
    links: <T>(work: (tx: LinkTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, links))),
    suggestion: <T>(work: (tx: SuggestionTransaction) => Promise<T>): Promise<T> =>
      transact((tx) => work(bind(tx, SUGGESTION))),
    split: <T>(work: (tx: SplitTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, SPLIT))),
    document: <T>(work: (tx: DocumentTransaction) => Promise<T>): Promise<T> =>
      transact((tx) => work(bind(tx, DOCUMENT))),
    claim: <T>(work: (tx: ClaimTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, CLAIM))),
    bulk: <T>(work: (tx: BulkTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, BULK))),
    report: <T>(work: (tx: ReportTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, REPORT))),
    noteFile: <T>(work: (tx: NoteFileTransaction) => Promise<T>): Promise<T> =>
      transact((tx) => work(bind(tx, NOTE_FILE))),
    change: <T>(work: (tx: ChangeTransaction) => Promise<T>): Promise<T> => transact((tx) => work(bind(tx, CHANGE))),
  };
}
