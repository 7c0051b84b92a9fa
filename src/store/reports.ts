import { sql, type RawBuilder } from 'kysely';
import type { EntryFilter, ReportHead } from '../casework/read-report.ts';
import type { FactWindow, NewReport, StoredEntry, StoredReport } from '../casework/report-facts.ts';
import type { Figure } from '../domain/count-report.ts';
import type { Breakdown, Entry, Fact, Month } from '../domain/report.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';
import { person } from './person-json.ts';

/**
 * One statement, so that all of it is of one moment. What has not been read yet, and what is no case of its own, is left out; so are
 * limits that were past when their case came with an old register, where nobody can tell whether they were kept.
 */
export async function readFacts(tx: Tx, viewer: Viewer, { begin, end, horizon }: FactWindow): Promise<readonly Fact[]> {
  const traits = sql`s.id as "caseId", s.number, s.channel, s.category, s.assigned_unit as unit`;
  const { rows } = await sql<Record<string, unknown>>`
    with s as (select c.* from cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
               where not c.provisional and c.folded_as is null)
    select 'case' as what, ${traits}, s.received_at as at, null as kind, null::int as cycle, null::boolean as legal, null::timestamptz as due,
           null as state, null::text as satisfaction
    from s where s.received_at >= ${begin} and s.received_at < ${end}
    union all
    select 'clock', ${traits}, d.ended_at, d.kind, d.cycle, d.legal, d.due_at, d.state, null
    from s join deadlines d on d.case_id = s.id left join register_rows o on o.case_id = s.id and d.due_at <= o.taken_at
    where o.case_id is null and ((d.due_at > ${begin} and d.due_at <= ${end}) or (d.due_at <= ${horizon} and (d.ended_at is null or d.ended_at > ${horizon})))
    union all
    select 'callback', ${traits}, j.at, null, null, null, null, null, j.data ->> 'satisfaction'
    from s join journal j on j.case_id = s.id and j.kind = 'callback-made' and j.at >= ${begin} and j.at < ${end}`.execute(
    tx,
  );
  return rows.map((row) => factOf(row as FactRow));
}

/** As the statement above names its columns. */
type FactRow = Pick<Fact, 'what' | 'caseId' | 'number' | 'channel' | 'category' | 'unit'> & {
  readonly at: Date | null;
  readonly kind: Extract<Fact, { what: 'clock' }>['kind'];
  readonly cycle: number;
  readonly legal: boolean;
  readonly due: Date;
  readonly state: Extract<Fact, { what: 'clock' }>['state'];
  readonly satisfaction: Extract<Fact, { what: 'callback' }>['satisfaction'];
};

function factOf({ what, at, kind, cycle, legal, due, state, satisfaction, ...traits }: FactRow): Fact {
  if (what === 'clock') return { ...traits, what, kind, cycle, legal, dueAt: due, state, endedAt: at };
  if (at === null) throw new Error('unreachable: what was received or called has its instant');
  return what === 'case' ? { ...traits, what, receivedAt: at } : { ...traits, what, at, satisfaction };
}

const AT_ONCE = 5_000;

export async function insertReport(tx: Tx, report: NewReport): Promise<number> {
  const { period, madeAt, madeBy, listSha256, figures, entries } = report;
  const { rows } = await sql<{ id: number }>`
    insert into reports (from_month, to_month, made_at, made_by, entries, list_sha256, figures)
    values (${period.from}, ${period.to}, ${madeAt}, ${madeBy}, ${entries.length}, ${listSha256}, ${JSON.stringify(figures)}::json)
    returning id`.execute(tx);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('unreachable: an insert returns its row');
  for (let from = 0; from < entries.length; from += AT_ONCE)
    await insertEntries(tx, id, from, entries.slice(from, from + AT_ONCE));
  return id;
}

