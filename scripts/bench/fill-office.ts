import { sql, type RawBuilder } from 'kysely';
import type { Timing } from '../../src/casework/case-change.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import { judge } from '../../src/rules/judge.ts';
import type { Db } from '../../src/store/database.ts';
import { fillQueue } from '../../test/support/fill-queue.ts';
import { ownTexts } from '../labelled-texts.ts';
import { officeLives, VERDICT } from './office-lives.ts';

/** So many cases are made one by one; the others are copies of them, with numbers and dates of their own. */
const MOST_MADE = 50_000;
const SAMPLE_VERDICTS = 50;
/** Events of one case lie this many cases apart in the journal, since others happen between them. */
const BETWEEN_EVENTS = 50;

const TABLES = [
  'cases',
  'intake_items',
  'item_texts',
  'notes',
  'journal',
  'verdicts',
  'deadlines',
  'letters',
  'assignments',
] as const;

export type Office = { readonly timing: Timing; readonly rules: RuleSet };

/**
 * An office with so many cases: what `fillQueue` makes, and for each case its history, clocks, verdicts, acknowledgement. `db` is one
 * session of a superuser, in which neither triggers nor foreign keys slow the filling down. The journal's chain is not kept.
 */
export async function fillOffice(
  db: Db,
  cases: number,
  { timing, rules }: Office,
  say: (line: string) => void,
): Promise<void> {
  await sql`set session_replication_role = replica`.execute(db);
  await sql`set statement_timeout = 0`.execute(db);
  await sql`set synchronous_commit = off`.execute(db);
  await sql`set maintenance_work_mem = '1GB'`.execute(db);
  await sql`set work_mem = '256MB'`.execute(db);
  const rebuild = await dropIndexes(db);
  const made = Math.min(cases, MOST_MADE);
  const sentences = ownTexts().flatMap(({ text }) => text.match(/[^。！？\n]{6,60}[。！？]/gu) ?? []);
  await fillQueue(db, made, sentences, (filled) => say(`made ${filled}`));
  await fillHistories(db, timing);
  await fillVerdicts(db, rules);
  await fillLetters(db);
  say('made their histories');
  const copies = Math.ceil(cases / made) - 1;
  if (copies > 0) await copyCases(db, made, copies, say);
  await sql`update journal_head set n = (select coalesce(max(n), 0) from journal)`.execute(db);
  for (const table of ['cases', 'intake_items'])
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), (select max(id) from ${sql.table(table)}))`.execute(
      db,
    );
  for (const index of rebuild) {
    await sql.raw(index).execute(db);
    say(index.slice(0, 60));
  }
  await sql`vacuum analyze`.execute(db);
}

/** Built when everything is there, an index takes a tenth of the time. Answers how they are built. */
async function dropIndexes(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string; built: string }>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as built from pg_index i
    where i.indrelid = any(${[...TABLES]}::regclass[]) and not i.indisunique`.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.raw(name)}`.execute(db);
  return rows.map(({ built }) => built);
}

async function fillHistories(db: Db, timing: Timing): Promise<void> {
  const lives = officeLives(timing);
  const events = lives.flatMap(({ name, events: told }) => told.map((data, n) => ({ name, n, data })));
  const clocks = lives.flatMap(({ name, clocks: own }) => own.map((clock) => ({ name, ...clock })));
  await sql`create table fill_events as select * from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as t(name text, n int, data jsonb)`.execute(
    db,
  );
  const life = sql`case when c.confirmed then c.state else 'unconfirmed' end`;
  await sql`
    insert into journal (n, at, actor, kind, case_id, data, prev_hash, hash)
    select h.n + row_number() over (order by c.id + e.n * ${sql.lit(BETWEEN_EVENTS)}, e.n), c.received_at + make_interval(hours => 5 * e.n),
           least(2, (e.data ->> 'by')::bigint), e.data ->> 'type', c.id,
           case when e.n = 0 then jsonb_set(e.data, '{number}', to_jsonb(c.number)) else e.data end, ${NO_HASH}, ${NO_HASH}
    from journal_head h, cases c join fill_events e on e.name = ${life}`.execute(db);
  await sql`
    insert into deadlines (case_id, kind, cycle, legal, basis, due_raw, due_at, provisional, trigger_at, amount, state, step, step_at, ended_at)
    select c.id, k.kind, k.cycle, k.legal, k.basis, d.due, d.due, k.provisional, c.received_at, k.amount, s.state,
           case when s.state = 'armed' then 'due' end, case when s.state = 'armed' then d.due end,
           case when s.state <> 'armed' then d.due end
    from cases c
    join jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) as
      k(name text, kind text, cycle int, legal boolean, basis text, provisional boolean, amount int, status text, "dueAt" timestamptz, trigger timestamptz)
      on k.name = ${life}
    cross join lateral (select case when c.next_due_at is null and k.status = 'armed' then 'met' else k.status end as state) s
    cross join lateral (select case when s.state = 'armed' then c.next_due_at else c.received_at + (k."dueAt" - k.trigger) end as due) d`.execute(
    db,
  );
  await sql`drop table fill_events`.execute(db);
}

const NO_HASH = sql`decode(repeat('00', 32), 'hex')`;

async function fillVerdicts(db: Db, rules: RuleSet): Promise<void> {
  const bodies = ownTexts()
    .slice(0, SAMPLE_VERDICTS)
    .map((text, n) => ({ n, body: judge(rules, { ...text, channel: text.channel ?? 'email' }) }));
  await sql`
    insert into verdicts (case_id, item_id, source, rules_version, body, by_user)
    select c.id, c.id, 'rules', 'bench', b.body, 1
    from cases c join jsonb_to_recordset(${JSON.stringify(bodies)}::jsonb) as b(n int, body jsonb) on b.n = c.id % ${sql.lit(bodies.length)}`.execute(
    db,
  );
  await sql`
    insert into verdicts (case_id, source, body, reason, by_user)
    select id, 'person', ${JSON.stringify(VERDICT)}::jsonb, '人工核对', 2 from cases where confirmed`.execute(db);
  await sql`
    insert into assignments (case_id, unit, by_user, at) select id, assigned_unit, 2, received_at from cases where assigned_unit is not null`.execute(
    db,
  );
}

async function fillLetters(db: Db): Promise<void> {
  await sql`
    insert into letters (kind, case_id, state, message_id, envelope_from, recipient_sealed, recipient_key, domain_key, public_domain,
      bytes_sha256, attempts, submissions, not_before, data_at, sent_at, smtp_code)
    select 'acknowledgement', id, 'sent', 'ack-' || id || '@office.example', 'bounce@office.example', decode(repeat('00', 80), 'hex'),
           sha256(id::text::bytea), sha256((id % 50)::text::bytea), true, ${NO_HASH}, 1, 1, received_at, received_at, received_at, 250
    from cases where channel = 'email'`.execute(db);
}

/** Every row of the made cases so many times more, under other ids. */
async function copyCases(db: Db, made: number, copies: number, say: (line: string) => void): Promise<void> {
  const { rows } = await sql<{ n: number }>`select max(n) as n from journal`.execute(db);
  const later = (column: string, by: number): RawBuilder<unknown> =>
    sql`${sql.ref(column)} + copy.n * ${sql.lit(by)}::bigint`;
  const ofCase = { case_id: later('case_id', made) };
  const number = sql`lpad((id + copy.n * ${sql.lit(made)}::bigint)::text, 9, '0')`;
  const opened = sql`lpad((case_id + copy.n * ${sql.lit(made)}::bigint)::text, 9, '0')`;
  const changed: Readonly<Record<(typeof TABLES)[number], Readonly<Record<string, RawBuilder<unknown>>>>> = {
    cases: {
      id: later('id', made),
      number,
      received_at: sql`received_at - copy.n * interval '20 days'`,
      next_due_at: sql`next_due_at + make_interval(mins => (hashint8(id * 64 + copy.n) & 1023) * 7)`,
    },
    intake_items: { id: later('id', 2 * made), ...ofCase },
    item_texts: { item_id: later('item_id', 2 * made) },
    notes: ofCase,
    journal: {
      n: later('journal.n', rows[0]?.n ?? 0),
      ...ofCase,
      data: sql`case when kind = 'case-opened' then jsonb_set(data, '{number}', to_jsonb(${opened})) else data end`,
    },
    verdicts: { ...ofCase, item_id: later('item_id', 2 * made) },
    deadlines: ofCase,
    letters: { ...ofCase, message_id: sql`message_id || '-' || copy.n` },
    assignments: ofCase,
  };
  for (const table of TABLES) {
    const columns = await columnsOf(db, table, Object.keys(changed[table]));
    const values = columns.map((column) => changed[table][column] ?? sql.ref(column));
    await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      select ${sql.join(values)} from ${sql.table(table)} cross join generate_series(1, ${sql.lit(copies)}) as copy(n)`.execute(
      db,
    );
    say(`copied ${table}`);
  }
}

/** Those that a copy writes: a number that the table draws for itself is left to it, unless the copy says which. */
async function columnsOf(db: Db, table: string, said: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select column_name::text as name from information_schema.columns
    where table_schema = current_schema() and table_name = ${table} and is_generated = 'NEVER'
      and (is_identity = 'NO' or column_name = any(${[...said]}))
    order by ordinal_position`.execute(db);
  return rows.map(({ name }) => name);
}
