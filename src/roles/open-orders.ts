import type { Timing } from '../casework/case-change.ts';
import { openOrders, type OpenOrders } from '../casework/open-orders.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { systemClock } from '../platform/clock.ts';
import { readCaseEvents } from '../store/cases.ts';
import type { Db } from '../store/database.ts';

/** What this viewer can do with the case at this moment. null: unknown, or not for him. */
export async function readOpenOrders(
  db: Db,
  timing: Timing,
  viewer: Viewer,
  caseId: number,
): Promise<OpenOrders | null> {
  const events = await readCaseEvents(db, viewer, caseId);
  return events === null ? null : openOrders(timing, viewer, systemClock.now(), events);
}
