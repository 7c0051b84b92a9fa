import { sql } from 'kysely';
import type { CaseEvent } from '../domain/case-events.ts';
import type { ArmedDeadline, CaseChange, CaseProjection } from '../casework/records.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

/** Locks the cases until the transaction ends and returns their events, oldest first. Unknown ids are absent. */
export async function loadCaseEvents(tx: Tx, caseIds: readonly number[]): Promise<Map<number, CaseEvent[]>> {
  const ids = [...new Set(caseIds)].toSorted((a, b) => a - b);
  // In the order of ids, so that two transactions over the same cases wait for each other instead of deadlocking.
  await sql`select id from cases where id = any(${ids}::bigint[]) order by id for update`.execute(tx);
  const rows = await readEvents(tx, ids);
  const events = new Map<number, CaseEvent[]>();
  for (const { case_id: caseId, data } of rows) {
    const list = events.get(caseId) ?? [];
    list.push(data);
    events.set(caseId, list);
  }
  return events;
}

/** For reading only: nobody waits. null: unknown, or not for this viewer. */
export async function readCaseEvents(db: Db, viewer: Viewer, caseId: number): Promise<readonly CaseEvent[] | null> {
  const seen =
    await sql`select 1 from visible_cases where viewer_id = ${viewer.userId} and case_id = ${caseId}`.execute(db);
  return seen.rows.length === 0 ? null : (await readEvents(db, [caseId])).map(({ data }) => data);
}

async function readEvents(db: Db | Tx, ids: readonly number[]) {
  const { rows } = await sql<{ case_id: number; data: CaseEvent }>`
    select case_id, data from journal where case_id = any(${ids}::bigint[]) and data ->> 'type' = kind order by n`.execute(
    db,
  );
  return rows;
}

/** Writes projections, deadlines, denials and assignments of many cases in a few statements. The journal is the caller's, last. */
export async function writeCases(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  if (changes.length === 0) return;
  await writeProjections(tx, changes);
  await writeAssignments(tx, changes);
  await writeDenials(tx, changes);
  await armDeadlines(tx, changes);
  await endDeadlines(tx, changes);
  await replanDeadlines(tx, changes);
  await refreshNextDue(
    tx,
    changes.filter(({ arm, end, replan }) => arm.length + end.length + replan.length > 0).map(({ caseId }) => caseId),
  );
}

const COLUMNS: { readonly [K in keyof CaseProjection]: readonly [column: string, type: string] } = {
  number: ['number', 'text'],
  state: ['state', 'text'],
  provisional: ['provisional', 'boolean'],
  foldedAs: ['folded_as', 'text'],
  profile: ['profile', 'text'],
  channel: ['channel', 'text'],
  receivedAt: ['received_at', 'timestamptz'],
  kind: ['kind', 'text'],
  category: ['category', 'smallint'],
  secondary: ['secondary', 'smallint'],
  lane: ['lane', 'text'],
  unit: ['unit', 'text'],
  targetLevel: ['target_level', 'text'],
  targetName: ['target_name', 'text'],
  urgent: ['urgent', 'boolean'],
  confidence: ['confidence', 'real'],
  review: ['review', 'boolean'],
  confirmed: ['confirmed', 'boolean'],
  assignedUnit: ['assigned_unit', 'text'],
  assignedUser: ['assigned_user', 'bigint'],
  owner: ['owner', 'text'],
  flags: ['flags', 'text[]'],
  told: ['told', 'boolean'],
  helperUnits: ['helper_units', 'text[]'],
  extendedDays: ['extended_days', 'int'],
  finding: ['finding', 'text'],
  satisfaction: ['satisfaction', 'text'],
  closedAs: ['closed_as', 'text'],
  reviewStage: ['review_stage', 'text'],
  clue: ['clue', 'text'],
  version: ['version', 'int'],
};
const PROJECTION = Object.entries(COLUMNS) as [keyof CaseProjection, readonly [string, string]][];

