import type { Clock } from '../casework/ports.ts';
import type { QueueBackend } from './backend.ts';
import { ARMING_HORIZON_MS, deadlineJobId, type DueStep } from './contracts.ts';
import { startLoop, type Loop } from './sweep-loop.ts';

/** A pass reads at most this many, soonest first: bounds memory when half a million fall due at once. */
const LIMIT = 10_000;
/** After a failed pass: the queue or the database is away. */
const RETRY_MS = 5_000;
/** An alarm this close to ringing is set again like any other but not counted as forgotten: it may just have rung. */
const RINGING_MS = 10_000;

export type ArmingOptions = {
  /** Armed steps that fall due within `horizonMs`, soonest first, at most `limit`. Overdue ones are the sweeper's. */
  readonly dueSoon: (horizonMs: number, limit: number) => Promise<readonly DueStep[]>;
  readonly queue: Pick<QueueBackend, 'armDeadlines' | 'onReturn'>;
  readonly everyMs?: number;
  readonly horizonMs?: number;
  readonly clock: Clock;
  /** Alarms that were set and had vanished. More than 0 means that Redis forgot something. */
  readonly onRearmed: (count: number) => void;
  readonly onError: (error: unknown) => void;
  readonly signal: AbortSignal;
};

/**
 * Sets an alarm for every deadline due soon: at the start, every 45 seconds, and as soon as Redis is back. So the queue
 * never holds more than two hours, and whatever it loses is there again.
 */
export function armingLoop(options: ArmingOptions): Loop {
  const { dueSoon, queue, clock, onRearmed, onError, signal } = options;
  const { everyMs = 45_000, horizonMs = ARMING_HORIZON_MS } = options;
  let armed: ReadonlySet<string> = new Set();

  async function arm(): Promise<void> {
    const steps = await dueSoon(horizonMs, LIMIT);
    const ringing = clock.now().getTime() + RINGING_MS;
    const known = steps.filter((step) => armed.has(deadlineJobId(step)) && step.stepAt.getTime() > ringing);
    const forgotten = await queue.armDeadlines(known);
    if (forgotten > 0) onRearmed(forgotten);
    await queue.armDeadlines(steps); // the rest; those above are there by now and stay as they are
    armed = new Set(steps.map(deadlineJobId)); // what is no longer due soon has rung or was cancelled
  }

  const loop = startLoop({ everyMs, retryMs: RETRY_MS, run: arm, signal, onError });
  queue.onReturn(loop.kick);
  return loop;
}
