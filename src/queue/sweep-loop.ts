export type Loop = {
  /** Runs soon instead of at the next tick. During a run it asks for one more afterwards, because that run may have looked too early. */
  kick(): void;
  /** Resolves when the loop was stopped by its signal and its last run has ended. */
  readonly done: Promise<void>;
};

export type LoopOptions = {
  /** Pause between the end of one run and the start of the next (ms). The first run starts at once. */
  readonly everyMs: number;
  /** Pause after a run that threw (ms). Default: `everyMs`. */
  readonly retryMs?: number;
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
};

/**
 * Runs `run` again and again, never twice at a time, until `signal` aborts. This is the timer every worker keeps beside
 * its hints: with it alone everything still happens, only later.
 */
export function startLoop({ everyMs, retryMs = everyMs, run, signal, onError }: LoopOptions): Loop {
  let kicked = false;
  let wake: () => void = () => undefined;

  /** Ends early by `kick()` or by the signal. */
  function pause(ms: number): Promise<void> {
    if (kicked || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function runOnce(): Promise<number> {
    kicked = false;
    try {
      await run(signal);
      return everyMs;
    } catch (error) {
      onError(error);
      return retryMs;
    }
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) await pause(await runOnce());
  }

  signal.addEventListener('abort', () => wake(), { once: true });
  const done = loop();
  return {
    kick() {
      kicked = true;
      wake();
    },
    done,
  };
}
