import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { QueueBackend } from '../../../src/queue/backend.ts';
import { createTestDeadlines, type TestDeadlines } from '../../support/queue-deadlines.ts';
import { onRedis, startQueueStores, type QueueStores } from '../../support/queue-stores.ts';

const WAIT = { timeout: 15_000, interval: 20 };
let stores: QueueStores;
let deadlines: TestDeadlines;
const opened: QueueBackend[] = [];

beforeAll(async () => {
  stores = await startQueueStores();
}, 120_000);
afterAll(() => stores.close(), 60_000);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close()));
});

describe.each(['redis', 'postgres'] as const)('the queue on %s', (kind) => {
  beforeEach(() => stores[kind].wipe());

  async function open(instance?: string): Promise<QueueBackend> {
    const queue = await stores[kind].open(instance);
    opened.push(queue);
    return queue;
  }

  it('rings every alarm, and rows decide: one effect each although jobs come several times', async () => {
    deadlines = await createTestDeadlines(stores.database.url);
    const queues = [await open('alarms'), await open('alarms')] as const;
    const deliveries = new Map<number, number>();
    for (const queue of queues) {
      await queue.startConsumer(
        'deadlines',
        async ({ deadlineId }) => {
          deliveries.set(deadlineId, (deliveries.get(deadlineId) ?? 0) + 1);
          const times = 1 + (deadlineId % 3);
          await Promise.all(Array.from({ length: times }, () => deadlines.fire(deadlineId)));
        },
        { concurrency: 5 },
      );
    }
    const now = Date.now();
    const steps = await deadlines.add(Array.from({ length: 150 }, (_, index) => new Date(now + 500 + index * 5)));
    expect(await queues[0].armDeadlines(steps)).toBe(150);
    expect(await queues[1].armDeadlines(steps)).toBe(0);
    // The same deadlines under other ids: a second and a third job each, after the time is due.
    for (const laterMs of [1000, 2000]) {
      await queues[1].armDeadlines(steps.map((step) => ({ ...step, stepAt: new Date(+step.stepAt + laterMs) })));
    }
    await vi.waitFor(() => expect([...deliveries.values()].reduce((sum, n) => sum + n, 0)).toBe(450), WAIT);
    expect(await deadlines.outcome()).toEqual({ effects: 150, deadlines: 150, armed: 0 });
    await deadlines.close();
  });

  it('never rings before the database itself calls a deadline due', async () => {
    deadlines = await createTestDeadlines(stores.database.url);
    const queue = await open();
    let rung = 0;
    await queue.startConsumer(
      'deadlines',
      async ({ deadlineId }) => {
        await deadlines.fire(deadlineId);
        rung += 1;
      },
      { concurrency: 5 },
    );
    const now = Date.now();
    for (const step of await deadlines.add(Array.from({ length: 40 }, (_, index) => new Date(now + 100 + index * 7)))) {
      queue.wakeUps.deadline(step.id, step.stepAt);
    }
    await vi.waitFor(() => expect(rung).toBe(40), WAIT);
    // No sweeper here: an alarm that rang too early would have left its row armed.
    expect(await deadlines.outcome()).toEqual({ effects: 40, deadlines: 40, armed: 0 });
    await deadlines.close();
  });

  it('makes one job of a thousand hints that nobody has heard yet', async () => {
    const queue = await open();
    for (let hint = 0; hint < 1000; hint += 1) queue.wakeUps.triage();
    await vi.waitFor(() => expect(queue.counts().hintsSent).toBe(2), WAIT);
    let runs = 0;
    await queue.startConsumer('triage', () => Promise.resolve(void (runs += 1)), { concurrency: 5 });
    await vi.waitFor(() => expect(runs).toBe(1), WAIT);
    await settleDown(queue);
    expect(runs).toBe(1);
  });

  it('runs once more for hints that come while the handler works, and loses none', async () => {
    const queue = await open();
    const rows: number[] = [];
    const seen = new Set<number>();
    let runs = 0;
    await queue.startConsumer(
      'letters',
      async () => {
        runs += 1;
        const found = [...rows]; // read first, work afterwards: what comes later needs another run
        await pause(30);
        for (const row of found) seen.add(row);
      },
      { concurrency: 1 },
    );
    for (let row = 0; row < 300; row += 1) {
      rows.push(row);
      queue.wakeUps.letters();
      if (row % 10 === 0) await pause(3);
    }
    await vi.waitFor(() => expect(seen.size).toBe(300), WAIT);
    expect(runs).toBeGreaterThan(1);
    expect(runs).toBeLessThan(60);
  });

  it('drops a job whose handler throws, goes on with the next and takes the same alarm again', async () => {
    const queue = await open();
    const heard: number[] = [];
    await queue.startConsumer(
      'deadlines',
      ({ deadlineId }) => {
        heard.push(deadlineId);
        return deadlineId === 1 ? Promise.reject(new Error('the row was locked')) : Promise.resolve();
      },
      { concurrency: 1 },
    );
    const step = { id: 1, stepAt: new Date(1_700_000_000_000) };
    expect(await queue.armDeadlines([step])).toBe(1);
    await vi.waitFor(() => expect(queue.counts().jobsFailed).toBe(1), WAIT);
    await vi.waitFor(async () => expect(await queue.armDeadlines([step])).toBe(1), WAIT);
    await queue.armDeadlines([{ ...step, id: 2 }]);
    await vi.waitFor(() => expect(heard).toEqual([1, 1, 2]), WAIT);
  });

  it('leaves a deadline beyond two hours to its row', async () => {
    const queue = await open();
    const stepAt = new Date(Date.now() + 3 * 3_600_000);
    queue.wakeUps.deadline(7, stepAt);
    queue.wakeUps.triage(); // goes the same way, so the one above would have arrived before
    await vi.waitFor(() => expect(queue.counts().hintsSent).toBe(1), WAIT);
    expect(await queue.armDeadlines([{ id: 7, stepAt }])).toBe(1);
  });

  it('answers whether it is reachable, refuses a second consumer and closes', async () => {
    const queue = await stores[kind].open();
    expect(queue.kind).toBe(kind);
    expect(await queue.reachable()).toBe(true);
    await queue.startConsumer('triage', () => Promise.resolve(), { concurrency: 1 });
    await expect(queue.startConsumer('triage', () => Promise.resolve(), { concurrency: 1 })).rejects.toMatchObject({
      code: 'internal',
    });
    await queue.close();
    expect(await queue.reachable()).toBe(false);
  });
});