async function insertEntries(tx: Tx, id: number, from: number, entries: readonly Entry[]): Promise<void> {
  const of = (key: keyof Entry): readonly unknown[] => entries.map((entry) => entry[key]);
  await sql`
    insert into report_entries (report_id, n, case_id, number, measure, stage, clock, cycle, legal, due_at, done_at, counted, channel,
                                category, unit, month)
    select ${id}::bigint, ${from}::int + e.place, e.case_id, e.number, e.measure, e.stage, e.clock, e.cycle, e.legal, e.due_at, e.done_at, e.counted,
      e.channel, e.category, e.unit, e.month
    from unnest(${of('caseId')}::bigint[], ${of('number')}::text[], ${of('measure')}::text[],
      ${of('stage')}::text[], ${of('clock')}::text[], ${of('cycle')}::int[], ${of('legal')}::boolean[], ${of('dueAt')}::timestamptz[],
      ${of('doneAt')}::timestamptz[], ${of('counted')}::text[], ${of('channel')}::text[], ${of('category')}::smallint[],
      ${of('unit')}::text[], ${of('month')}::text[]) with ordinality
      as e(case_id, number, measure, stage, clock, cycle, legal, due_at, done_at, counted, channel, category, unit, month, place)`.execute(
    tx,
  );
}

type HeadRow = Omit<ReportHead, 'period'> & { readonly from: Month; readonly to: Month };
const HEAD = sql`r.id, r.from_month as from, r.to_month as to, r.made_at as "madeAt", ${person('u')} as "madeBy"`;

export async function readReport(db: Db | Tx, id: number): Promise<StoredReport | null> {
  const { rows } = await sql<HeadRow & { entries: number; listSha256: Buffer; figures: readonly Figure[] }>`
    select ${HEAD}, r.entries, r.list_sha256 as "listSha256", r.figures from reports r join users u on u.id = r.made_by where r.id = ${id}`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { from, to, ...rest } = row;
  return { ...rest, period: { from, to } };
}

export async function listReports(db: Db): Promise<readonly ReportHead[]> {
  const { rows } =
    await sql<HeadRow>`select ${HEAD} from reports r join users u on u.id = r.made_by order by r.id desc`.execute(db);
  return rows.map(({ from, to, ...rest }) => ({ ...rest, period: { from, to } }));
}

const ENTRY = sql`e.n, e.case_id as "caseId", e.number, e.measure, e.stage, e.clock, e.cycle, e.legal, e.due_at as "dueAt",
  e.done_at as "doneAt", e.counted, e.channel, e.category, e.unit, e.month`;
const visibleTo = (viewer: Viewer): RawBuilder<boolean> =>
  sql`exists (select 1 from visible_cases v where v.case_id = e.case_id and v.viewer_id = ${viewer.userId})`;

export async function readEntries(db: Db | Tx, viewer: Viewer, id: number): Promise<readonly StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select ${ENTRY}, ${visibleTo(viewer)} as visible from report_entries e where e.report_id = ${id} order by e.n`.execute(
    db,
  );
  return rows;
}

export async function countHidden(db: Db, viewer: Viewer, id: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from report_entries e where e.report_id = ${id} and not ${visibleTo(viewer)}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Which of the cases of a list are none of their own any more. */
export async function foldedOf(tx: Tx, id: number): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct c.id from report_entries e join cases c on c.id = e.case_id
    where e.report_id = ${id} and c.folded_as is not null`.execute(tx);
  return rows.map((row) => row.id);
}

const KEYS: Readonly<Record<Exclude<Breakdown, 'all'>, RawBuilder<string>>> = {
  category: sql`coalesce(e.category::text, '')`,
  unit: sql`coalesce(e.unit, '')`,
  month: sql`e.month`,
  channel: sql`e.channel`,
};

/** The entries behind a figure that the viewer may see, in their order. `offset` counts those alone: the list's own line numbers would show gaps. */
export async function listEntriesBehind(
  db: Db,
  viewer: Viewer,
  id: number,
  filter: EntryFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly StoredEntry[]> {
  const { measure, stage, legal, by, key, counted } = filter;
  const conditions = [
    sql`e.report_id = ${id} and e.measure = ${measure} and e.legal is not distinct from ${legal}::boolean`,
    ...(measure === 'backlog' ? [] : [sql`e.stage is not distinct from ${stage}::text`]),
    ...(by === 'all' ? [] : [sql`${KEYS[by]} = ${key}`]),
    ...(counted === null ? [] : [sql`e.counted = ${counted}`]),
    visibleTo(viewer),
  ];
  const { rows } = await sql<StoredEntry>`
    select ${ENTRY}, true as visible from report_entries e where ${sql.join(conditions, sql` and `)} order by e.n limit ${page.limit} offset ${page.offset}`.execute(
    db,
  );
  return rows;
}
