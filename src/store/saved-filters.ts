import { sql } from 'kysely';
import {
  FILTER_REFUSALS,
  filterRefusal,
  type NamedFilter,
  type SavedFilter,
  type SaveFilterResult,
} from '../casework/saved-filters.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, OpenDatabase } from './database.ts';
import { person } from './person-json.ts';

/** The viewer's own filters, then those that are shared, by name. */
export async function listFilters(db: Db, { userId }: Viewer): Promise<SavedFilter[]> {
  const { rows } = await sql<SavedFilter>`
    select f.id, f.name, f.filter, f.shared, ${person('u')} as by
    from saved_filters f join users u on u.id = f.user_id
    where f.user_id = ${userId} or f.shared
    order by f.user_id <> ${userId}, f.name, f.id`.execute(db);
  return rows;
}

/** Keeps a filter; the viewer's own of the same name is replaced. */
export async function saveFilter(
  { transact }: Pick<OpenDatabase, 'transact'>,
  viewer: Viewer,
  named: NamedFilter,
): Promise<SaveFilterResult> {
  const { userId } = viewer;
  return transact(async (tx) => {
    await sql`select 1 from users where id = ${userId} for no key update`.execute(tx); // two at once count one after the other
    const { rows: others } = await sql`
      select 1 from saved_filters where user_id = ${userId} and name <> ${named.name}`.execute(tx);
    const reason = filterRefusal(viewer, named, others.length);
    if (reason !== null) return { kind: 'refused', reason, message: FILTER_REFUSALS[reason] };
    const { rows } = await sql<{ id: number }>`
      insert into saved_filters (user_id, name, filter, shared)
      values (${userId}, ${named.name}, ${JSON.stringify(named.filter)}::jsonb, ${named.shared})
      on conflict (user_id, name) do update set filter = excluded.filter, shared = excluded.shared
      returning id`.execute(tx);
    return { kind: 'saved', id: rows[0]?.id ?? 0 };
  });
}

/** false: unknown, or somebody else's. */
export async function deleteFilter(db: Db, { userId }: Viewer, id: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from saved_filters where id = ${id} and user_id = ${userId}`.execute(db);
  return (numAffectedRows ?? 0n) > 0n;
}
