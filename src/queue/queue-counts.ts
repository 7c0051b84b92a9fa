import type { Logger } from '../platform/logger.ts';

/** What happened since the process started. Read for metrics; nothing decides on it. */
export type QueueCounts = {
  hintsSent: number;
  /** Hints given up because the queue was away, full or slow. Each costs at most one period of the sweeper. */
  hintsDropped: number;
  jobsHandled: number;
  /** Handlers that threw. The job is gone, the row is still there. */
  jobsFailed: number;
  /** Payloads of another version, or not ours at all. */
  jobsRefused: number;
  /** Errors of the store below, mostly lost connections. */
  errors: number;
};

export function createQueueCounts(): QueueCounts {
  return { hintsSent: 0, hintsDropped: 0, jobsHandled: 0, jobsFailed: 0, jobsRefused: 0, errors: 0 };
}

const QUIET_MS = 10_000;

/** Counts every error of the store and logs one in ten seconds: an outage of hours must not fill the disk. */
export function createErrorSink(counts: QueueCounts, log: Pick<Logger, 'warn'>): (error: unknown) => void {
  let quietUntil = 0;
  return (error) => {
    counts.errors += 1;
    const now = performance.now();
    if (now < quietUntil) return;
    quietUntil = now + QUIET_MS;
    log.warn({ err: error, reply: replyCode(error), errors: counts.errors }, 'the queue has trouble');
  };
}

/** Redis puts its error code first in the reply (OOM, READONLY, NOAUTH ...); the rest of it may hold anything. */
function replyCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'ReplyError') return undefined;
  return /^[A-Z]{2,20}\b/u.exec(error.message)?.[0];
}
