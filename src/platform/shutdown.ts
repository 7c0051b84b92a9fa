import type { Logger } from './logger.ts';

/** Calendar milliseconds that everything together may take to close after SIGTERM or SIGINT. */
const LIMIT_MS = 20_000;

export type Shutdown = {
  /** Aborted as soon as closing begins: loops watch it and take no new work. */
  readonly signal: AbortSignal;
  /** Whoever opens something adds its close. Closed in reverse order, one after the other. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Closes everything once; later calls wait for the first. A close that fails is logged and the others still run. */
  close(): Promise<void>;
  /** The part that is closing at this moment, for whoever waits too long; null when none is. */
  pending(): string | null;
};

export function createShutdown(log: Logger): Shutdown {
  const controller = new AbortController();
  const closers: { readonly name: string; readonly close: () => Promise<void> | void }[] = [];
  let closing: Promise<void> | undefined;
  let pending: string | null = null;

  const closeAll = async (): Promise<void> => {
    controller.abort();
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) {
      pending = last.name;
      try {
        await last.close();
      } catch (error) {
        log.error({ part: last.name, err: error }, 'could not close cleanly');
      }
    }
    pending = null;
  };

  return {
    signal: controller.signal,
    add: (name, close) => {
      closers.push({ name, close });
    },
    close: () => (closing ??= closeAll()),
    pending: () => pending,
  };
}

/**
 * Ties a shutdown to the life of this process. SIGTERM or SIGINT closes everything and exits 0, or 1 when that took
 * longer than 20 s; a second signal exits at once. An error nobody caught is logged and ends the process with 1: after
 * it nothing is known about the state, and the supervisor's restart begins from what was committed.
 */
export function closeOnSignals(shutdown: Shutdown, log: Logger): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (shutdown.signal.aborted) process.exit(1);
    log.info({ signal }, 'closing');
    setTimeout(() => {
      log.error({ limitMs: LIMIT_MS, part: shutdown.pending() }, 'closing took too long');
      process.exit(1);
    }, LIMIT_MS).unref();
    void shutdown.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);

  const onUncaught = (error: unknown): void => {
    log.fatal({ err: error }, 'unexpected error, the process ends');
    process.exit(1);
  };
  process.on('uncaughtException', onUncaught);
  process.on('unhandledRejection', onUncaught);
}
