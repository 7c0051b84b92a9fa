import { compareLists, type Comparison } from '../domain/compare-reports.ts';
import { countEntries, listEntries } from '../domain/count-report.ts';
import { boundsOf, periodRefusal, type Entry, type Period, type PeriodRefusal } from '../domain/report.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { SYSTEM } from './open-case.ts';
import { listHash, type ReportTransaction, type StoredReport } from './report-facts.ts';

export type ReportDependencies = { transact<T>(work: (tx: ReportTransaction) => Promise<T>): Promise<T> };

export type MakeResult =
  { readonly kind: 'made'; readonly id: number } | { readonly kind: 'refused'; readonly reason: PeriodRefusal };

/**
 * Counts a period as of now and freezes figures and list. Of all cases, whoever asks: what some readers may not see is left out
 * when they read, and the office's figure does not depend on who made it. A second report of a period is one of its own.
 */
export async function makeReport(
  { transact }: ReportDependencies,
  viewer: Viewer,
  period: Period,
): Promise<MakeResult> {
  return transact(async (tx) => {
    const madeAt = await tx.now();
    const reason = periodRefusal(period, madeAt);
    if (reason !== null) return { kind: 'refused', reason };
    const entries = await listAsOf(tx, SYSTEM, period, madeAt);
    const listSha256 = listHash(entries);
    const figures = countEntries(entries);
    const id = await tx.insertReport({ period, madeAt, madeBy: viewer.userId, listSha256, figures, entries });
    // Whoever can write to the tables could still exchange a list with its sum: not so the journal.
    const data = { reportId: id, ...period, entries: entries.length, listSha256: listSha256.toString('hex') };
    await tx.appendJournal([{ actor: viewer.userId, kind: 'report.made', data }]);
    return { kind: 'made', id };
  });
}

export type RecomputeResult =
  | { readonly kind: 'not-found' }
  | ({
      readonly kind: 'recomputed';
      readonly report: StoredReport;
      readonly at: Date;
      /** The frozen figures are what the frozen list counts to, and the list is the one whose sum was kept. */
      readonly holds: boolean;
    } & Comparison);

/**
 * Counts the frozen list again, and then the cases as they are today, as of the moment of the report. Says what differs and
 * why; writes nothing but that somebody looked. A case that the viewer may not see is on neither side.
 */
export async function recomputeReport(
  { transact }: ReportDependencies,
  viewer: Viewer,
  id: number,
): Promise<RecomputeResult> {
  return transact(async (tx) => {
    const report = await tx.readReport(id);
    if (report === null) return { kind: 'not-found' };
    const frozen = await tx.readEntries(viewer, id);
    const today = await listAsOf(tx, viewer, report.period, report.madeAt);
    const folded = new Set(await tx.foldedOf(id));
    const at = await tx.now();
    await tx.appendJournal([{ actor: viewer.userId, kind: 'report.recomputed', data: { reportId: id } }]);
    const visible = frozen.filter((entry) => entry.visible);
    return {
      kind: 'recomputed',
      report,
      at,
      holds: isAsFrozen(report, frozen),
      ...compareLists(visible, today, folded),
    };
  });
}

/** Whether the list is still the one that was frozen, and counts to the figures that were. */
function isAsFrozen({ figures, listSha256 }: StoredReport, entries: readonly Entry[]): boolean {
  return listHash(entries).equals(listSha256) && JSON.stringify(countEntries(entries)) === JSON.stringify(figures);
}

async function listAsOf(
  tx: Pick<ReportTransaction, 'readFacts'>,
  viewer: Viewer,
  period: Period,
  asOf: Date,
): Promise<readonly Entry[]> {
  const { begin, end } = boundsOf(period);
  const facts = await tx.readFacts(viewer, { begin, end, horizon: end < asOf ? end : asOf });
  return listEntries(facts, period, asOf);
}
