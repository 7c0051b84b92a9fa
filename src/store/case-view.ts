import { sql } from 'kysely';
import type { CaseView } from '../casework/views.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { readClaim } from './case-claims.ts';
import { readCaseItems } from './case-items.ts';
import { readVerdict } from './case-verdict-view.ts';
import type { Db, Tx } from './database.ts';
import { person } from './person-json.ts';
import { listTasks } from './task-list.ts';

const MOST_HISTORY = 500;

type CaseRow = Omit<
  CaseView,
  | 'claim'
  | 'verdict'
  | 'deadlines'
  | 'letters'
  | 'items'
  | 'notes'
  | 'assignments'
  | 'denials'
  | 'tasks'
  | 'history'
  | 'omitted'
>;

/**
 * A case with everything around it except who wrote it, as of one instant. null: unknown, or not for this viewer. Nobody can
 * tell which.
 */
export async function readCase(db: Db, viewer: Viewer, caseId: number): Promise<CaseView | null> {
  // One snapshot: a version that does not belong to the verdict beside it would let a stale order through.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const row = await readCaseRow(tx, viewer, caseId);
      return row === null ? null : readAround(tx, viewer, row);
    });
}

async function readAround(tx: Tx, viewer: Viewer, row: CaseRow): Promise<CaseView> {
  const { items, omitted: omittedItems } = await readCaseItems(tx, row.id);
  const { history, omitted: omittedHistory } = await readHistory(tx, row.id);
  return {
    ...row,
    claim: await readClaim(tx, row.id),
    verdict: await readVerdict(tx, row.id),
    deadlines: await readDeadlines(tx, row.id),
    letters: await readLetters(tx, row.id),
    items,
    notes: await readNotes(tx, row.id),
    assignments: await readAssignments(tx, row.id),
    denials: await readDenials(tx, row.id),
    tasks: await listTasks(tx, viewer, row.id),
    history,
    omitted: { items: omittedItems, history: omittedHistory },
  };
}

async function readCaseRow(tx: Tx, viewer: Viewer, caseId: number): Promise<CaseRow | null> {
  const { rows } = await sql<CaseRow>`
    select c.id, case when c.provisional then null else c.number end as number, c.state, c.folded_as as "foldedAs", c.profile,
           c.channel, c.received_at as "receivedAt", c.opened_at as "openedAt", c.changed_at as "changedAt", c.version, c.urgent,
           c.confirmed, c.assigned_unit as "assignedUnit", c.owner, c.flags, c.told, c.helper_units as "helperUnits",
           c.extended_days as "extendedDays", c.finding, c.satisfaction, c.closed_as as "closedAs",
           c.review_stage as "reviewStage", c.clue
    from cases c join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    where c.id = ${caseId}`.execute(tx);
  return rows[0] ?? null;
}

async function readDeadlines(tx: Tx, caseId: number): Promise<CaseView['deadlines']> {
  type Row = Omit<CaseView['deadlines'][number], 'nextStep'>;
  type Step = NonNullable<CaseView['deadlines'][number]['nextStep']>;
  const { rows } = await sql<Row & { step: Step['step'] | null; stepAt: Date | null }>`
    select id, kind, cycle, legal, basis, state, trigger_at as "triggerAt", due_raw as "dueRaw", due_at as "dueAt", provisional, amount,
           step, step_at as "stepAt", fired_at as "firedAt", ended_at as "endedAt"
    from deadlines where case_id = ${caseId} order by due_at, id`.execute(tx);
  return rows.map(({ step, stepAt, ...row }) => ({
    ...row,
    nextStep: step === null || stepAt === null ? null : { step, at: stepAt },
  }));
}

/** A digest of many cases counts for each of them. Neither address nor code is read. */
async function readLetters(tx: Tx, caseId: number): Promise<CaseView['letters']> {
  const { rows } = await sql<CaseView['letters'][number]>`
    select l.id, l.kind, l.state, l.delivery, l.attempts, l.smtp_code as "smtpCode", l.created_at as "createdAt",
           case when isfinite(l.not_before) then l.not_before else l.created_at end as "notBefore", l.sent_at as "sentAt"
    from letters l
    where l.id in (select id from letters where case_id = ${caseId}
                   union select letter_id from digest_cases where case_id = ${caseId})
    order by l.id`.execute(tx);
  return rows;
}

async function readNotes(tx: Tx, caseId: number): Promise<CaseView['notes']> {
  const { rows } = await sql<CaseView['notes'][number]>`
    select n.id, n.about, n.text, n.at, ${person('u')} as by,
           coalesce((select json_agg(${person('m')} order by m.name, m.id) from note_mentions nm join users m on m.id = nm.user_id
                     where nm.note_id = n.id), '[]') as mentions
    from notes n join users u on u.id = n.by_user where n.case_id = ${caseId} order by n.id`.execute(tx);
  return rows;
}

async function readAssignments(tx: Tx, caseId: number): Promise<CaseView['assignments']> {
  const { rows } = await sql<CaseView['assignments'][number]>`
    select a.unit, a.part, a.at, a.ended_at as "endedAt", ${person('b')} as by,
           case when a.user_id is null then null else ${person('u')} end as "user"
    from assignments a join users b on b.id = a.by_user left join users u on u.id = a.user_id
    where a.case_id = ${caseId} order by a.id`.execute(tx);
  return rows;
}

async function readDenials(tx: Tx, caseId: number): Promise<CaseView['denials']> {
  const { rows } = await sql<CaseView['denials'][number]>`
    select unit, source, at from case_denials where case_id = ${caseId} order by unit`.execute(tx);
  return rows;
}

/** The latest lines of the journal, oldest first. */
async function readHistory(
  tx: Tx,
  caseId: number,
): Promise<{ readonly history: CaseView['history']; readonly omitted: number }> {
  const { rows } = await sql<CaseView['history'][number] & { total: number }>`
    select j.n, j.at, j.kind, j.item_id as "itemId", j.data, ${person('u')} as by, count(*) over () as total
    from journal j join users u on u.id = j.actor
    where j.case_id = ${caseId} order by j.n desc limit ${MOST_HISTORY}`.execute(tx);
  const history = rows.map(({ total: _total, ...line }) => line).toReversed();
  return { history, omitted: (rows[0]?.total ?? 0) - history.length };
}
