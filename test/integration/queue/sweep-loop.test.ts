import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLoop } from '../../../src/queue/sweep-loop.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (error: unknown): never => {
  throw error;
};

/** A run that takes `ms` of the fake time. */
function takes(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('a loop', () => {
  it('runs at once and then after each pause', async () => {
    const stop = new AbortController();
    const run = vi.fn(() => Promise.resolve());
    const loop = startLoop({ everyMs: 1000, run, signal: stop.signal, onError: never });
    await vi.advanceTimersByTimeAsync(0);
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(3000);
    expect(run).toHaveBeenCalledTimes(4);
    stop.abort();
    await loop.done;
    await vi.advanceTimersByTimeAsync(5000);
    expect(run).toHaveBeenCalledTimes(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('runs at once when kicked in a pause, and once more after a run when kicked in it', async () => {
    const stop = new AbortController();
    const run = vi.fn(() => takes(100));
    const loop = startLoop({ everyMs: 60_000, run, signal: stop.signal, onError: never });
    await vi.advanceTimersByTimeAsync(50);
    for (let kick = 0; kick < 1000; kick += 1) loop.kick();
    expect(run).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(50);
    expect(run).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(2);
    loop.kick();
    await vi.advanceTimersByTimeAsync(0);
    expect(run).toHaveBeenCalledTimes(3);
    stop.abort();
    await vi.advanceTimersByTimeAsync(100);
    await loop.done;
  });

  it('goes on after a run that threw, sooner when told so', async () => {
    const stop = new AbortController();
    const errors: unknown[] = [];
    const run = vi.fn(() => (run.mock.calls.length < 3 ? Promise.reject(new Error('away')) : Promise.resolve()));
    startLoop({
      everyMs: 60_000,
      retryMs: 100,
      run,
      signal: stop.signal,
      onError: (error) => void errors.push(error),
    });
    await vi.advanceTimersByTimeAsync(250);
    expect(run).toHaveBeenCalledTimes(3);
    expect(errors).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(3);
    stop.abort();
  });

  it('lets the run in progress end before it is done, and tells it', async () => {
    const stop = new AbortController();
    let told = false;
    let done = false;
    const loop = startLoop({
      everyMs: 1000,
      run: async (signal) => {
        await takes(500);
        told = signal.aborted;
      },
      signal: stop.signal,
      onError: never,
    });
    void loop.done.then(() => (done = true));
    await vi.advanceTimersByTimeAsync(100);
    stop.abort();
    await vi.advanceTimersByTimeAsync(100);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(300);
    expect({ told, done }).toEqual({ told: true, done: true });
  });

  it('does nothing when it is stopped before it begins', async () => {
    const run = vi.fn(() => Promise.resolve());
    await startLoop({ everyMs: 1, run, signal: AbortSignal.abort(), onError: never }).done;
    expect(run).not.toHaveBeenCalled();
  });

  it('never overlaps itself, and every kick is followed by a run that began after it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 20 }),
        async (runMs, pauses) => {
          const stop = new AbortController();
          let running = 0;
          let most = 0;
          const starts: number[] = [];
          const loop = startLoop({
            everyMs: 1_000_000,
            run: async () => {
              starts.push(Date.now());
              running += 1;
              most = Math.max(most, running);
              await takes(runMs);
              running -= 1;
            },
            signal: stop.signal,
            onError: never,
          });
          let lastKick = Date.now();
          for (const ms of pauses) {
            await vi.advanceTimersByTimeAsync(ms);
            lastKick = Date.now();
            loop.kick();
          }
          await vi.advanceTimersByTimeAsync(2 * runMs + 1);
          expect(most).toBe(1);
          expect(starts.at(-1)).toBeGreaterThanOrEqual(lastKick);
          stop.abort();
          await loop.done;
        },
      ),
    );
  });
});
