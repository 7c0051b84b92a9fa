import { countEntries, type Series } from '../domain/count-report.ts';
import { boundsOf, type Breakdown, type Counted } from '../domain/report.ts';
import { suppressUnits, unitViewOf, type UnitView } from '../domain/suppress-units.ts';
import type { Role, Viewer } from '../domain/vocabulary.ts';
import type { StoredEntry, StoredReport } from './report-facts.ts';

/** Who may learn who wrote anyway: small counts tell them nothing new. */
const SEES_UNITS: readonly Role[] = ['triage', 'supervisor', 'discipline', 'custodian'];

/** A report as one viewer may see it. */
export type ReportView = StoredReport & { readonly units: UnitView };

export type ReportHead = Omit<StoredReport, 'figures' | 'listSha256' | 'entries'>;

/** Which of the entries a person wants to see behind a figure. */
export type EntryFilter = Series & {
  readonly by: Breakdown;
  readonly key: string;
  readonly counted: Counted | null;
};

export type ReportReading = {
  readReport(id: number): Promise<StoredReport | null>;
  readEntries(viewer: Viewer, id: number): Promise<readonly StoredEntry[]>;
  /** How many entries are of cases that the viewer may not see. */
  countHidden(viewer: Viewer, id: number): Promise<number>;
  /** Every report, the newest first. */
  listReports(): Promise<readonly ReportHead[]>;
};

/**
 * The figures as they were frozen, or, where some of the cases are not the viewer's to see, as if those did not exist. Units
 * with small counts are put together for who may not open the identity of a citizen. null: no such report.
 */
export async function viewReport(reading: ReportReading, viewer: Viewer, id: number): Promise<ReportView | null> {
  const report = await reading.readReport(id);
  if (report === null) return null;
  const units = await unitsFor(reading, viewer, report);
  const seen = (await reading.countHidden(viewer, id)) === 0 ? report : await seenBy(reading, viewer, report);
  return { ...seen, units, figures: suppressUnits(seen.figures, units) };
}

async function seenBy(reading: ReportReading, viewer: Viewer, report: StoredReport): Promise<StoredReport> {
  const visible = (await reading.readEntries(viewer, report.id)).filter((entry) => entry.visible);
  return { ...report, entries: visible.length, figures: countEntries(visible) };
}

async function unitsFor(reading: ReportReading, { role }: Viewer, report: StoredReport): Promise<UnitView> {
  if (SEES_UNITS.includes(role)) return 'all';
  const over = (one: ReportHead) => ({ id: one.id, period: one.period, over: isOver(one) });
  return unitViewOf(over(report), (await reading.listReports()).map(over));
}

/** Whether the period had ended when the report was made. */
function isOver({ period, madeAt }: Pick<StoredReport, 'period' | 'madeAt'>): boolean {
  return madeAt >= boundsOf(period).end;
}
