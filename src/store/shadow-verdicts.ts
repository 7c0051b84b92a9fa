import { sql } from 'kysely';
import type { ShadowPair } from '../casework/rule-records.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Db } from './database.ts';
import type { PastText } from './past-texts.ts';

/** `afterItem`: the newest item when it began. */
export type Shadow = { readonly version: string; readonly since: Date; readonly afterItem: number };

export async function readShadow(db: Db): Promise<Shadow | null> {
  const { rows } = await sql<Shadow>`select version, since, after_item as "afterItem" from rules_shadow`.execute(db);
  return rows[0] ?? null;
}

/** Texts that the rules in force judged since the shadow began and the shadow did not; the oldest first. */
export async function textsForShadow(
  db: Db,
  { version, afterItem }: Shadow,
  most: number,
): Promise<readonly PastText[]> {
  const { rows } = await sql<PastText>`
    select i.id, i.channel, t.subject, t.body as text from intake_items i join item_texts t on t.item_id = i.id
    where i.id > ${afterItem} and exists (select 1 from verdicts v where v.item_id = i.id and v.source = 'rules')
      and not exists (select 1 from shadow_verdicts s where s.version = ${version} and s.item_id = i.id)
    order by i.id limit ${most}`.execute(db);
  return rows;
}

export async function keepShadowVerdicts(
  db: Db,
  version: string,
  verdicts: readonly { readonly itemId: number; readonly body: Verdict }[],
): Promise<void> {
  const rows = verdicts.map(({ itemId, body }) => ({ item_id: itemId, body }));
  await sql`insert into shadow_verdicts (version, item_id, body)
    select ${version}, item_id, body from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(item_id bigint, body jsonb)
    on conflict do nothing`.execute(db);
}

const PAGE = 500;

/** What both said about the same text, item by item. */
export async function* shadowPairs(db: Db, version: string): AsyncGenerator<ShadowPair> {
  for (let after = 0; ;) {
    const { rows }: { rows: ShadowPair[] } = await sql<ShadowPair>`
      select s.item_id as "itemId", s.body as shadow, v.body as "inForce" from shadow_verdicts s
      cross join lateral (select body from verdicts v where v.item_id = s.item_id and v.source = 'rules' order by v.id limit 1) v
      where s.version = ${version} and s.item_id > ${after} order by s.item_id limit ${PAGE}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.itemId;
  }
}
