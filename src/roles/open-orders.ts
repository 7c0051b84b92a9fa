import type { Timing } from '../casework/case-change.ts';
import { openOrders, type OpenOrders } from '../casework/open-orders.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { systemClock } from '../platform/clock.ts';
import { readClaim } from '../store/case-claims.ts';
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
  if (events === null) return null;
  return openOrders(timing, viewer, systemClock.now(), events, await readClaim(db, caseId));
}
