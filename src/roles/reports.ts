import { makeReport, recomputeReport } from '../casework/make-report.ts';
import { viewReport } from '../casework/read-report.ts';
import type { House } from '../compose.ts';
import type { ReportDesk } from '../http/dependencies.ts';
import { appendJournal } from '../store/journal.ts';
import { countHidden, listEntriesBehind, listReports, readEntries, readReport } from '../store/reports.ts';

type Parts = Pick<House, 'database'> & { readonly store: Pick<House['store'], 'report'> };

/** What API and command ask about reports. Whoever opens a list reads case numbers, so every opening is written down. */
export function reportFunctions({ database, store }: Parts): ReportDesk {
  const { db, transact } = database;
  const making = { transact: store.report };
  const reading = {
    readReport: (id: number) => readReport(db, id),
    readEntries: readEntries.bind(null, db),
    countHidden: countHidden.bind(null, db),
    listReports: () => listReports(db),
  };
  return {
    make: (viewer, period) => makeReport(making, viewer, period),
    list: () => listReports(db),
    read: (viewer, id) => viewReport(reading, viewer, id),
    recompute: (viewer, id) => recomputeReport(making, viewer, id),
    async cases(viewer, id, filter, page) {
      if ((await readReport(db, id)) === null) return null;
      const data = { reportId: id };
      await transact((tx) => appendJournal(tx, [{ actor: viewer.userId, kind: 'report.cases-read', data }]));
      return listEntriesBehind(db, viewer, id, filter, page);
    },
  };
}
