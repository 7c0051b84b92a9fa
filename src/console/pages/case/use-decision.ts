import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { compareVersions, rebase, type Difference } from './compare-versions.ts';
import {
  canConfirm,
  draftOf,
  isTouched,
  type CaseBody,
  type DecisionDraft,
  type VerdictFields,
} from './decision-draft.ts';
import { gapsOf, type DecisionGap } from './decision-gaps.ts';
import { sendDecision, type Sent } from './send-decision.ts';

type Held = {
  /** The case as the officer saw it when he began. Everything he fills in is about this version. */
  readonly seen: CaseBody;
  readonly draft: DecisionDraft | null;
  /** He has pressed the button: from here on nothing may change without his knowing. */
  readonly pressed: boolean;
  /** His own decision is stored: the next version is the answer to it, not somebody else's change. */
  readonly settled: boolean;
};

export type DecisionAct = 'confirm' | 'confirmAndAssign' | 'saveCorrection' | 'saveAndAssign' | 'assign';

export type Decision = {
  readonly seen: CaseBody;
  readonly draft: DecisionDraft;
  /** What the one button would do; null: nothing that could be done is chosen. */
  readonly act: DecisionAct | null;
  readonly gaps: readonly DecisionGap[];
  /** The button may be pressed. */
  readonly ready: boolean;
  readonly touched: boolean;
  /** What somebody else changed since; null while there is nothing to settle. */
  readonly conflict: readonly Difference[] | null;
  readonly sending: boolean;
  readonly fault: unknown;
  change(part: Partial<DecisionDraft>): void;
  changeFields(part: Partial<VerdictFields>): void;
  send(): void;
  reset(): void;
  takeTheirs(): void;
  keepMine(): void;
};

/** What an officer fills in about a case, held against every newer version of it. null when there is no verdict to decide on. */
export function useDecision(now: CaseBody, onSent: (sent: Sent) => Promise<void>): Decision | null {
  const [held, setHeld] = useState<Held>(() => fresh(now));
  const current = held.seen.version === now.version ? held : follow(held, now);
  if (current !== held) setHeld(current);
  const mutation = useMutation({
    mutationFn: async ({ seen, draft }: { seen: CaseBody; draft: DecisionDraft }) => sendDecision(seen, draft),
    onSuccess: async (sent) => {
      setHeld((before) => ({ ...before, settled: true }));
      await onSent(sent);
    },
    onError: async (fault) => {
      if (fault instanceof ApiProblem && fault.status === 409) await onSent(NOTHING_SENT);
    },
  });
  const { seen, draft, pressed } = current;
  if (draft === null) return null;
  const gaps = gapsOf(draft, seen);
  const change = (part: Partial<DecisionDraft>): void => setHeld({ ...current, draft: { ...draft, ...part } });
  // While our own order is under way its effect may arrive before its answer.
  const conflict = seen.version === now.version || mutation.isPending ? null : compareVersions(seen, draft, now);
  const act = actOf(seen, draft);
  const ready = act !== null && gaps.length === 0 && conflict === null && !mutation.isPending;
  return {
    seen,
    draft,
    act,
    gaps,
    ready,
    touched: pressed || isTouched(draft, seen),
    conflict,
    sending: mutation.isPending,
    fault: faultOf(mutation),
    change,
    changeFields: (part) => change({ fields: { ...draft.fields, ...part } }),
    send: () => {
      if (!ready) return;
      setHeld({ ...current, pressed: true });
      mutation.mutate({ seen, draft });
    },
    reset: () => {
      mutation.reset();
      setHeld(fresh(seen));
    },
    takeTheirs: () => {
      mutation.reset();
      setHeld(fresh(now));
    },
    keepMine: () => {
      mutation.reset();
      setHeld(rebased(current, now));
    },
  };
}

function faultOf({ error, data }: { readonly error: unknown; readonly data: Sent | undefined }): unknown {
  return error ?? data?.assignFault ?? null;
}

function actOf(seen: CaseBody, { correcting, assigning }: DecisionDraft): DecisionAct | null {
  if (correcting) return assigning ? 'saveAndAssign' : 'saveCorrection';
  if (canConfirm(seen)) return assigning ? 'confirmAndAssign' : 'confirm';
  return seen.confirmed && assigning ? 'assign' : null;
}

const NOTHING_SENT: Sent = { decided: null, assignedTo: null, assignFault: null };

function fresh(seen: CaseBody): Held {
  return { seen, draft: draftOf(seen), pressed: false, settled: false };
}

/** A newer case is here. It is taken over at once unless the officer's input is about what changed. */
function follow(held: Held, now: CaseBody): Held {
  const { seen, draft, pressed, settled } = held;
  if (draft === null || settled || !(pressed || isTouched(draft, seen))) return fresh(now);
  return compareVersions(seen, draft, now).length === 0 ? rebased(held, now) : held;
}

function rebased({ seen, draft }: Held, now: CaseBody): Held {
  const start = fresh(now);
  if (draft === null || start.draft === null) return start;
  return { ...start, draft: rebase(seen, draft, now, start.draft) };
}
