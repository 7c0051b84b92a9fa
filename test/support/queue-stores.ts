import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { pino } from 'pino';
import { openQueue, type QueueBackend } from '../../src/queue/backend.ts';
import { startDurablePostgres, type DurablePostgres } from './database.ts';
import { startRedis, type Redis as RedisServer } from './redis.ts';

/** A store below the queue that can be hurt in every way a test needs. */
export type QueueStore = {
  readonly kind: 'redis' | 'postgres';
  /** A queue of another instance each time unless told otherwise, so that tests do not meet each other's jobs. */
  open(instance?: string): Promise<QueueBackend>;
  kill9(): Promise<void>;
  restart(): Promise<void>;
  /** Everything the store holds for the queue is gone from one moment to the next. */
  wipe(): Promise<void>;
  close(): Promise<void>;
};

export type QueueStores = {
  readonly postgres: QueueStore;
  readonly redis: QueueStore;
  readonly redisServer: RedisServer;
  readonly database: DurablePostgres;
  close(): Promise<void>;
};

export const silent = pino({ level: 'silent' });

const WIPE = `do $$ begin if to_regclass('bullmq.job') is not null then
  truncate bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.meta cascade; end if; end $$`;

export async function startQueueStores(): Promise<QueueStores> {
  const database = await startDurablePostgres();
  const redisServer = await startRedis();
  let instances = 0;
  const nextInstance = (): string => `test-${(instances += 1)}`;
  const postgres: QueueStore = {
    kind: 'postgres',
    open: () => openQueue({ databaseUrl: database.url, instance: 'test', log: silent }),
    kill9: () => database.kill9(),
    restart: () => database.restart(),
    wipe: () => onPostgres(database.url, WIPE),
    close: () => database.close(),
  };
  const redis: QueueStore = {
    kind: 'redis',
    open: (instance = nextInstance()) =>
      openQueue({ redisUrl: redisServer.url, databaseUrl: database.url, instance, log: silent }),
    kill9: () => redisServer.kill9(),
    restart: () => redisServer.restart(),
    wipe: () => onRedis(redisServer, async (client) => void (await client.flushall())),
    close: () => redisServer.close(),
  };
  return {
    postgres,
    redis,
    redisServer,
    database,
    async close() {
      await redisServer.close();
      await database.close();
    },
  };
}

/** Taking tables away under a queue at work may deadlock with it, and PostgreSQL then ends either side: said once more. */
export async function onPostgres(url: string, sql: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    while (!(await unlessDeadlocked(pool.query(sql)))) continue;
  } finally {
    await pool.end();
  }
}

/** False: PostgreSQL ended it because of a deadlock (40P01). */
export async function unlessDeadlocked(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '40P01') return false;
    throw error;
  }
}

export async function onRedis<T>(server: RedisServer, work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(server.url);
  try {
    return await work(client);
  } finally {
    client.disconnect();
  }
}
