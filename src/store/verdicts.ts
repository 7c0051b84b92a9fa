import { sql } from 'kysely';
import type { NewVerdict } from '../casework/records.ts';
import type { Tx } from './database.ts';

/** Every verdict ever given stays: the last one of a case is in force, the others show how it came about. */
export async function insertVerdicts(tx: Tx, verdicts: readonly NewVerdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  // One JSON document for all rows: an array of documents would have every quote in it escaped once more.
  const rows = verdicts.map(({ caseId, itemId, source, rulesVersion, body, reason, byUser }) => ({
    case_id: caseId,
    item_id: itemId,
    source,
    body,
    reason,
    rules_version: rulesVersion,
    by_user: byUser,
  }));
  await sql`insert into verdicts (case_id, item_id, source, rules_version, body, reason, by_user)
            select case_id, item_id, source, rules_version, body, reason, by_user
            from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as
              t(case_id bigint, item_id bigint, source text, rules_version text, body jsonb, reason text, by_user bigint)`.execute(
    tx,
  );
}
