import { Fault } from '../platform/fault.ts';
import type { ReadResult } from './item.ts';
import type { HtmlPage, ReadJob } from './read-item.ts';
import {
  LARGE_BYTES,
  startReaderProcess,
  type Crash,
  type PendingJob,
  type ReaderLimits,
  type ReaderProcess,
} from './reader-process.ts';

export type ReaderPoolOptions = Omit<ReaderLimits, 'timeoutMs' | 'memoryMb'> & {
  readonly maxChildren: number;
  /** Wall time for one job, in ms. */
  readonly timeoutMs?: number;
  /** Resident memory of one reading process, in MB. */
  readonly memoryMb?: number;
};

export type ReaderPool = {
  /**
   * Reads one item in a process of its own. Many may be asked for at once: what does not fit into the processes waits
   * here. A job that kills its process is answered with the crash and no other job notices.
   */
  readonly read: (job: ReadJob) => Promise<ReadResult | Crash>;
  /** The HTML of a raw mail as a harmless page, made in the same processes under the same caps. */
  readonly readHtml: (bytes: Buffer) => Promise<HtmlPage | Crash>;
  /** Every process takes what `rules` answers now; rules that do not load change nothing. */
  readonly reload: () => void;
  readonly close: () => Promise<void>;
};

/** Jobs in flight to one process: enough that it never waits for the next, few enough that a slow one holds up few. */
const MAX_JOBS = 4;
/** A process that works on one job for longer gets help, and the jobs behind it move on. */
const SLOW_MS = 500;
const IDLE_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 100;
const MAX_FAILED_STARTS = 3;

type Pool = {
  readonly limits: ReaderLimits;
  readonly maxChildren: number;
  readonly waiting: PendingJob[];
  readonly readers: ReaderProcess[];
  failedStarts: number;
  closed: boolean;
};

/** Keeps one warm reading process, and more only while they are needed. Close it: processes hold the program open. */
export function createReaderPool(options: ReaderPoolOptions): ReaderPool {
  const { maxChildren, timeoutMs = 20_000, memoryMb = 512, ...rest } = options;
  const pool: Pool = {
    limits: { ...rest, timeoutMs, memoryMb },
    maxChildren,
    waiting: [],
    readers: [],
    failedStarts: 0,
    closed: false,
  };
  addReader(pool);
  const look = setInterval(() => lookAround(pool), LOOK_EVERY_MS);
  look.unref();
  return {
    read: (job) =>
      new Promise((resolve, reject) =>
        enqueue(pool, {
          job,
          reject,
          resolve: (result) => (result.kind === 'html' ? reject(mixedUp()) : resolve(result)),
        }),
      ),
    readHtml: (bytes) =>
      new Promise((resolve, reject) =>
        enqueue(pool, {
          job: { source: 'mail-html', bytes },
          reject,
          resolve: (result) =>
            result.kind === 'html' || result.kind === 'crashed' ? resolve(result) : reject(mixedUp()),
        }),
      ),
    reload: () => pool.readers.forEach((reader) => reader.reload()),
    close: async () => {
      pool.closed = true;
      clearInterval(look);
      rejectWaiting(pool, closedFault());
      await Promise.all(pool.readers.map((reader) => reader.end()));
    },
  };
}

function enqueue(pool: Pool, pending: PendingJob): void {
  if (pool.readers.length === 0) pool.failedStarts = 0; // all starts failed before: try again
  pool.waiting.push(pending);
  distribute(pool);
}

function addReader(pool: Pool): void {
  const reader = startReaderProcess(pool.limits, {
    onFree: () => {
      pool.failedStarts = 0;
      retireWorn(pool);
      distribute(pool);
    },
    onUnusable: () => distribute(pool),
    onEnd: (ended, lost, started) => {
      pool.readers.splice(pool.readers.indexOf(ended), 1);
      if (!started) pool.failedStarts++;
      requeue(pool, lost);
      distribute(pool);
    },
  });
  pool.readers.push(reader);
}

/** Hands waiting jobs to the first process with room, and starts one when there is none left. */
function distribute(pool: Pool): void {
  if (pool.closed) return rejectWaiting(pool, closedFault());
  if (pool.readers.length === 0) startAgain(pool);
  if (pool.readers.every((reader) => reader.state() === 'unusable')) {
    return rejectWaiting(pool, new Fault('rules.invalid', 'the rules do not load, nothing can be read'));
  }
  for (let next = pool.waiting[0]; next !== undefined; next = pool.waiting[0]) {
    const bytes = next.job.bytes.length;
    const free = pool.readers.find((reader) => hasRoom(reader, bytes));
    if (free === undefined) return;
    pool.waiting.shift();
    free.give(next);
  }
}

function startAgain(pool: Pool): void {
  if (pool.failedStarts < MAX_FAILED_STARTS) return addReader(pool);
  rejectWaiting(pool, new Fault('internal', 'reading processes do not start', { retryable: true }));
}

function hasRoom(reader: ReaderProcess, bytes: number): boolean {
  if (reader.state() !== 'ready' || reader.worn() || reader.busyMs() > SLOW_MS) return false;
  const load = reader.load();
  return load.jobs === 0 || (load.jobs < MAX_JOBS && load.bytes + bytes <= LARGE_BYTES);
}

/** Every 100 ms: moves jobs away from behind a slow one, helps when all are slow, lets idle helpers go. */
function lookAround(pool: Pool): void {
  const slow = pool.readers.filter((reader) => reader.busyMs() > SLOW_MS);
  for (const reader of slow) requeue(pool, reader.takeBack());
  const canStart =
    pool.readers.length < pool.maxChildren && pool.readers.every((reader) => reader.state() !== 'starting');
  if (pool.waiting.length > 0 && slow.length === pool.readers.length && canStart) addReader(pool);
  distribute(pool);
  const idle = pool.readers.filter((reader) => reader.load().jobs === 0);
  const helper = pool.readers.length > 1 ? idle.at(-1) : undefined;
  if (helper !== undefined && performance.now() - helper.idleSince() > IDLE_LIMIT_MS) void helper.end();
}

/** A process keeps the memory of the largest thing it read; the next job must not be charged for it. */
function retireWorn(pool: Pool): void {
  for (const reader of pool.readers.filter((each) => each.worn())) {
    requeue(pool, reader.takeBack());
    if (reader.load().jobs === 0) void reader.end();
  }
}

/** Back to the front: these were asked for first. */
function requeue(pool: Pool, jobs: readonly PendingJob[]): void {
  pool.waiting.unshift(...jobs);
}

function rejectWaiting(pool: Pool, fault: Fault): void {
  for (const { reject } of pool.waiting.splice(0)) reject(fault);
}

function mixedUp(): Fault {
  return new Fault('internal', 'a reading process answered another job than it was given');
}

function closedFault(): Fault {
  return new Fault('internal', 'the reader pool is closed', { retryable: true });
}
