import { sql } from 'kysely';
import type { Channel } from '../domain/vocabulary.ts';
import type { Db } from './database.ts';

export type PastText = {
  readonly id: number;
  readonly channel: Channel;
  readonly subject: string;
  readonly text: string;
};

const PAGE = 500;

/** The newest texts that the rules gave a verdict on, as they were read, newest first; for whoever tries other rules on them. */
export async function* pastTexts(db: Db, most: number): AsyncGenerator<PastText> {
  let below: number | null = null;
  for (let left = most; left > 0; left -= PAGE) {
    const { rows }: { rows: PastText[] } = await sql<PastText>`
      select i.id, i.channel, t.subject, t.body as text from intake_items i join item_texts t on t.item_id = i.id
      where (${below}::bigint is null or i.id < ${below}) and exists (select 1 from verdicts v where v.item_id = i.id and v.source = 'rules')
      order by i.id desc limit ${Math.min(PAGE, left)}`.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    below = last.id;
  }
}