async function writeProjections(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  const columns = sql.join(PROJECTION.map(([, [column]]) => sql.ref(column)));
  const arrays = sql.join([
    sql`${changes.map((change) => change.caseId)}::bigint[]`,
    ...PROJECTION.map(([key, [, type]]) => {
      return sql`${changes.map((change) => asElement(change.projection[key]))}::${sql.raw(elementType(type))}[]`;
    }),
  ]);
  const values = sql.join(PROJECTION.map(([, [column, type]]) => sql`${sql.ref(`t.${column}`)}::${sql.raw(type)}`));
  const updates = sql.join(PROJECTION.map(([, [column]]) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  await sql`insert into cases (id, ${columns}) select t.id, ${values} from unnest(${arrays}) as t(id, ${columns})
            on conflict (id) do update set ${updates}, changed_at = now()`.execute(tx);
}

/** unnest() would flatten an array of arrays: lists travel as their text, in PostgreSQL's own notation. */
function elementType(type: string): string {
  return type.endsWith('[]') ? 'text' : type;
}

function asElement(value: CaseProjection[keyof CaseProjection]): unknown {
  return Array.isArray(value) ? `{${value.map((one) => JSON.stringify(one)).join(',')}}` : value;
}

async function writeDenials(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  const told = changes.flatMap(({ caseId, denials }) => (denials === null ? [] : [{ caseId, ...denials }]));
  if (told.length === 0) return;
  const denied = told.flatMap(({ caseId, units, source }) => units.map((unit) => ({ caseId, unit, source })));
  const cases = sql`${denied.map((d) => d.caseId)}::bigint[]`;
  const units = sql`${denied.map((d) => d.unit)}::text[]`;
  await sql`delete from case_denials d where d.case_id = any(${told.map((t) => t.caseId)}::bigint[])
              and not exists (select 1 from unnest(${cases}, ${units}) as k(case_id, unit) where k.case_id = d.case_id and k.unit = d.unit)`.execute(
    tx,
  );
  if (denied.length === 0) return;
  await sql`insert into case_denials (case_id, unit, source)
            select * from unnest(${cases}, ${units}, ${denied.map((d) => d.source)}::text[]) on conflict do nothing`.execute(
    tx,
  );
}

async function writeAssignments(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  for (const { caseId, assignment } of changes) {
    if (assignment === null) continue;
    await sql`update assignments set ended_at = now() where case_id = ${caseId} and ended_at is null`.execute(tx);
    if (assignment.unit === null) continue;
    const { unit, userId, helpers, byUser } = assignment;
    const of = { case_id: caseId, by_user: byUser };
    await tx
      .insertInto('assignments')
      .values([
        { ...of, unit, user_id: userId, part: 'lead' },
        ...helpers.map((helper) => ({ ...of, unit: helper, user_id: null, part: 'helper' as const })),
      ])
      .execute();
  }
}

async function endDeadlines(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  const ended = changes.flatMap((change) => change.end.map((end) => ({ caseId: change.caseId, ...end })));
  if (ended.length === 0) return;
  await sql`update deadlines d set state = e.how, ended_at = now(), step = null, step_at = null
            from unnest(${ended.map((e) => e.caseId)}::bigint[], ${ended.map((e) => e.kind)}::text[], ${ended.map((e) => e.cycle)}::int[],
                        ${ended.map((e) => e.how)}::text[]) as e(case_id, kind, cycle, how)
            where d.case_id = e.case_id and d.kind = e.kind and d.cycle = e.cycle and d.state = 'armed'`.execute(tx);
}

async function armDeadlines(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  const armed = changes.flatMap((change) => change.arm.map((deadline) => ({ caseId: change.caseId, deadline })));
  if (armed.length === 0) return;
  const of = <K extends keyof ArmedDeadline>(key: K) => armed.map(({ deadline }) => deadline[key]);
  await sql`insert into deadlines (case_id, kind, cycle, legal, basis, trigger_at, due_raw, due_at, provisional, amount, step, step_at, state)
            select *, 'armed' from unnest(${armed.map((a) => a.caseId)}::bigint[], ${of('kind')}::text[], ${of('cycle')}::int[],
              ${of('legal')}::boolean[], ${of('basis')}::text[], ${of('triggerAt')}::timestamptz[], ${of('dueRaw')}::timestamptz[],
              ${of('dueAt')}::timestamptz[], ${of('provisional')}::boolean[], ${of('amount')}::int[], ${of('step')}::text[], ${of('stepAt')}::timestamptz[])`.execute(
    tx,
  );
}

async function replanDeadlines(tx: Tx, changes: readonly CaseChange[]): Promise<void> {
  for (const { caseId, replan } of changes) {
    for (const plan of replan) {
      await tx
        .updateTable('deadlines')
        .set({
          due_raw: plan.dueRaw,
          due_at: plan.dueAt,
          provisional: plan.provisional,
          step: plan.step,
          step_at: plan.stepAt,
        })
        .where('case_id', '=', caseId)
        .where('kind', '=', plan.kind)
        .where('cycle', '=', plan.cycle)
        .execute();
    }
  }
}

async function refreshNextDue(tx: Tx, caseIds: readonly number[]): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`update cases c set next_due_at = d.due_at
            from (select i.id, min(x.due_at) as due_at from unnest(${[...caseIds]}::bigint[]) as i(id)
                  left join deadlines x on x.case_id = i.id and x.state = 'armed' group by i.id) d
            where c.id = d.id`.execute(tx);
}
