import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Fault } from '../platform/fault.ts';
import { projectRoot } from '../platform/project-root.ts';

type Migration = { readonly version: number; readonly name: string; readonly sql: string; readonly sha256: string };

/** Any number that is ours: migrators take turns under it. */
const MIGRATION_LOCK = 7_414_022_001;

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .filter((name) => /^\d{4}_[a-z0-9-_]+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(directory, name), 'utf8');
      return { version: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the database to this program's schema: forward only, one transaction a file, safe when many processes start at once.
 * Throws `database.schema-newer` when a newer program has already been here, so that an older one never writes into it.
 */
export async function migrate(databaseUrl: string): Promise<{ applied: readonly string[] }> {
  const migrations = readMigrations(join(projectRoot(), 'src/store/migrations'));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create table if not exists schema_migrations (
      version int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ version: number; name: string; sha256: string }>(
      'select version, name, sha256 from schema_migrations',
    );
    refuseForeignHistory(migrations, rows);
    const done = new Set(rows.map((row) => row.version));
    const applied: string[] = [];
    for (const migration of migrations.filter((m) => !done.has(m.version))) {
      await applyOne(client, migration);
      applied.push(migration.name);
    }
    return { applied };
  } finally {
    await client.end();
  }
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query('insert into schema_migrations (version, name, sha256) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.sha256,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function refuseForeignHistory(
  ours: readonly Migration[],
  theirs: readonly { version: number; name: string; sha256: string }[],
): void {
  for (const row of theirs) {
    const known = ours.find((migration) => migration.version === row.version);
    if (known === undefined) {
      throw new Fault(
        'database.schema-newer',
        `The database has migration ${row.name}, which this program does not know. Start the newer program.`,
      );
    }
    if (known.sha256 !== row.sha256) {
      throw new Fault(
        'database.conflict',
        `Migration ${row.name} was changed after it had been applied. Add a new migration instead of editing it.`,
      );
    }
  }
}
