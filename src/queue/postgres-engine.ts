import { createPostgresBackend, Queue, runMigrations, Worker, type PgPool } from 'bullmq';
import { Pool } from 'pg';
import { Fault } from '../platform/fault.ts';
import { QUEUE_NAMES } from './contracts.ts';
import { QUEUE_OPTIONS, WORKER_OPTIONS, withPatience, type QueueEngine } from './engine.ts';

/** BullMQ's name for its tables; over a pool that we pass in it can only use this one. */
const SCHEMA = 'bullmq';

// Each worker's LISTEN holds a connection for ever, and with none left over nothing runs and nothing is reported
// (measured: pool of 4, 4 workers, 0 of 40 jobs). Connections open on demand and close after 10 s idle.
const POOL_SIZE = QUEUE_NAMES.length + 3;

// Jobs are hints that can be made again from rows, so they need not wait for the disk. It holds for the sessions of this
// pool alone; nothing a citizen wrote goes through them.
const SESSION = `-c search_path=${SCHEMA} -c synchronous_commit=off`;

export type PostgresEngineOptions = {
  /** The application's own database; its role must own it (or may create schemas) and needs no more. */
  readonly databaseUrl: string;
  readonly onError: (error: unknown) => void;
};

/** Creates or upgrades BullMQ's schema. Throws Fault `database.unreachable` when the database does not answer. */
export async function openPostgresEngine({ databaseUrl, onError }: PostgresEngineOptions): Promise<QueueEngine> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
    application_name: 'shouli queue',
    options: SESSION,
  });
  pool.on('error', onError);
  try {
    await migrate(pool);
  } catch (cause) {
    await pool.end();
    throw unreachable(cause);
  }

  const factory = withPatience(createPostgresBackend);
  const connection = pool as unknown as PgPool; // as: BullMQ and @types/pg describe the overloads of `on` differently
  return {
    kind: 'postgres',
    async openQueue(name) {
      const queue = new Queue(name, { ...QUEUE_OPTIONS, connection }, factory);
      queue.on('error', onError);
      await readyOrFault(queue);
      return queue;
    },
    async openWorker(name, processor, concurrency) {
      const worker = new Worker(name, processor, { ...WORKER_OPTIONS, connection, concurrency }, factory);
      worker.on('error', onError);
      await readyOrFault(worker);
      return worker;
    },
    usable: () => true, // the pool connects on demand and gives up after two seconds
    ping: () => pool.query('select 1'),
    onReturn: () => undefined, // jobs are rows here: what comes back has forgotten at most its last second
    close: () => pool.end(),
  };
}

/** BullMQ looks at the schema once and remembers a failure for ever, so a start that meets one must fail. */
async function readyOrFault(opened: { waitUntilReady(): Promise<unknown>; close(): Promise<void> }): Promise<void> {
  try {
    await opened.waitUntilReady();
  } catch (cause) {
    await opened.close();
    throw unreachable(cause);
  }
}

function unreachable(cause: unknown): Fault {
  return new Fault('database.unreachable', 'The tables of the queue could not be prepared.', {
    retryable: true,
    cause,
  });
}

/** On one client, because BullMQ holds an advisory lock and a transaction over it. Any number of processes may start at once. */
async function migrate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
}
