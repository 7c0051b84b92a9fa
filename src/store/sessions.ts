import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role, Viewer } from '../domain/vocabulary.ts';
import { hashToken } from './accounts.ts';
import type { Db } from './database.ts';

/** After a day's work every session ends. */
const LONGEST = sql`interval '12 hours'`;
/** Marking every request would be a write each. */
const SEEN = sql`interval '30 seconds'`;

export type Session = { readonly viewer: Viewer; readonly name: string };

/** The name by which the announcement of its end calls it: hex. */
export const sessionName = (secret: string): string => hashToken(secret).toString('hex');

/** How long nobody may have touched a desk before it is closed (T25). */
const idle = (minutes: number) => sql`make_interval(mins => ${minutes})`;

/** Opens a session for whoever holds this token and answers its secret, base64url; null: nobody does. */
export async function openSession(
  db: Db,
  token: string,
  idleMinutes: number,
): Promise<{ secret: string; session: Session } | null> {
  const secret = randomBytes(32).toString('base64url');
  await sql`
    delete from sessions where seen_at < now() - ${idle(idleMinutes)} or created_at < now() - ${LONGEST}`.execute(db);
  await sql`
    insert into sessions (id_hash, token_id)
    select ${hashToken(secret)}, t.id from api_tokens t join users u on u.id = t.user_id
    where t.token_hash = ${hashToken(token)} and t.revoked_at is null and u.disabled_at is null`.execute(db);
  const session = await readSession(db, secret, { idleMinutes, touched: false });
  return session === null ? null : { secret, session };
}

/**
 * Who this session belongs to; null: none, ended, too long untouched, its token revoked or its user disabled.
 * `touched`: its owner did something, which keeps it open.
 */
export async function readSession(
  db: Db,
  secret: string,
  { idleMinutes, touched }: { readonly idleMinutes: number; readonly touched: boolean },
): Promise<Session | null> {
  const { rows } = await sql<{ id: number; name: string; role: Role; stale: boolean }>`
    select u.id, u.name, u.role, s.seen_at < now() - ${SEEN} as stale
    from sessions s join api_tokens t on t.id = s.token_id join users u on u.id = t.user_id
    where s.id_hash = ${hashToken(secret)} and s.seen_at >= now() - ${idle(idleMinutes)} and s.created_at >= now() - ${LONGEST}
      and t.revoked_at is null and u.disabled_at is null`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  if (touched && row.stale)
    await sql`update sessions set seen_at = now() where id_hash = ${hashToken(secret)}`.execute(db);
  return { viewer: { userId: row.id, role: row.role }, name: row.name };
}

export async function endSession(db: Db, secret: string): Promise<void> {
  await sql`delete from sessions where id_hash = ${hashToken(secret)}`.execute(db);
}

export async function userName(db: Db, userId: number): Promise<string> {
  const row = await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirstOrThrow();
  return row.name;
}
