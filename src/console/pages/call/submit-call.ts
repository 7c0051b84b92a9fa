import { ApiProblem, type Problem } from '../../api/client.ts';
import type { CallForm } from './call-entry.ts';

export type SavedCall =
  | { readonly kind: 'case'; readonly caseId: number; readonly number: string; readonly code: string }
  | { readonly kind: 'invalid'; readonly itemId: number };

export type SubmitAnswer =
  | { readonly kind: 'saved'; readonly answer: SavedCall }
  | { readonly kind: 'refused'; readonly problem: Problem | null }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'stopped' };

/** Pause before the n-th repetition, ms; the last one goes on for ever. */
const PAUSES_MS = [300, 1_000, 2_000] as const;

/**
 * Sends the form under one key until there is an answer: whether a sending that was cut off arrived is known to the service
 * alone, and the key makes the next one harmless (promise: one call is one case).
 */
export async function submitCall(
  post: (key: string, form: CallForm, signal: AbortSignal) => Promise<SavedCall>,
  order: {
    readonly key: string;
    readonly form: CallForm;
    readonly signal: AbortSignal;
    /** Nobody answered, for the n-th time. */
    onWaiting(attempts: number): void;
  },
): Promise<SubmitAnswer> {
  for (let attempts = 1; ; attempts += 1) {
    if (order.signal.aborted) return { kind: 'stopped' };
    try {
      return { kind: 'saved', answer: await post(order.key, order.form, order.signal) };
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.status === 401) return { kind: 'signed-out' };
      if (!mayPass(error.status)) return { kind: 'refused', problem: error.problem };
    }
    if (order.signal.aborted) return { kind: 'stopped' }; // that is why nobody answered
    order.onWaiting(attempts);
    await pause(PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1] ?? 0, order.signal);
  }
}

function mayPass(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
