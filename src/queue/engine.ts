import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendFactory, IQueueBackend, Job, JobsOptions } from 'bullmq';
import type { QueueName } from './contracts.ts';

/** What we use of BullMQ's Queue, whichever store is below it. */
export type JobQueue = {
  add(name: string, payload: object, options: JobsOptions): Promise<unknown>;
  addBulk(jobs: { name: string; data: object; opts: JobsOptions }[]): Promise<unknown>;
  /** Ids of the jobs in these states. Both bounds are inclusive, -1 is the last one. */
  getRanges(states: ('delayed' | 'wait' | 'active')[], start: number, end: number): Promise<string[]>;
  close(): Promise<void>;
};

/** What we use of BullMQ's Worker. */
export type JobWorker = {
  pause(doNotWaitActive: boolean): Promise<void>;
  close(force: boolean): Promise<void>;
};

export type Processor = (job: Job) => Promise<void>;

/** The store below BullMQ. */
export type QueueEngine = {
  readonly kind: 'redis' | 'postgres';
  openQueue(name: QueueName): Promise<JobQueue>;
  openWorker(name: QueueName, processor: Processor, concurrency: number): Promise<JobWorker>;
  /** False when a command would only wait for a connection to come back. */
  usable(): boolean;
  ping(): Promise<unknown>;
  /** The store is back after a lost connection and may have forgotten everything. */
  onReturn(listener: () => void): void;
  /** Cuts every connection, whatever state it is in. */
  close(): Promise<void>;
};

/** Nobody reads BullMQ's event log; on PostgreSQL 0 would mean that it is never trimmed. */
export const QUEUE_OPTIONS = { streams: { events: { maxLen: 100 } } } as const;

export const WORKER_OPTIONS = {
  // A worker that died gives its job back after 10 to 15 s instead of 60 (measured). The sweeper would find the row anyway.
  lockDuration: 10_000,
  stalledInterval: 5_000,
  runRetryDelay: 1_000,
  // Seconds, not ms: how long an idle worker blocks. Jobs wake it (BZPOPMIN, LISTEN), so this is only how often it looks
  // by itself. The default of 5 s is six times as many queries for nothing.
  drainDelay: 30,
} as const;

/** Nothing is kept of a finished job: a kept one would swallow every later job of the same id (measured). */
export const DROPPED: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** Redis that answers OOM or READONLY fails at once, and BullMQ asks again at once: 8,000 errors a second, half a core. */
const REFUSED_CLAIM_PAUSE_MS = 1_000;

/** The backend of `factory`, but a claim that fails does so no faster than once a second. */
export function withPatience<B extends IQueueBackend, C>(factory: BackendFactory<B, C>): BackendFactory<B, C> {
  return (name, options, role) => {
    const backend = factory(name, options, role);
    const claim = backend.moveToActive.bind(backend);
    backend.moveToActive = async (token, workerName) => {
      try {
        return await claim(token, workerName);
      } catch (error) {
        await sleep(REFUSED_CLAIM_PAUSE_MS);
        throw error;
      }
    };
    return backend;
  };
}
