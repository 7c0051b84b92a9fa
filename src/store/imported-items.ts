import { sql } from 'kysely';
import type { Disposition } from '../domain/vocabulary.ts';
import type { Attachment, ItemFlag } from '../intake/item.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Db } from './database.ts';

export type ImportedRow = {
  readonly item: number;
  readonly disposition: Disposition;
  /** Case number, nine digits. */
  readonly case: number | null;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Pick<Attachment, 'name' | 'bytes' | 'type'>[];
  readonly flags: readonly ItemFlag[];
  readonly ack: { readonly send: boolean; readonly reason: string };
  readonly automatic: string | null;
  readonly verdict: Verdict | null;
  readonly identity: Buffer | null;
};

/** Those of the items that are settled, for the machine that imported them: it is no viewer, it just brought them. */
export async function readImported(db: Db, itemIds: readonly number[]): Promise<ImportedRow[]> {
  const { rows } = await sql<ImportedRow>`
    select i.id as item, i.disposition, c.number::int as case, coalesce(t.subject, '') as subject, coalesce(t.body, '') as text,
      (select coalesce(json_agg(json_build_object('name', a ->> 'name', 'bytes', (a ->> 'bytes')::bigint, 'type', a ->> 'type')), '[]')
       from jsonb_array_elements(t.attachments) a) as attachments,
      i.flags, json_build_object('send', coalesce(i.ack_send, false), 'reason', coalesce(i.ack_reason, case when i.channel = 'phone' then 'phone' else i.disposition end)) as ack, i.automatic,
      (select v.body from verdicts v where v.item_id = i.id and v.source = 'rules' order by v.id limit 1) as verdict, d.sealed as identity
    from intake_items i left join cases c on c.id = i.case_id left join item_texts t on t.item_id = i.id
      left join item_identities d on d.item_id = i.id
    where i.id = any(${[...itemIds]}::bigint[]) and i.state = 'settled'`.execute(db);
  return rows;
}
