import { createHash } from 'node:crypto';
import type { Figure } from '../domain/count-report.ts';
import type { Entry, Fact, Period } from '../domain/report.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { JournalEntry } from './records.ts';
import type { PersonRef } from './life-view.ts';

/** Between which instants facts count: cases and call backs from `begin` until before `end`, limits after `begin` up to `end`. */
export type FactWindow = {
  readonly begin: Date;
  readonly end: Date;
  /** What was due by then and not done by then is backlog, however old. */
  readonly horizon: Date;
};

export type NewReport = {
  readonly period: Period;
  readonly madeAt: Date;
  readonly madeBy: number;
  readonly listSha256: Buffer;
  readonly figures: readonly Figure[];
  readonly entries: readonly Entry[];
};

/** A report as it was frozen, without its list. */
export type StoredReport = {
  readonly id: number;
  readonly period: Period;
  readonly madeAt: Date;
  readonly madeBy: PersonRef;
  /** How long the list is. */
  readonly entries: number;
  readonly listSha256: Buffer;
  readonly figures: readonly Figure[];
};

/** `visible`: the viewer may see the case. */
export type StoredEntry = Entry & { readonly n: number; readonly visible: boolean };

/** What making and recomputing a report needs of the store, in one transaction. */
export type ReportTransaction = {
  now(): Promise<Date>;
  /** All facts that may count, as of one moment, of cases that the viewer may see and that are cases of their own. */
  readFacts(viewer: Viewer, window: FactWindow): Promise<readonly Fact[]>;
  /** Freezes it. Answers its id. */
  insertReport(report: NewReport): Promise<number>;
  readReport(id: number): Promise<StoredReport | null>;
  /** The whole list in its order. */
  readEntries(viewer: Viewer, id: number): Promise<readonly StoredEntry[]>;
  /** Which of the cases of a list are none of their own any more. */
  foldedOf(id: number): Promise<readonly number[]>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

/** SHA-256 of a list in its order, over every field. */
export function listHash(entries: readonly Entry[]): Buffer {
  const hash = createHash('sha256');
  for (const one of entries) hash.update(`${JSON.stringify(fieldsOf(one))}\n`);
  return hash.digest();
}

/** In a fixed order, which the hash depends on. */
function fieldsOf(entry: Entry): readonly unknown[] {
  const { caseId, number, measure, stage, clock, cycle, legal, dueAt, doneAt } = entry;
  const { counted, channel, category, unit, month } = entry;
  return [caseId, number, measure, stage, clock, cycle, legal, dueAt, doneAt, counted, channel, category, unit, month];
}
