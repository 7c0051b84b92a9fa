import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { armingLoop } from '../../../src/queue/arming.ts';
import { deadlineJobId, type DueStep } from '../../../src/queue/contracts.ts';

const HOUR_MS = 3_600_000;
const START = new Date('2014-11-24T01:00:00Z');

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

/** A queue that remembers alarms until it is told to forget. Due ones ring and vanish. */
function forgetfulQueue() {
  const alarms = new Set<string>();
  const listeners: (() => void)[] = [];
  return {
    alarms,
    away: false,
    armDeadlines(steps: readonly DueStep[]): Promise<number> {
      if (this.away) return Promise.reject(new Error('away'));
      const fresh = steps.map(deadlineJobId).filter((id) => !alarms.has(id));
      for (const id of fresh) alarms.add(id);
      return Promise.resolve(fresh.length);
    },
    onReturn: (listener: () => void) => void listeners.push(listener),
    comeBack() {
      this.away = false;
      for (const listener of listeners) listener();
    },
  };
}

function inHours(id: number, hours: number): DueStep {
  return { id, stepAt: new Date(START.getTime() + hours * HOUR_MS) };
}

describe('the arming loop', () => {
  const rows: DueStep[] = [];
  let queue = forgetfulQueue();
  let rearmed: number[] = [];
  let errors: unknown[] = [];
  let stop = new AbortController();

  function start() {
    return armingLoop({
      dueSoon: (horizonMs, limit) =>
        Promise.resolve(
          rows
            .filter((row) => row.stepAt.getTime() > Date.now() && row.stepAt.getTime() < Date.now() + horizonMs)
            .toSorted((one, other) => one.stepAt.getTime() - other.stepAt.getTime())
            .slice(0, limit),
        ),
      queue,
      clock: { now: () => new Date() },
      onRearmed: (count) => void rearmed.push(count),
      onError: (error) => void errors.push(error),
      signal: stop.signal,
    });
  }

  beforeEach(() => {
    rows.length = 0;
    queue = forgetfulQueue();
    rearmed = [];
    errors = [];
    stop = new AbortController();
  });
  afterEach(() => stop.abort());

  it('arms at the start what is due within two hours, and later what came nearer', async () => {
    rows.push(inHours(1, 0.5), inHours(2, 1.9), inHours(3, 2.01), inHours(4, 30));
    start();
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.alarms).toEqual(new Set([rows[0], rows[1]].map((row) => deadlineJobId(row ?? inHours(9, 9)))));
    await vi.advanceTimersByTimeAsync(45_000);
    expect(queue.alarms.size).toBe(3);
    expect(rearmed).toEqual([]);
  });

  it('sets forgotten alarms again and says how many those were', async () => {
    rows.push(inHours(1, 1), inHours(2, 1.5));
    start();
    await vi.advanceTimersByTimeAsync(0);
    queue.alarms.clear();
    rows.push(inHours(3, 1));
    await vi.advanceTimersByTimeAsync(45_000);
    expect(queue.alarms.size).toBe(3);
    expect(rearmed).toEqual([2]);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(rearmed).toEqual([2]);
  });

  it('does not count an alarm as forgotten that may just have rung', async () => {
    const soon = { id: 1, stepAt: new Date(START.getTime() + 45_005) };
    rows.push(soon);
    start();
    await vi.advanceTimersByTimeAsync(0);
    queue.alarms.clear();
    await vi.advanceTimersByTimeAsync(45_000);
    expect(rearmed).toEqual([]);
    expect(queue.alarms).toEqual(new Set([deadlineJobId(soon)]));
  });

  it('counts nothing when a deadline was moved: it has another alarm now', async () => {
    rows.push(inHours(1, 1));
    start();
    await vi.advanceTimersByTimeAsync(0);
    rows[0] = inHours(1, 1.5);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(queue.alarms.size).toBe(2);
    expect(rearmed).toEqual([]);
  });

  it('tries again within seconds while the queue is away, and at once when it is back', async () => {
    rows.push(inHours(1, 1));
    queue.away = true;
    start();
    await vi.advanceTimersByTimeAsync(16_000);
    expect(errors.length).toBeGreaterThan(2);
    queue.away = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(queue.alarms.size).toBe(1);
    queue.alarms.clear();
    queue.comeBack();
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.alarms.size).toBe(1);
    expect(rearmed).toEqual([1]);
  });

  it('asks for no more than ten thousand at a time, soonest first', async () => {
    for (let id = 1; id <= 10_050; id += 1) rows.push({ id, stepAt: new Date(START.getTime() + HOUR_MS + id * 10) });
    start();
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.alarms.size).toBe(10_000);
    expect(queue.alarms).toContain(deadlineJobId(rows[0] ?? inHours(9, 9)));
  });
});
