import { useEffect, useRef, useState } from 'react';
import { api, ask, type Problem } from '../../api/client.ts';
import { toCallForm, problemsOf, type CallForm, type EntryProblem } from './call-entry.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { submitCall, type SavedCall } from './submit-call.ts';

/** The draft goes first, so that a browser that dies while sending still has the form it sent; but not at any price, ms. */
const DRAFT_FIRST_MS = 1_000;
/** A line on which nothing comes back is a cut line, ms. */
const ANSWER_MS = 15_000;

export type Submitting =
  | { readonly kind: 'editing' }
  | { readonly kind: 'sending'; readonly attempts: number }
  | { readonly kind: 'incomplete'; readonly problems: readonly EntryProblem[] }
  | { readonly kind: 'refused'; readonly problem: Problem | null }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'saved'; readonly answer: SavedCall };

/** Saves a call once: its draft's id is its key, in every tab and after every cut. */
export function useSubmit(keeper: DraftKeeper, tellSaved: (answer: SavedCall) => void) {
  const [submitting, setSubmitting] = useState<Submitting>({ kind: 'editing' });
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  async function submit(): Promise<void> {
    if (stopping.current !== null || keeper.state().status === 'closed') return;
    const { entry } = keeper.state();
    const problems = problemsOf(entry);
    if (problems.length > 0) return setSubmitting({ kind: 'incomplete', problems });
    const stop = new AbortController();
    stopping.current = stop;
    setSubmitting({ kind: 'sending', attempts: 0 });
    await Promise.race([keeper.flush(), new Promise((resolve) => setTimeout(resolve, DRAFT_FIRST_MS))]);
    const sent = await submitCall(post, {
      key: keeper.id,
      form: toCallForm(entry),
      signal: stop.signal,
      onWaiting: (attempts) => setSubmitting({ kind: 'sending', attempts }),
    });
    stopping.current = null;
    // What another tab has saved meanwhile stays in sight.
    setSubmitting((now) => (now.kind === 'saved' ? now : sent.kind === 'stopped' ? { kind: 'editing' } : sent));
    if (sent.kind !== 'saved') return;
    tellSaved(sent.answer);
    await keeper.close();
  }

  return {
    submitting,
    submit,
    /** Back to the fields. What was sent may have arrived: the key then tells. */
    stop: (): void => stopping.current?.abort(),
    showSaved: (answer: SavedCall): void => {
      stopping.current?.abort();
      setSubmitting({ kind: 'saved', answer });
    },
  };
}

async function post(key: string, form: CallForm, stopped: AbortSignal): Promise<SavedCall> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(ANSWER_MS)]);
  return ask(api.POST('/api/calls', { params: { header: { 'idempotency-key': key } }, body: form, signal }));
}
