import { sql } from 'kysely';
import type { PersonRef } from '../casework/life-view.ts';
import { MENTIONED_ROLES } from '../domain/mentions.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

const MOST_COLLEAGUES = 500;

/** `v`: who may see a case, and can open it at the desk. */
const WHO_MAY = sql`visible_cases v join users u on u.id = v.viewer_id and u.role = any(${[...MENTIONED_ROLES]}::text[])`;

/** Whom a note of this viewer can call. null: no such case for him. */
export async function listColleagues(db: Db, viewer: Viewer, caseId: number): Promise<readonly PersonRef[] | null> {
  const { rows } = await sql<PersonRef>`
    select u.id, u.name, u.role from ${WHO_MAY}
    where v.case_id = ${caseId}
      and exists (select 1 from visible_cases own where own.case_id = v.case_id and own.viewer_id = ${viewer.userId})
    order by u.name, u.id limit ${MOST_COLLEAGUES}`.execute(db);
  return rows.length === 0 ? null : rows.filter(({ id }) => id !== viewer.userId);
}

export async function mentionable(tx: Tx, caseId: number, userIds: readonly number[]): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select u.id from ${WHO_MAY} where v.case_id = ${caseId} and u.id = any(${[...userIds]}::bigint[])`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function insertMentions(tx: Tx, noteId: number, userIds: readonly number[]): Promise<void> {
  await sql`insert into note_mentions (note_id, user_id)
            select ${noteId}, id from unnest(${[...userIds]}::bigint[]) id`.execute(tx);
}

export async function settleMentions(tx: Tx, caseId: number, userId: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    update tasks set done_at = now(), done_by = ${userId}
    where user_id = ${userId} and case_id = ${caseId} and kind = 'mentioned' and done_at is null returning id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
