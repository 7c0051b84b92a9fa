import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

export type SealedDraft = {
  readonly id: string;
  readonly sealed: Buffer;
  readonly version: number;
  readonly updatedAt: Date;
};
export type SaveDraftResult =
  { readonly kind: 'saved'; readonly version: number } | { readonly kind: 'stale' } | { readonly kind: 'not-yours' };

/** Saves what an operator is typing. `version` is the one the writer had read (0 for a new draft): a stale write changes nothing. */
export async function saveDraft(
  db: Db,
  draft: { readonly id: string; readonly userId: number; readonly sealed: Buffer; readonly version: number },
): Promise<SaveDraftResult> {
  const { rows } = await sql<{ version: number }>`
    insert into call_drafts as d (id, user_id, sealed, version) values (${draft.id}, ${draft.userId}, ${draft.sealed}, 1)
    on conflict (id) do update set sealed = excluded.sealed, version = d.version + 1, updated_at = now()
    where d.user_id = excluded.user_id and d.version = ${draft.version} returning version`.execute(db);
  const saved = rows[0];
  if (saved !== undefined) return { kind: 'saved', version: saved.version };
  const owner = await db.selectFrom('call_drafts').select('user_id').where('id', '=', draft.id).executeTakeFirst();
  return owner?.user_id === draft.userId ? { kind: 'stale' } : { kind: 'not-yours' };
}

export async function listDrafts(db: Db, userId: number): Promise<SealedDraft[]> {
  return db
    .selectFrom('call_drafts')
    .select(['id', 'sealed', 'version', 'updated_at as updatedAt'])
    .where('user_id', '=', userId)
    .orderBy('updated_at', 'desc')
    .limit(50)
    .execute();
}

export async function deleteDraft(db: Db | Tx, id: string, userId: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('call_drafts')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What was answered under this key before, if anything. Keys are kept 72 h (promise P6). */
export async function findAnswer(
  tx: Tx | Db,
  userId: number,
  key: string,
): Promise<{ requestHash: Buffer; sealedAnswer: Buffer } | null> {
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash as requestHash', 'sealed_answer as sealedAnswer'])
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/** Two submissions under one key take turns until COMMIT: the second finds the first one's answer. */
export async function lockKey(tx: Tx, userId: number, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${userId} ${key}`}, 13))`.execute(tx);
}

export async function keepAnswer(
  tx: Tx,
  answer: {
    readonly userId: number;
    readonly key: string;
    readonly requestHash: Buffer;
    readonly sealedAnswer: Buffer;
  },
): Promise<void> {
  await tx
    .insertInto('idempotency_keys')
    .values({
      user_id: answer.userId,
      key: answer.key,
      request_hash: answer.requestHash,
      sealed_answer: answer.sealedAnswer,
    })
    .execute();
}

export async function dropOldAnswers(db: Db): Promise<void> {
  await sql`delete from idempotency_keys where created_at < now() - interval '72 hours'`.execute(db);
}
