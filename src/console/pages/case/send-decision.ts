import { api, ask } from '../../api/client.ts';
import type { paths } from '../../api/schema.ts';
import { canConfirm, correctionOf, type CaseBody, type DecisionDraft } from './decision-draft.ts';

export type Sent = {
  readonly decided: 'confirmed' | 'corrected' | null;
  readonly assignedTo: string | null;
  /** Why the case was not handed on although the verdict was taken: the first of the two acts stands. */
  readonly assignFault: unknown;
};

type CorrectOrder = paths['/api/cases/{id}/correct']['post']['requestBody']['content']['application/json'];

/**
 * Sends what the officer decided, on the version that he was looking at: the verdict first, then the unit, each an act of its own
 * in the history. Safe to repeat after a lost answer: the service takes a version once.
 */
export async function sendDecision(seen: CaseBody, draft: DecisionDraft): Promise<Sent> {
  const decided = await sendVerdict(seen, draft);
  const version = decided?.version ?? seen.version;
  const done = decided?.done ?? null;
  if (!draft.assigning || draft.assignTo === null) return { decided: done, assignedTo: null, assignFault: null };
  try {
    await sendAssignment(seen.id, version, draft.assignTo);
  } catch (fault) {
    if (done === null) throw fault;
    return { decided: done, assignedTo: null, assignFault: fault };
  }
  return { decided: done, assignedTo: draft.assignTo, assignFault: null };
}

type Decided = { readonly done: 'confirmed' | 'corrected'; readonly version: number };

async function sendVerdict(seen: CaseBody, draft: DecisionDraft): Promise<Decided | null> {
  const params = { path: { id: String(seen.id) } };
  const { version } = seen;
  const accusedUnits = [...draft.accused];
  if (draft.correcting && seen.verdict !== null) {
    // The codes come from the registry's closed lists: the service refuses any other.
    const changes = correctionOf(draft.fields, seen.verdict) as Partial<CorrectOrder>;
    const body: CorrectOrder = { version, accusedUnits, reason: draft.reason, ...changes };
    const answer = await ask(api.POST('/api/cases/{id}/correct', { params, body }));
    return { done: 'corrected', version: answer.version };
  }
  if (!canConfirm(seen)) return null;
  const answer = await ask(api.POST('/api/cases/{id}/confirm', { params, body: { version, accusedUnits } }));
  return { done: 'confirmed', version: answer.version };
}

async function sendAssignment(caseId: number, version: number, unit: string): Promise<void> {
  const params = { path: { id: String(caseId) } };
  await ask(api.POST('/api/cases/{id}/assign', { params, body: { version, unit } }));
}
