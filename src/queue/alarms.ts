import { Fault } from '../platform/fault.ts';
import { deadlineJobId, deadlinePayload, type DueStep } from './contracts.ts';
import { DROPPED, type JobQueue, type QueueEngine } from './engine.ts';
import { within } from './within.ts';

const PATIENCE_MS = 10_000;
const BATCH = 500;

/** The database measures `due_at` in microseconds and on its own clock; an alarm a moment early would ring for nothing. */
const MARGIN_MS = 100;

/** Sets the alarms that are missing and returns how many. Throws a retryable Fault when the queue does not take them. */
export async function armMissing(engine: QueueEngine, queue: JobQueue, steps: readonly DueStep[]): Promise<number> {
  if (steps.length === 0) return 0;
  const ids = steps.map(deadlineJobId);
  if (!engine.usable()) throw away(engine);
  try {
    const known = await within(PATIENCE_MS, queue.getRanges(['delayed', 'wait', 'active'], 0, -1));
    if (known.kind === 'late') throw away(engine);
    const armed = new Set(known.value);
    const missing = steps.filter((_, index) => !armed.has(ids[index] ?? ''));
    const added = await within(PATIENCE_MS, addAlarms(queue, missing));
    if (added.kind === 'late') throw away(engine);
    return missing.length;
  } catch (cause) {
    throw cause instanceof Fault ? cause : away(engine, cause);
  }
}

/** Adding one that is there already changes nothing. `Date.now()` and not a port: BullMQ adds the delay to this clock. */
export async function addAlarms(queue: JobQueue, steps: readonly DueStep[]): Promise<void> {
  for (let start = 0; start < steps.length; start += BATCH) {
    const now = Date.now();
    await queue.addBulk(
      steps.slice(start, start + BATCH).map((step) => ({
        name: 'deadline',
        data: deadlinePayload(step),
        opts: {
          ...DROPPED,
          jobId: deadlineJobId(step),
          // A whole number: PostgreSQL stores it as bigint.
          delay: Math.max(0, Math.ceil(step.stepAt.getTime() - now) + MARGIN_MS),
        },
      })),
    );
  }
}

function away({ kind }: QueueEngine, cause?: unknown): Fault {
  const code = kind === 'redis' ? 'redis.unreachable' : 'database.unreachable';
  return new Fault(code, 'The queue did not take the alarms.', { retryable: true, cause });
}
