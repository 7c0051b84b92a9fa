import type { WakeUps } from '../casework/ports.ts';
import { ARMING_HORIZON_MS, type DueStep } from './contracts.ts';
import type { QueueCounts } from './queue-counts.ts';
import { within } from './within.ts';

/** When Redis hangs, `add` neither resolves nor rejects (measured: still pending after 8 s). */
const PATIENCE_MS = 2_000;
/** Deadlines held back while one batch is on its way; what does not fit is left to the arming loop. */
const MAX_HELD = 1_000;

export type WakeUpOptions = {
  readonly usable: () => boolean;
  readonly ring: (name: 'triage' | 'letters') => Promise<unknown>;
  readonly arm: (steps: readonly DueStep[]) => Promise<unknown>;
  readonly counts: QueueCounts;
};

/**
 * Hints that return at once whatever state the queue is in, and never throw. A thousand of them in a row become two
 * commands: one on its way, and one after it, because the first may have been read before the last row was written.
 */
export function createWakeUps({ usable, ring, arm, counts }: WakeUpOptions): WakeUps {
  async function attempt(send: () => Promise<unknown>): Promise<void> {
    try {
      const sent = usable() && (await within(PATIENCE_MS, send())).kind === 'settled';
      counts[sent ? 'hintsSent' : 'hintsDropped'] += 1;
    } catch {
      counts.hintsDropped += 1; // counted and no more: the sweeper finds the row
    }
  }

  const held = new Set<DueStep>();
  function sendHeld(): Promise<unknown> {
    const steps = [...held];
    held.clear();
    return arm(steps);
  }
  const armHeld = oneAtATime(() => attempt(sendHeld));

  return {
    triage: oneAtATime(() => attempt(() => ring('triage'))),
    letters: oneAtATime(() => attempt(() => ring('letters'))),
    deadline(deadlineId, stepAt) {
      if (stepAt.getTime() - Date.now() > ARMING_HORIZON_MS) return; // the arming loop comes by in time
      if (held.size >= MAX_HELD || !usable()) {
        counts.hintsDropped += 1;
        return;
      }
      held.add({ id: deadlineId, stepAt });
      armHeld();
    },
  };
}

/** Calls during a run become one more run after it. `work` never rejects. */
function oneAtATime(work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  return function start(): void {
    again = running;
    if (running) return;
    running = true;
    void work().finally(() => {
      running = false;
      if (again) start();
    });
  };
}
