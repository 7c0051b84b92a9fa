import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openQueue, type QueueBackend } from '../../../src/queue/backend.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';
import { onRedis, silent } from '../../support/queue-stores.ts';
import { freeLoopbackPort } from '../../support/free-loopback-port.ts';
import { startRedis, type Redis as RedisServer } from '../../support/redis.ts';

const WAIT = { timeout: 15_000, interval: 20 };
/** Nothing is stored in it; on Redis it is only asked who it is. */
let database: TestDatabase;
let server: RedisServer;
let admin: Redis;
let queue: QueueBackend | undefined;

beforeAll(async () => {
  database = await createEmptyDatabase();
  server = await startRedis({ maxmemory: '50mb' });
  admin = new Redis(server.url);
});
afterAll(async () => {
  admin.disconnect();
  await server.close();
  await database.drop();
});
beforeEach(async () => {
  await admin.flushall();
});
afterEach(async () => {
  await queue?.close();
  queue = undefined;
});

async function open(instance = 'trouble'): Promise<QueueBackend> {
  queue = await openQueue({ redisUrl: server.url, databaseUrl: database.url, instance, log: silent });
  return queue;
}

describe('a Redis that takes no more writes', () => {
  it.each([
    ['is full', () => fill(), () => admin.flushall()],
    ['became a read-only replica', () => admin.replicaof('127.0.0.1', 1), () => admin.replicaof('NO', 'ONE')],
  ])(
    'because it %s drops hints, is not hammered by the worker, and is used again afterwards',
    async (_, hurt, heal) => {
      const opened = await open();
      let runs = 0;
      opened.wakeUps.triage();
      await vi.waitFor(() => expect(opened.counts().hintsSent).toBe(1), WAIT);
      await hurt();
      await opened.startConsumer('triage', () => Promise.resolve(void (runs += 1)), { concurrency: 1 });
      opened.wakeUps.letters();
      await vi.waitFor(() => expect(opened.counts().hintsDropped).toBe(1), WAIT);
      await expect(opened.armDeadlines([{ id: 1, stepAt: new Date() }])).rejects.toMatchObject({ retryable: true });
      await vi.waitFor(() => expect(opened.counts().errors).toBeGreaterThan(1), WAIT);
      // Left to itself, BullMQ asks thousands of times a second.
      const before = opened.counts().errors;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(opened.counts().errors - before).toBeLessThan(10);
      await heal();
      await vi.waitFor(() => {
        opened.wakeUps.triage();
        expect(runs).toBeGreaterThan(0);
      }, WAIT);
    },
  );

  it('hangs without an answer: a hint returns at once, is given up, and the next one after the hang is heard', async () => {
    const opened = await open();
    let runs = 0;
    await opened.startConsumer('triage', () => Promise.resolve(void (runs += 1)), { concurrency: 1 });
    await admin.call('CLIENT', 'PAUSE', '7000', 'ALL');
    for (let hint = 0; hint < 500; hint += 1) opened.wakeUps.triage();
    expect(opened.counts()).toMatchObject({ hintsSent: 0, hintsDropped: 0 });
    await vi.waitFor(() => expect(opened.counts().hintsDropped).toBe(1), WAIT);
    expect(await opened.reachable()).toBe(false);
    await vi.waitFor(() => {
      opened.wakeUps.triage();
      expect(runs).toBeGreaterThan(0);
    }, WAIT);
  });
});

describe('starting', () => {
  it('is refused on a Redis that may evict keys, with a word on what to do', async () => {
    const evicting = await startRedis({ policy: 'allkeys-lru', maxmemory: '50mb' });
    onTestFinished(() => evicting.close());
    await expect(
      openQueue({ redisUrl: evicting.url, databaseUrl: database.url, instance: 'x', log: silent }),
    ).rejects.toMatchObject({
      code: 'redis.unsafe',
      message: expect.stringContaining('maxmemory-policy') as string,
      details: { policy: 'allkeys-lru' },
    });
    expect(await onRedis(evicting, (client) => client.keys('*'))).toEqual([]);
  });

  it('is refused with an instance name that could break out of the prefix', async () => {
    for (const instance of ['', 'a b', 'a}:x', 'ä', 'x'.repeat(41)]) {
      await expect(open(instance)).rejects.toMatchObject({ code: 'config.invalid' });
    }
  });

  it('does not wait for a Redis that is away, and uses it once it is there', async () => {
    const late = await startRedis();
    onTestFinished(() => late.close());
    await late.kill9();
    const opened = await openQueue({ redisUrl: late.url, databaseUrl: database.url, instance: 'late', log: silent });
    let runs = 0;
    await opened.startConsumer('triage', () => Promise.resolve(void (runs += 1)), { concurrency: 1 });
    opened.wakeUps.triage();
    expect(opened.counts()).toMatchObject({ hintsSent: 0, hintsDropped: 1 });
    await late.restart();
    await vi.waitFor(() => {
      opened.wakeUps.triage();
      expect(runs).toBeGreaterThan(0);
    }, WAIT);
    await opened.close();
  });

  it('on a port where nobody listens leaves nothing behind when closed', async () => {
    const nobody = await openQueue({
      redisUrl: `redis://127.0.0.1:${await freeLoopbackPort()}`,
      databaseUrl: database.url,
      instance: 'nobody',
      log: silent,
    });
    await nobody.startConsumer('triage', () => Promise.resolve(), { concurrency: 1 });
    await nobody.close();
    const errors = nobody.counts().errors;
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // longer than the longest pause between two attempts
    expect(nobody.counts().errors).toBe(errors);
  });

  it('warns of a Redis without appendonly, and of two databases under one instance name', async () => {
    const said: string[] = [];
    const log = pino({}, { write: (line: string) => void said.push((JSON.parse(line) as { msg: string }).msg) });
    const first = await openQueue({ redisUrl: server.url, databaseUrl: database.url, instance: 'two', log });
    await first.close();
    expect(said).toEqual([expect.stringContaining('appendonly')]);
    const other = await createEmptyDatabase();
    await (await openQueue({ redisUrl: server.url, databaseUrl: other.url, instance: 'two', log })).close();
    await other.drop();
    expect(said.slice(1)).toEqual([
      expect.stringContaining('appendonly'),
      expect.stringContaining('another database uses this Redis'),
    ]);
  });
});

