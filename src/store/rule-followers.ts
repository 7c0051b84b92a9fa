import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A process that was not heard of for longer is gone. */
const SILENT = sql`interval '3 minutes'`;

/** Says by which version this process judges, and which one it had to refuse. */
export async function noteFollower(
  db: Db,
  process: string,
  state: { readonly version: string; readonly refused: string | null; readonly problems: number },
): Promise<void> {
  await sql`delete from rule_followers where seen_at < now() - ${SILENT}`.execute(db);
  await sql`insert into rule_followers (process, version, refused, problems)
    values (${process}, ${state.version}, ${state.refused}, ${state.problems})
    on conflict (process) do update set version = excluded.version, refused = excluded.refused,
      problems = excluded.problems, seen_at = now()`.execute(db);
}

export async function forgetFollower(db: Db, process: string): Promise<void> {
  await sql`delete from rule_followers where process = ${process}`.execute(db);
}

/** Processes that judge: all, and those in which the version in force does not check. */
export async function countFollowers(db: Db): Promise<{ readonly all: number; readonly refusing: number }> {
  const { rows } = await sql<{ all: number; refusing: number }>`
    select count(*)::int as "all", count(refused)::int as refusing
    from rule_followers where seen_at > now() - ${SILENT}`.execute(db);
  return rows[0] ?? { all: 0, refusing: 0 };
}
