import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Role, Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';
import { appendJournal } from './journal.ts';

/** Row 1 of `users`: the machine, and whoever sits at its keyboard. */
const SYSTEM_USER = 1;
/** Row 2 of `users`: the office itself. */
export const OFFICE_USER = 2;

/** Of 256 random bits: there is nothing to stretch. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Creates an API token of 256 random bits and returns its clear form, the only time anybody sees it. */
export async function issueToken(db: Db, userId: number, label: string): Promise<string> {
  const token = `shouli_${randomBytes(32).toString('base64url')}`;
  await db
    .insertInto('api_tokens')
    .values({ user_id: userId, token_hash: hashToken(token), label })
    .execute();
  return token;
}

/** Who carries this token, or null: unknown, revoked, or its user disabled. */
export async function viewerOfToken(db: Db, token: string): Promise<Viewer | null> {
  const { rows } = await sql<{ id: number; role: Role }>`
    select u.id, u.role from api_tokens t join users u on u.id = t.user_id
    where t.token_hash = ${hashToken(token)} and t.revoked_at is null and u.disabled_at is null`.execute(db);
  const row = rows[0];
  return row === undefined ? null : { userId: row.id, role: row.role };
}

export async function hasTokens(db: Db): Promise<boolean> {
  return (await db.selectFrom('api_tokens').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** `unit`: of rules/units.yaml; null: none. */
export async function createUser(db: Db, name: string, role: Role, unit: string | null = null): Promise<number> {
  const row = await db.insertInto('users').values({ name, role, unit }).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

/** The unit that somebody belongs to; null: none. */
export async function userUnit(db: Db, userId: number): Promise<string | null> {
  const row = await db.selectFrom('users').select('unit').where('id', '=', userId).executeTakeFirst();
  return row?.unit ?? null;
}

/** Moves somebody into a unit, or out of any (null), and writes it into the journal. */
export async function moveUser(tx: Tx, userId: number, unit: string | null): Promise<void> {
  await tx.updateTable('users').set({ unit }).where('id', '=', userId).execute();
  await appendJournal(tx, [{ actor: SYSTEM_USER, kind: 'user.unit', data: { userId, unit } }]);
}

/** Who may act under this name or number; two when the name is not enough. The machine itself is nobody. */
export async function findUsers(db: Db, nameOrId: string): Promise<readonly Viewer[]> {
  const { rows } = await sql<Viewer>`
    select id as "userId", role from users
    where (name = ${nameOrId} or id::text = ${nameOrId}) and role <> 'system' and disabled_at is null limit 2`.execute(
    db,
  );
  return rows;
}
