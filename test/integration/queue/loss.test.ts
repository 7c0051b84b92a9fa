import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { armingLoop } from '../../../src/queue/arming.ts';
import type { QueueBackend } from '../../../src/queue/backend.ts';
import { startLoop } from '../../../src/queue/sweep-loop.ts';
import { createTestDeadlines } from '../../support/queue-deadlines.ts';
import { onPostgres, startQueueStores, type QueueStores } from '../../support/queue-stores.ts';

/** Every connection of the application, the queue's among them. */
const CUT = 'select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user';
const WAIT = { timeout: 15_000, interval: 20 };
let stores: QueueStores;
const opened: QueueBackend[] = [];

beforeAll(async () => {
  stores = await startQueueStores();
}, 120_000);
afterAll(() => stores.close(), 60_000);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close()));
});

describe.each(['redis', 'postgres'] as const)('losing the queue on %s', (kind) => {
  beforeEach(() => stores[kind].wipe());
  // Whatever a test killed runs again, also when it failed in the middle.
  afterEach(() => stores[kind].restart());

  async function open(): Promise<QueueBackend> {
    const queue = await stores[kind].open();
    opened.push(queue);
    return queue;
  }

  it('costs no effect and doubles none when everything is wiped again and again', async () => {
    const deadlines = await createTestDeadlines(stores.database.url);
    const queue = await open();
    await queue.startConsumer('deadlines', ({ deadlineId }) => deadlines.fire(deadlineId), { concurrency: 5 });
    const stop = new AbortController();
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const sweeper = startLoop({ everyMs: 200, run: () => deadlines.sweep(), signal: stop.signal, onError });
    onTestFinished(async () => {
      stop.abort();
      await sweeper.done;
      await deadlines.close();
    });
    const now = Date.now();
    const steps = await deadlines.add(Array.from({ length: 200 }, (_, index) => new Date(now + 300 + index * 10)));
    for (let wipe = 0; wipe < 8; wipe += 1) {
      await queue.armDeadlines(steps.filter((step) => +step.stepAt > Date.now()));
      await stores[kind].wipe();
      await queue.armDeadlines(steps.filter((step) => +step.stepAt > Date.now()));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await vi.waitFor(async () => expect((await deadlines.outcome()).armed).toBe(0), WAIT);
    expect(await deadlines.outcome()).toEqual({ effects: 200, deadlines: 200, armed: 0 });
    expect(errors).toEqual([]);
  });

  it('does not deafen a worker: after a wipe in mid-job the next hint is heard', async () => {
    const queue = await open();
    let runs = 0;
    await queue.startConsumer(
      'triage',
      async () => {
        runs += 1;
        if (runs === 1) await stores[kind].wipe();
      },
      { concurrency: 1 },
    );
    queue.wakeUps.triage();
    await vi.waitFor(() => expect(runs).toBe(1), WAIT);
    await vi.waitFor(() => {
      queue.wakeUps.triage();
      expect(runs).toBeGreaterThan(2);
    }, WAIT);
  });

  it('by kill -9 blocks no hint, is reported, and the same worker hears the first hint afterwards', async () => {
    const queue = await open();
    let runs = 0;
    await queue.startConsumer('letters', () => Promise.resolve(void (runs += 1)), { concurrency: 2 });
    queue.wakeUps.letters();
    await vi.waitFor(() => expect(runs).toBe(1), WAIT);

    await stores[kind].kill9();
    await vi.waitFor(async () => expect(await queue.reachable()).toBe(false), WAIT);
    for (let hint = 0; hint < 1000; hint += 1) {
      queue.wakeUps.letters();
      queue.wakeUps.deadline(hint + 1, new Date());
    }
    await vi.waitFor(() => expect(queue.counts().hintsDropped).toBeGreaterThan(0), WAIT);
    await expect(queue.armDeadlines([{ id: 1, stepAt: new Date() }])).rejects.toMatchObject({
      code: kind === 'redis' ? 'redis.unreachable' : 'database.unreachable',
      retryable: true,
    });

    await stores[kind].restart();
    await vi.waitFor(async () => expect(await queue.reachable()).toBe(true), WAIT);
    await vi.waitFor(() => {
      queue.wakeUps.letters();
      expect(runs).toBeGreaterThan(1);
    }, WAIT);
  });

  it('by kill -9 is made good by the arming loop: the alarm rings without a sweeper', async () => {
    const deadlines = await createTestDeadlines(stores.database.url);
    const queue = await open();
    let rung = 0;
    await queue.startConsumer(
      'deadlines',
      async ({ deadlineId }) => {
        await deadlines.fire(deadlineId);
        rung += 1;
      },
      { concurrency: 1 },
    );
    const steps = await deadlines.add([new Date(Date.now() + 4_000)]);
    const stop = new AbortController();
    const loop = armingLoop({
      dueSoon: deadlines.dueSoon,
      queue,
      clock: { now: () => new Date() },
      onRearmed: () => undefined,
      onError: () => undefined,
      signal: stop.signal,
    });
    onTestFinished(async () => {
      stop.abort();
      await loop.done;
      await deadlines.close();
    });
    await vi.waitFor(async () => expect(await queue.armDeadlines(steps)).toBe(0), WAIT);
    // On PostgreSQL the queue's commits wait for nobody; the next commit of the application takes them along to the disk.
    await deadlines.add([new Date(Date.now() + 3_600_000)]);
    await stores[kind].kill9();
    await stores[kind].restart();
    await vi.waitFor(() => expect(rung).toBeGreaterThan(0), WAIT);
    expect(await deadlines.outcome()).toEqual({ effects: 1, deadlines: 1, armed: 1 });
  });

  it('does not keep a process from closing, and leaves no connection that is tried again', async () => {
    const queue = await stores[kind].open();
    await queue.startConsumer('triage', () => Promise.resolve(), { concurrency: 1 });
    await stores[kind].kill9();
    await queue.close();
    const longerThanAnyPause = () => new Promise((resolve) => setTimeout(resolve, 2_500));
    await longerThanAnyPause(); // an attempt that was under way may still be refused
    const errors = queue.counts().errors;
    await longerThanAnyPause();
    expect(queue.counts().errors).toBe(errors);
    await stores[kind].restart();
    expect(await queue.reachable()).toBe(false);
  });
});

it('connections cut by the database are opened again by the same worker', async () => {
  const queue = await stores.postgres.open();
  opened.push(queue);
  let runs = 0;
  await queue.startConsumer('triage', () => Promise.resolve(void (runs += 1)), { concurrency: 1 });
  for (let cut = 1; cut <= 3; cut += 1) {
    await onPostgres(stores.database.adminUrl, CUT);
    const before = runs;
    await vi.waitFor(() => {
      queue.wakeUps.triage();
      expect(runs).toBeGreaterThan(before);
    }, WAIT);
  }
});
