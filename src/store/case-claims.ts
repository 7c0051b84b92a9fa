import { sql } from 'kysely';
import type { Claim } from '../casework/claim-case.ts';
import type { CaseState } from '../domain/case-states.ts';
import type { Db, Tx } from './database.ts';
import { person } from './person-json.ts';

/** Locks the case until the transaction ends. null: there is no such case. */
export async function lockCase(
  tx: Tx,
  caseId: number,
): Promise<{ readonly provisional: boolean; readonly state: CaseState } | null> {
  const { rows } = await sql<{ provisional: boolean; state: CaseState }>`
    select provisional, state from cases where id = ${caseId} for update`.execute(tx);
  return rows[0] ?? null;
}

/**
 * `cl`: the claim that stands on the case `c`, and `h`: its holder. A holder who may not see the case any more, because his unit
 * was denied or he was disabled, does not keep it from others.
 */
export const STANDING_CLAIM = sql`
    left join lateral (
      select x.user_id, x.expires_at from case_claims x
      join visible_cases seen on seen.viewer_id = x.user_id and seen.case_id = x.case_id
      where x.case_id = c.id and x.expires_at > now()) cl on true
    left join users h on h.id = cl.user_id`;

/** SQL of the claim as JSON, beside STANDING_CLAIM; null: nobody has it. */
export const CLAIM = sql`case when cl.user_id is null then null else json_build_object('by', ${person('h')}, 'until', cl.expires_at) end`;

/** JSON has no dates. */
export type StoredClaim = { readonly by: Claim['by']; readonly until: string } | null;

export function openedClaim(claim: StoredClaim): Claim | null {
  return claim === null ? null : { by: claim.by, until: new Date(claim.until) };
}

/** null: nobody has it in hand. */
export async function readClaim(tx: Db, caseId: number): Promise<Claim | null> {
  const { rows } = await sql<{ claim: StoredClaim }>`
    select ${CLAIM} as claim from cases c ${STANDING_CLAIM} where c.id = ${caseId}`.execute(tx);
  return openedClaim(rows[0]?.claim ?? null);
}

/** Gives the case to this user for so many minutes from now. The caller has locked the case. */
export async function setClaim(tx: Tx, caseId: number, userId: number, minutes: number): Promise<Date> {
  const { rows } = await sql<{ until: Date }>`
    insert into case_claims (case_id, user_id, expires_at) values (${caseId}, ${userId}, now() + make_interval(mins => ${minutes}))
    on conflict (case_id) do update set user_id = excluded.user_id, expires_at = excluded.expires_at,
      claimed_at = case when case_claims.user_id = excluded.user_id then case_claims.claimed_at else now() end
    returning expires_at as until`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('unreachable: an insert that conflicts with nothing answers its row');
  return row.until;
}

export async function endClaim(tx: Tx, caseId: number): Promise<void> {
  await sql`delete from case_claims where case_id = ${caseId}`.execute(tx);
}