describe('a neighbour in Redis', () => {
  it.each([
    ['a field too many', { version: 1, deadlineId: 5, sql: 'x' }],
    ['another version', { version: 2, deadlineId: 5 }],
    ['an id that is text', { version: 1, deadlineId: '5' }],
    ['a negative id', { version: 1, deadlineId: -5 }],
    ['nothing', null],
  ])('cannot reach a handler with %s', async (_, data) => {
    const queue = await stores.redis.open('forged');
    opened.push(queue);
    const heard: number[] = [];
    await queue.startConsumer('deadlines', ({ deadlineId }) => Promise.resolve(void heard.push(deadlineId)), {
      concurrency: 1,
    });
    const connection = new Redis(stores.redisServer.url);
    const forger = new Queue('deadlines', { connection, prefix: '{shouli_forged}' });
    await forger.add('deadline', data);
    await vi.waitFor(() => expect(queue.counts().jobsRefused).toBe(1), WAIT);
    await queue.armDeadlines([{ id: 9, stepAt: new Date(0) }]);
    await vi.waitFor(() => expect(heard).toEqual([9]), WAIT);
    await forger.close();
    connection.disconnect();
  });

  it('sees ids and versions and nothing else', async () => {
    const queue = await stores.redis.open('seen');
    opened.push(queue);
    queue.wakeUps.triage();
    queue.wakeUps.deadline(12, new Date(Date.now() + 60_000));
    await vi.waitFor(() => expect(queue.counts().hintsSent).toBe(2), WAIT);
    const payloads = await onRedis(stores.redisServer, async (client) => {
      const keys = (await client.keys('{shouli_seen}:*')).filter((key) => /:[tw]_[^:]+$/u.test(key));
      return Promise.all(keys.map((key) => client.hget(key, 'data')));
    });
    expect(payloads.map((payload) => JSON.parse(payload ?? '') as unknown)).toEqual(
      expect.arrayContaining([{ version: 1 }, { version: 1, deadlineId: 12 }]),
    );
    expect(payloads).toHaveLength(2);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Until a hint sent now was handled: everything sent before it was, too. */
async function settleDown(queue: QueueBackend): Promise<void> {
  let heard = false;
  await queue.startConsumer('letters', () => Promise.resolve(void (heard = true)), { concurrency: 1 });
  queue.wakeUps.letters();
  await vi.waitFor(() => expect(heard).toBe(true), WAIT);
}
