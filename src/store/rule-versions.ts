import { sql } from 'kysely';
import type { InForce, RuleTransaction } from '../casework/change-rules.ts';
import type { NewRuleVersion, RuleActivation, RuleVersion } from '../casework/rule-records.ts';
import type { RuleFile } from '../rules/rule-problem.ts';
import type { Db, OpenDatabase, Tx } from './database.ts';
import { appendJournal } from './journal.ts';

/** Any number that is ours: changes of what is in force take turns under it, also before there is a row to lock. */
const RULES_LOCK = 7_414_022_002;

const VERSION = sql`v.version, v.state, v.proposed_by as "proposedBy", p.name as "proposedByName", v.proposed_at as "proposedAt", v.why,
  v.judged_by as "judgedBy", j.name as "judgedByName", v.judged_at as "judgedAt", v.judgement
  from rule_versions v join users p on p.id = v.proposed_by left join users j on j.id = v.judged_by`;

const OPEN_CASE = sql`not provisional and folded_as is null
  and state not in ('REJECTED', 'CLOSED_FINAL', 'MERGED', 'TRANSFERRED', 'CLOSED', 'ARCHIVED', 'FOLDED')`;

/** The functions of one transaction that changes rules. */
export function transactRules<T>(
  database: Pick<OpenDatabase, 'transact'>,
  work: (tx: RuleTransaction) => Promise<T>,
): Promise<T> {
  return database.transact((tx) => work(bindRules(tx)));
}

function bindRules(tx: Tx): RuleTransaction {
  return {
    async lockInForce() {
      await sql`select pg_advisory_xact_lock(${RULES_LOCK})`.execute(tx);
      return readInForce(tx);
    },
    findVersion: (version) => findVersion(tx, version),
    readFiles: async (version) => (await readFiles(tx, version)) ?? [],
    insertVersion: (version) => insertVersion(tx, version),
    async judgeVersion(version, { state, by, why }) {
      await sql`update rule_versions set state = ${state}, judged_by = ${by}, judged_at = now(), judgement = ${why}
                where version = ${version}`.execute(tx);
    },
    async putInForce({ version, how, insteadOf, by, reason }) {
      await sql`with done as (
          insert into rule_activations (version, how, instead_of, by_user, reason)
          values (${version}, ${how}, ${insteadOf}, ${by}, ${reason}) returning n, version)
        insert into rules_in_force (version, activation) select version, n from done
        on conflict (one) do update set version = excluded.version, activation = excluded.activation`.execute(tx);
    },
    async versionBefore(version) {
      const { rows } = await sql<{ before: string | null }>`
        select instead_of as before from rule_activations
        where version = ${version} and how <> 'rolled-back' order by n desc limit 1`.execute(tx);
      return rows[0]?.before ?? null;
    },
    async unitsInUse() {
      const { rows } = await sql<{ unit: string }>`
        select distinct coalesce(assigned_unit, unit) as unit from cases
        where coalesce(assigned_unit, unit) is not null and ${OPEN_CASE} order by 1`.execute(tx);
      return rows.map(({ unit }) => unit);
    },
    async setShadow(version, by) {
      await sql`delete from rules_shadow`.execute(tx);
      if (version === null) return;
      await sql`insert into rules_shadow (version, by_user, after_item)
                select ${version}, ${by}::bigint, coalesce(max(id), 0) from intake_items`.execute(tx);
    },
    appendJournal: (entries) => appendJournal(tx, entries),
  };
}

async function insertVersion(tx: Tx, { version, files, proposedBy, why }: NewRuleVersion): Promise<boolean> {
  const { rows } = await sql`insert into rule_versions (version, files, proposed_by, why)
    values (${version}, ${JSON.stringify(files)}::jsonb, ${proposedBy}, ${why})
    on conflict (version) do nothing returning version`.execute(tx);
  return rows.length > 0;
}

export async function readInForce(db: Db): Promise<InForce | null> {
  const { rows } = await sql<InForce>`
    select f.version, a.how from rules_in_force f join rule_activations a on a.n = f.activation`.execute(db);
  return rows[0] ?? null;
}

async function findVersion(db: Db, version: string): Promise<RuleVersion | null> {
  const { rows } = await sql<RuleVersion>`select ${VERSION} where v.version = ${version}`.execute(db);
  return rows[0] ?? null;
}

/** Versions that begin so, as people shorten them; at most two, so that one knows whether it is only one. */
export async function findVersions(db: Db, beginning: string): Promise<readonly string[]> {
  const { rows } = await sql<{ version: string }>`
    select version from rule_versions where starts_with(version, ${beginning}) limit 2`.execute(db);
  return rows.map(({ version }) => version);
}

/** The newest first. */
export async function listVersions(db: Db, most: number): Promise<readonly RuleVersion[]> {
  const { rows } = await sql<RuleVersion>`
    select ${VERSION} order by v.proposed_at desc, v.version limit ${most}`.execute(db);
  return rows;
}

export async function listActivations(db: Db, most: number): Promise<readonly RuleActivation[]> {
  const { rows } = await sql<RuleActivation>`
    select a.version, a.how, a.instead_of as "insteadOf", a.by_user as "by", u.name as "byName", a.reason, a.at
    from rule_activations a join users u on u.id = a.by_user order by a.n desc limit ${most}`.execute(db);
  return rows;
}

/** null: no such version. Without files, which no process accepts, where the row holds something else than files. */
export async function readFiles(db: Db, version: string): Promise<readonly RuleFile[] | null> {
  const { rows } = await sql<{ files: unknown }>`select files from rule_versions where version = ${version}`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined) return null;
  return Array.isArray(row.files) && row.files.every(isRuleFile) ? row.files : [];
}

function isRuleFile(value: unknown): value is RuleFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, text } = value as Partial<Record<keyof RuleFile, unknown>>;
  return typeof path === 'string' && typeof text === 'string';
}
