import { classify } from './classify.ts';
import type { RuleSet } from './rule-set.ts';
import type { ClassifyInput, Verdict } from './verdict.ts';

/** What a rule change would have changed about one text of the past. */
export type ReplayChange = {
  readonly id: number | string;
  readonly fields: readonly { readonly field: ReplayField; readonly before: string; readonly after: string }[];
};

export const REPLAY_FIELDS = ['kind', 'category', 'unit', 'lane', 'urgent', 'review', 'deny'] as const;
export type ReplayField = (typeof REPLAY_FIELDS)[number];

/** Compares two rule sets on one text; null when nothing that matters to anybody changes. */
export function replayText(
  before: RuleSet,
  after: RuleSet,
  id: number | string,
  input: ClassifyInput,
): ReplayChange | null {
  return verdictChanges(id, classify(before, input), classify(after, input));
}

/** What differs between two verdicts on one text; null when nothing that matters to anybody does. */
export function verdictChanges(id: number | string, old: Verdict, now: Verdict): ReplayChange | null {
  const fields = REPLAY_FIELDS.map((field) => ({ field, before: shown(old, field), after: shown(now, field) })).filter(
    (change) => change.before !== change.after,
  );
  return fields.length === 0 ? null : { id, fields };
}

/** How many texts move from which answer to which, the most frequent first. */
export function countMoves(
  changes: readonly ReplayChange[],
): readonly { readonly field: ReplayField; readonly before: string; readonly after: string; readonly texts: number }[] {
  const moves = new Map<string, { field: ReplayField; before: string; after: string; texts: number }>();
  for (const { field, before, after } of changes.flatMap(({ fields }) => fields)) {
    const key = JSON.stringify([field, before, after]);
    const move = moves.get(key) ?? { field, before, after, texts: 0 };
    move.texts += 1;
    moves.set(key, move);
  }
  const order = (field: ReplayField): number => REPLAY_FIELDS.indexOf(field);
  return [...moves.values()].toSorted((a, b) => order(a.field) - order(b.field) || b.texts - a.texts);
}

function shown(verdict: Verdict, field: ReplayField): string {
  const value = verdict[field];
  if (value === null) return '-';
  if (typeof value === 'object') return value.length === 0 ? '-' : value.toSorted().join(' ');
  return String(value);
}
