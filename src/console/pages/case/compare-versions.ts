import {
  accusedOf,
  fieldsOf,
  sameUnits,
  type CaseBody,
  type DecisionDraft,
  type VerdictFields,
} from './decision-draft.ts';

export type FieldValue = string | number | boolean | readonly string[] | null;

/** A field in which a newer case differs from what an officer saw, or from what he filled in since. Values are codes. */
export type Difference = {
  readonly field: DecisionField;
  readonly yours: FieldValue;
  /** He filled in something of his own there; otherwise `yours` is what he saw. */
  readonly own: boolean;
  readonly theirs: FieldValue;
};
type Facts = Readonly<Partial<Record<DecisionField, FieldValue>>>;
export type DecisionField = keyof VerdictFields | 'accused' | 'state' | 'confirmed' | 'assignedUnit';

/**
 * What somebody else changed under the officer's hands: every field that is no longer as he saw it, beside what he has filled in
 * there. Empty when the change lies elsewhere (a note, a letter, a clock), so that his input goes on top of it unharmed.
 */
export function compareVersions(seen: CaseBody, draft: DecisionDraft, now: CaseBody): readonly Difference[] {
  const before = factsOf(seen);
  const after = factsOf(now);
  const filled: Facts = { ...draft.fields, accused: draft.accused };
  return DECISION_FIELDS.filter((field) => !same(before[field], after[field])).map((field) => {
    const yours = filled[field] === undefined ? before[field] : filled[field];
    return { field, yours: yours ?? null, own: !same(before[field], yours), theirs: after[field] ?? null };
  });
}

/** Moves the officer's input onto a newer case: what he changed stays his, what he left alone becomes what it says now. */
export function rebase(seen: CaseBody, draft: DecisionDraft, now: CaseBody, fresh: DecisionDraft): DecisionDraft {
  if (seen.verdict === null) return fresh;
  const was = fieldsOf(seen.verdict);
  const kept = Object.entries(draft.fields).filter(([name, value]) => value !== was[name as keyof VerdictFields]);
  const ownAccused = !sameUnits(draft.accused, accusedOf(seen));
  const correcting = draft.correcting || kept.length > 0 || (ownAccused && now.confirmed);
  return {
    ...fresh,
    correcting,
    fields: { ...fresh.fields, ...Object.fromEntries(kept) },
    accused: ownAccused ? draft.accused : fresh.accused,
    nobodyAccused: ownAccused ? draft.nobodyAccused : fresh.nobodyAccused,
    reason: draft.reason,
    assigning: draft.assigning,
    assignTo: draft.assignTo,
  };
}

const DECISION_FIELDS: readonly DecisionField[] = [
  'state',
  'confirmed',
  'kind',
  'category',
  'secondary',
  'lane',
  'unit',
  'level',
  'place',
  'urgent',
  'accused',
  'assignedUnit',
];

function factsOf(body: CaseBody): Facts {
  return {
    ...(body.verdict === null ? {} : fieldsOf(body.verdict)),
    accused: accusedOf(body),
    state: body.state.code,
    confirmed: body.confirmed,
    assignedUnit: body.assignedUnit?.code ?? null,
  };
}

function same(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) return sameUnits(a, b);
  return a === b;
}
