import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { inject } from 'vitest';
import {
  ADMIN_ROLE,
  APPLICATION_ROLE,
  createClusterOnce,
  readAccess,
  type PostgresPlace,
} from '../../src/platform/postgres-cluster.ts';
import { preparePlace } from '../../src/platform/postgres-place.ts';
import {
  DURABLE_SETTINGS,
  findServer,
  freePort,
  signalServer,
  startServer,
  stopServer,
  type PostgresSettings,
  type RunningServer,
} from '../../src/platform/postgres-server.ts';
import { withProcessLock } from '../../src/platform/process-lock.ts';
import { childrenOf, isRunning } from './process-tree.ts';

export type TestDatabase = {
  /** As the service logs in: owner of the database, no superuser, no BYPASSRLS. */
  readonly url: string;
  /** Superuser of the whole test server, connected to the same database. */
  readonly adminUrl: string;
  drop(): Promise<void>;
};

export type DurablePostgres = {
  readonly url: string;
  readonly adminUrl: string;
  /** SIGKILL of the postmaster, as the OOM killer of the kernel would; returns when it and its sessions are gone. */
  kill9(): Promise<void>;
  /** Starts it again on the same port and folder, with crash recovery if need be. */
  restart(): Promise<void>;
  /** Stops it and removes everything. */
  close(): Promise<void>;
};

/** Nothing in these databases outlives the test run. */
const THROW_AWAY_SETTINGS: PostgresSettings = {
  ...DURABLE_SETTINGS,
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
};

const START_LIMIT_MS = 60_000;
const MIGRATED = 'migrated';
const TEMPLATE_LOCK = 20_140_722;

/**
 * A database of its own for one test file, with the service's schema, cloned from a template that is migrated once a
 * run. The first call of a run starts the server (about 2 s); test/support/global-setup.ts stops it.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = await sharedServer();
  await withClient(server.adminUrl(), migrateTemplateOnce(server));
  return createDatabase(server, MIGRATED);
}

/** The same without any table in it. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase(await sharedServer(), 'template1');
}

/** A PostgreSQL of its own with the service's durable settings, for tests that kill it. */
export async function startDurablePostgres(): Promise<DurablePostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shouli-durable-'));
  const place = await placeIn(dataDir);
  const server = await running(place, DURABLE_SETTINGS);
  return {
    url: server.url(APPLICATION_ROLE),
    adminUrl: server.adminUrl(),
    kill9: async () => {
      const sessions = childrenOf(server.pid);
      signalServer(server.pid, 'SIGKILL');
      await stopServer(place, findServer(place)?.pid ?? server.pid);
      // Its sessions hear of it one by one, and each tells its client before it goes.
      while (sessions.some(isRunning)) await sleep(10);
    },
    restart: async () => {
      const { pid } = await running(place, DURABLE_SETTINGS, server.port);
      server.pid = pid;
    },
    close: async () => {
      await stopServer(place, server.pid);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

type TestServer = {
  pid: number;
  readonly port: number;
  url(database: string): string;
  adminUrl(database?: string): string;
};

async function sharedServer(): Promise<TestServer> {
  return running(await placeIn(inject('testDataDir')), THROW_AWAY_SETTINGS);
}

/** Where the shared server of a run lives; for global-setup.ts. */
export async function placeIn(dataDir: string): Promise<PostgresPlace> {
  await mkdir(dataDir, { recursive: true });
  return preparePlace({ dataDir, embeddedPostgresDir: dataDir }); // the programs too, should the checkout be closed to others
}

async function running(place: PostgresPlace, settings: PostgresSettings, port = 0): Promise<TestServer> {
  const server = await withProcessLock(place.lock, async () => {
    await createClusterOnce(place);
    return findOrStart(place, settings, port);
  });
  const access = await readAccess(place);
  const host = `127.0.0.1:${String(server.port)}`;
  return {
    pid: server.pid,
    port: server.port,
    url: (database) => `postgres://${APPLICATION_ROLE}:${access.password}@${host}/${database}`,
    adminUrl: (database = 'postgres') => `postgres://${ADMIN_ROLE}:${access.adminPassword}@${host}/${database}`,
  };
}

async function findOrStart(place: PostgresPlace, settings: PostgresSettings, port: number): Promise<RunningServer> {
  const beganAt = performance.now();
  while (performance.now() - beganAt < START_LIMIT_MS) {
    const found = findServer(place) ?? (await startServer(place, await freePort(port), settings));
    if (found?.state === 'ready') return found;
    await sleep(20);
  }
  throw new Error(`the test database does not start, see ${place.folder}/postgres.log`);
}

function migrateTemplateOnce(server: TestServer) {
  return async (admin: Client): Promise<void> => {
    await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]); // released when the session ends
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [MIGRATED]);
    if (rowCount !== 0) return;
    const unfinished = `${MIGRATED}_${randomName()}`;
    await admin.query(`create database ${unfinished} owner ${APPLICATION_ROLE}`);
    const { migrate } = await import('../../src/store/migrate.ts');
    await migrate(server.url(unfinished));
    await untilUnused(() => admin.query(`alter database ${unfinished} rename to ${MIGRATED}`));
  };
}

async function createDatabase(server: TestServer, template: string): Promise<TestDatabase> {
  const name = `test_${randomName()}`;
  await withClient(server.adminUrl(), (admin) =>
    untilUnused(() => admin.query(`create database ${name} template ${template} owner ${APPLICATION_ROLE}`)),
  );
  return {
    url: server.url(name),
    adminUrl: server.adminUrl(name),
    drop: () =>
      withClient(server.adminUrl(), async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

/** A session that has said goodbye is still counted for some milliseconds, and a database in use cannot be copied. */
async function untilUnused(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const inUse = error instanceof Error && 'code' in error && error.code === '55006'; // object_in_use
      if (!inUse || attempt === 100) throw error;
      await sleep(20);
    }
  }
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function randomName(): string {
  return randomBytes(6).toString('hex');
}
