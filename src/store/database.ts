import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { Fault } from '../platform/fault.ts';
import type { Database } from './schema.ts';

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

export type OpenDatabase = {
  readonly db: Db;
  /** One transaction. Deadlocks and serialisation failures are tried again, at most three times. */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A connection of its own, for session locks and LISTEN. The caller ends it. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
};

const INT8 = 20;
/** bigint ids stay below 2^53 here; the driver would hand them out as strings. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

const TRY_AGAIN = new Set([
  '40P01', // deadlock_detected
  '40001', // serialization_failure
]);

/** A number that somebody else drew a moment ago counts too: the next attempt draws another. */
function isWorthRetrying(error: unknown): boolean {
  if (error instanceof pg.DatabaseError && error.constraint === 'cases_number_key') return true;
  return TRY_AGAIN.has(sqlState(error) ?? '');
}

/** SQLSTATE of a driver error, or null. */
function sqlState(error: unknown): string | null {
  return error instanceof pg.DatabaseError && error.code !== undefined ? error.code : null;
}

/** Opens a pool. `max` connections; statements that run longer than 60 s are cancelled by the server. */
export function openDatabase(url: string, options: { max: number; applicationName: string }): OpenDatabase {
  const config = { connectionString: url, types, application_name: options.applicationName };
  const pool = new pg.Pool({ ...config, max: options.max, statement_timeout: 60_000, connectionTimeoutMillis: 10_000 });
  // A connection that dies is replaced; without a listener it would end the process. While idle the pool hears of it; between
  // two statements of a transaction only the connection itself does, and the next statement fails.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: translating(pool) }) });
  return {
    db,
    transact: (work) => transact(db, work),
    async connect() {
      const client = new pg.Client(config);
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    close: () => db.destroy(),
  };
}

/** A server that cannot be reached is a fault with a name, so that the API can say 503 and loops can try again. */
function translating(pool: pg.Pool) {
  return {
    connect: () =>
      pool.connect().catch((cause: unknown): never => {
        throw new Fault('database.unreachable', 'The database cannot be reached.', { retryable: true, cause });
      }),
    end: () => pool.end(),
  };
}

async function transact<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= 3 || !isWorthRetrying(error)) throw error;
    }
  }
}

/**
 * Refuses a database that could forget what it confirmed or that would let us step over our own walls
 * (measured: synchronous_commit=off lost 321 of 2,766 acknowledged rows when the server was killed).
 */
export async function refuseUnsafeDatabase(db: Db): Promise<{ warnings: readonly string[] }> {
  const { rows } = await sql<{
    fsync: string;
    pages: string;
    commit: string;
    sums: string;
    super: boolean;
    bypass: boolean;
  }>`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
           current_setting('synchronous_commit') as commit, current_setting('data_checksums') as sums,
           rolsuper as super, rolbypassrls as bypass
    from pg_roles where rolname = current_user`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Fault('database.unsafe', 'The database does not say who we are connected as.');
  const problems = [
    row.fsync !== 'on' && 'fsync is off: set fsync = on and restart the server',
    row.pages !== 'on' && 'full_page_writes is off: set full_page_writes = on',
    row.commit === 'off' && 'synchronous_commit is off: set synchronous_commit = on (also for this role and database)',
    row.super && 'the role is a superuser: create a plain role that owns the database and use it in DATABASE_URL',
    row.bypass && 'the role has BYPASSRLS: alter role ... nobypassrls',
  ].filter((problem) => problem !== false);
  if (problems.length > 0)
    throw new Fault('database.unsafe', `The database is not safe to use: ${problems.join('; ')}.`);
  return {
    warnings:
      row.sums === 'on'
        ? []
        : ['data checksums are off: silent damage on disk would go unnoticed (pg_checksums --enable)'],
  };
}
