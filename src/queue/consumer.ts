import type { Job } from 'bullmq';
import type { Logger } from '../platform/logger.ts';
import { PAYLOADS, type Handler, type QueueName } from './contracts.ts';
import type { JobWorker, Processor, QueueEngine } from './engine.ts';
import type { QueueCounts } from './queue-counts.ts';
import { within } from './within.ts';

const RELEASE_MS = 2_000;
/** Within the 20 s that a process has for closing everything. */
const FINISH_MS = 10_000;
const DISCONNECT_MS = 2_000;

export type Consumer = {
  /** Takes no more jobs and gives running handlers ten seconds. Also returns when the store is away. */
  close(): Promise<void>;
};

export type ConsumerOptions<N extends QueueName> = {
  readonly engine: QueueEngine;
  readonly name: N;
  readonly handler: Handler<N>;
  readonly concurrency: number;
  readonly counts: QueueCounts;
  readonly log: Pick<Logger, 'warn' | 'error'>;
};

export async function startConsumer<N extends QueueName>(options: ConsumerOptions<N>): Promise<Consumer> {
  const { engine, name, concurrency } = options;
  const processor = createProcessor(options);
  const running = new Set<Promise<void>>();
  const tracked: Processor = (job) => {
    const run = processor(job);
    running.add(run);
    return run.finally(() => running.delete(run));
  };
  const worker = await engine.openWorker(name, tracked, concurrency);
  return { close: () => closeWorker(worker, running, engine.usable) };
}

/** Never rejects: a job is done when it was tried. What it failed to do is still in its row, for the sweeper. */
function createProcessor<N extends QueueName>(options: ConsumerOptions<N>): Processor {
  const { name, handler, counts, log } = options;
  return async (job) => {
    // A forged job, or one from another version, says nothing that may be believed. Its fields are not logged either.
    const parsed = PAYLOADS[name].safeParse(job.data);
    if (!parsed.success) {
      counts.jobsRefused += 1;
      log.warn({ queue: name }, 'a job with a foreign payload was dropped');
      return;
    }
    try {
      await releaseDoorbell(job);
      await handler(parsed.data as Parameters<Handler<N>>[0]); // as: TypeScript does not tie the schema at [N] to N
      counts.jobsHandled += 1;
    } catch (error) {
      counts.jobsFailed += 1;
      log.error({ queue: name, err: error }, 'a job failed and was dropped, its row stays');
    }
  };
}

/**
 * From here on a hint makes a new job. Hints that were swallowed until now were sent after their row was committed, and
 * the handler only now begins to read: it sees those rows. So none is lost, and another worker can take the new job
 * while this one still works.
 */
async function releaseDoorbell(job: Job): Promise<void> {
  if (job.deduplicationId === undefined) return;
  try {
    await within(RELEASE_MS, job.removeDeduplicationKey());
  } catch {
    // The key goes with the job at the latest. Hints swallowed meanwhile wait for the timer.
  }
}

async function closeWorker(
  worker: JobWorker,
  running: ReadonlySet<Promise<void>>,
  usable: () => boolean,
): Promise<void> {
  await worker.pause(true);
  await within(FINISH_MS, Promise.allSettled(running));
  // BullMQ's friendly close waits for Redis to hear that the jobs are done, for hours if need be.
  await within(DISCONNECT_MS, worker.close(!usable()));
}