describe('a job that went wrong in Redis', () => {
  it('and stalled twice is dropped, and the same alarm can be set again', async () => {
    const opened = await open('stall');
    const connection = new Redis(server.url, { maxRetriesPerRequest: null });
    const dying = new Worker('deadlines', null, {
      connection,
      prefix: '{shouli_stall}',
      autorun: false,
      lockDuration: 50,
      stalledInterval: 50,
    });
    const step = { id: 3, stepAt: new Date(0) };
    expect(await opened.armDeadlines([step])).toBe(1);
    await vi.waitFor(async () => expect(await dying.getNextJob('one', { block: false })).toBeDefined(), WAIT);
    await dying.startStalledCheckTimer();
    await vi.waitFor(async () => expect(await dying.getNextJob('two', { block: false })).toBeDefined(), WAIT);
    await vi.waitFor(async () => expect(await rangeOf(connection, 'wait')).toHaveLength(1), WAIT);
    await dying.close(true);

    const heard: number[] = [];
    await opened.startConsumer('deadlines', ({ deadlineId }) => Promise.resolve(void heard.push(deadlineId)), {
      concurrency: 1,
    });
    await vi.waitFor(async () => expect(await opened.armDeadlines([step])).toBe(1), WAIT);
    await vi.waitFor(() => expect(heard).toEqual([3]), WAIT);
    connection.disconnect();
  });

  it('and cannot even be parsed does not keep the next one from being heard', async () => {
    const opened = await open('torn');
    expect(await opened.armDeadlines([{ id: 1, stepAt: new Date(0) }])).toBe(1);
    await admin.hset('{shouli_torn}:deadlines:t_1_0', 'data', '{"version":1,');
    const heard: number[] = [];
    await opened.startConsumer('deadlines', ({ deadlineId }) => Promise.resolve(void heard.push(deadlineId)), {
      concurrency: 1,
    });
    await opened.armDeadlines([{ id: 2, stepAt: new Date(0) }]);
    await vi.waitFor(() => expect(heard).toEqual([2]), WAIT);
  });
});

it('a deployment hears nothing of another one in the same Redis', async () => {
  const one = await open('one');
  const other = await openQueue({ redisUrl: server.url, databaseUrl: database.url, instance: 'other', log: silent });
  const heard: string[] = [];
  await one.startConsumer('triage', () => Promise.resolve(void heard.push('one')), { concurrency: 1 });
  await other.startConsumer('triage', () => Promise.resolve(void heard.push('other')), { concurrency: 1 });
  one.wakeUps.triage();
  await vi.waitFor(() => expect(heard).toEqual(['one']), WAIT);
  other.wakeUps.triage();
  await vi.waitFor(() => expect(heard).toEqual(['one', 'other']), WAIT);
  await other.close();
});

/** Fills Redis up to its limit. */
async function fill(): Promise<void> {
  const block = 'x'.repeat(100_000);
  for (let index = 0; ; index += 1) {
    try {
      await admin.set(`ballast:${index}`, block);
    } catch {
      break; // OOM, which is what was wanted
    }
  }
  for (let index = 0; ; index += 1) {
    try {
      await admin.set(`small:${index}`, 'x'.repeat(100));
    } catch {
      return;
    }
  }
}

async function rangeOf(connection: Redis, state: 'wait'): Promise<string[]> {
  const queueOfThisTest = new Queue('deadlines', { connection, prefix: '{shouli_stall}', skipMetasUpdate: true });
  return queueOfThisTest.getRanges([state], 0, -1);
}
