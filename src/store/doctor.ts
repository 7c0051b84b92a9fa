import { sql } from 'kysely';
import { checkJournal } from './journal.ts';
import type { Db } from './database.ts';

export type LawReport = {
  readonly mailbox: { readonly listed: number; readonly stored: number; readonly missing: number };
  /** `stuck`: without a disposition for longer than ten minutes. */
  readonly items: { readonly total: number; readonly withoutDisposition: number; readonly stuck: number };
  readonly cases: number;
  readonly letters: Readonly<Record<'pending' | 'claimed' | 'data' | 'sent' | 'failed' | 'unknown', number>>;
  readonly deadlines: { readonly armed: number; readonly fired: number; readonly overdue: number };
  readonly journal: { readonly entries: number; readonly intact: boolean };
  /** Unknown outcomes that will still be tried once more; the others are tasks for a person. */
  readonly unresolvedLetters: number;
  /** Raw rows without an item, items without a place, and the like: always empty, or something of ours is broken. */
  readonly broken: readonly string[];
};

/** Ladder steps that should have been taken more than two minutes ago. */
export const LATE_STEPS = sql`(select count(*)::int from deadlines where state = 'armed' and step_at < now() - interval '2 minutes' and armed_at < now() - interval '2 minutes')`;

/**
 * The conservation law: every UID is a raw row, every raw row has one item, every item one disposition. `listed` are the UIDs
 * that the mailboxes showed at this moment, `stored` how many of them are here.
 */
export async function checkLaw(db: Db, mailbox: { listed: number; stored: number }): Promise<LawReport> {
  const { rows } = await sql<{
    items: number;
    open: number;
    stuck: number;
    cases: number;
    armed: number;
    fired: number;
    overdue: number;
    unread: number;
    unknown: number;
    homeless: number;
    doubled: number;
  }>`
    select (select count(*)::int from intake_items) as items,
      (select count(*)::int from intake_items where state <> 'settled') as open,
      (select count(*)::int from intake_items where state <> 'settled' and created_at < now() - interval '10 minutes') as stuck,
      (select count(*)::int from cases where not provisional and folded_as is null) as cases,
      (select count(*)::int from deadlines where state = 'armed') as armed,
      (select count(*)::int from deadlines where fired_at is not null) as fired,
      ${LATE_STEPS} as overdue,
      (select count(*)::int from letters where state = 'unknown' and not_before < 'infinity') as unknown,
      (select count(*)::int from raw_messages r where not exists (select 1 from intake_items i where i.raw_id = r.id)) as unread,
      (select count(*)::int from raw_messages r where r.same_as is null and not exists (select 1 from raw_chunks c where c.raw_id = r.id)) as homeless,
      (select count(*)::int from (select case_id from intake_items where disposition in ('case', 'quarantined') group by case_id having count(*) > 1) x) as doubled`.execute(
    db,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('unreachable: an aggregate query has one row');
  const chain = await checkJournal(db);
  const broken = [
    row.unread > 0 && `${row.unread} raw messages have no item`,
    row.homeless > 0 && `${row.homeless} raw messages have no bytes`,
    row.doubled > 0 && `${row.doubled} cases have more than one founding item`,
    chain.kind === 'broken' && `the journal is broken at entry ${chain.at}`,
  ].filter((line) => line !== false);
  return {
    mailbox: { ...mailbox, missing: mailbox.listed - mailbox.stored },
    items: { total: row.items, withoutDisposition: row.open, stuck: row.stuck },
    cases: row.cases,
    letters: await countLetters(db),
    deadlines: { armed: row.armed, fired: row.fired, overdue: row.overdue },
    unresolvedLetters: row.unknown,
    journal: { entries: chain.kind === 'intact' ? chain.entries : chain.at, intact: chain.kind === 'intact' },
    broken,
  };
}

async function countLetters(db: Db): Promise<LawReport['letters']> {
  const rows = await db
    .selectFrom('letters')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const count = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
  return {
    pending: count('pending') + count('held'),
    claimed: count('claimed'),
    data: count('data'),
    sent: count('sent') + count('merged'),
    failed: count('failed'),
    unknown: count('unknown'),
  };
}

/** Counts for the gauges: cheap, by partial indexes. */
export async function countWaiting(db: Db): Promise<{
  unreadItems: number;
  pendingLetters: number;
  unknownLetters: number;
  openTasks: number;
  overdue: number;
}> {
  const { rows } = await sql<{
    unreadItems: number;
    pendingLetters: number;
    unknownLetters: number;
    openTasks: number;
    overdue: number;
  }>`
    select (select count(*)::int from intake_items where state = 'received') as "unreadItems",
      (select count(*)::int from letters where state in ('pending', 'held')) as "pendingLetters",
      (select count(*)::int from letters where state in ('claimed', 'data', 'unknown') and not_before < 'infinity') as "unknownLetters",
      (select count(*)::int from tasks where done_at is null) as "openTasks",
      ${LATE_STEPS} as overdue`.execute(db);
  return rows[0] ?? { unreadItems: 0, pendingLetters: 0, unknownLetters: 0, openTasks: 0, overdue: 0 };
}
