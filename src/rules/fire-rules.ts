import { countOf, firstEndingFrom, SENTENCE_UNITS } from './countable-words.ts';
import type { CountableWords } from './countable-words.ts';
import { stretchOf } from './find-occurrences.ts';
import type { Occurrences } from './find-occurrences.ts';
import type { NormalText } from './normal-text.ts';
import type { Rule, RuleSet, Scope } from './rule-set.ts';

/** A rule that found its words. `start`/`end` are folded positions of the first, or best, place. */
export type Firing = { readonly rule: Rule; readonly score: number; readonly start: number; readonly end: number };

/** A text as far as it is understood; all parts belong to one call. */
export type Reading = {
  readonly text: NormalText;
  readonly found: Occurrences;
  readonly words: CountableWords;
  /** First folded unit after the subject; 0 when there is none. */
  readonly subjectEnd: number;
};

const OPENING_UNITS = 80;
/** Hostile repetition: past this many places of its first word a rule has seen enough. */
const MAX_PIVOTS = 300;

type Span = { start: number; end: number };

function reachOf(scope: Scope): number {
  switch (scope.kind) {
    case 'clause':
    case 'sentence':
      return SENTENCE_UNITS;
    case 'window':
      return scope.units;
    case 'text':
      return Infinity;
  }
}

function sharesScope(text: NormalText, scope: Scope, a: number, b: number): boolean {
  if (scope.kind === 'clause') return text.clause[a] === text.clause[b];
  return scope.kind !== 'sentence' || text.sentence[a] === text.sentence[b];
}

/** A word of `term` in scope of the pivot, nearest first in reading order; -1 when there is none. */
function findPartner(reading: Reading, scope: Scope, term: number, pivot: Span): number {
  const { text, found, words } = reading;
  const reach = reachOf(scope);
  if (reach === Infinity) return countOf(words, term) > 0 ? (words.index[words.from[term] as number] as number) : -1;
  const to = words.to[term] as number;
  for (let k = firstEndingFrom(found, words, term, pivot.start - reach); k < to; k += 1) {
    const i = words.index[k] as number;
    const start = found.start[i] as number;
    if (start > pivot.end + reach) return -1;
    if (sharesScope(text, scope, start, pivot.start)) return i;
  }
  return -1;
}

function widen(span: Span, found: Occurrences, partner: number): void {
  span.start = Math.min(span.start, found.start[partner] as number);
  span.end = Math.max(span.end, found.end[partner] as number);
}

/** The stretch of text on which the rule fires around this pivot, or null. */
function tryPivot(reading: Reading, rule: Rule, pivot: Span): Span | null {
  const { found } = reading;
  const span = { ...pivot };
  const widens = rule.scope.kind !== 'text';
  for (let i = 1; i < rule.all.length; i += 1) {
    const partner = findPartner(reading, rule.scope, rule.all[i] as number, pivot);
    if (partner < 0) return null;
    if (widens) widen(span, found, partner);
  }
  if (rule.all.length > 0 && rule.any.length > 0) {
    const partner = rule.any.reduce(
      (best, term) => (best >= 0 ? best : findPartner(reading, rule.scope, term, pivot)),
      -1,
    );
    if (partner < 0) return null;
    if (widens) widen(span, found, partner);
  }
  for (const term of rule.none) if (findPartner(reading, rule.noneScope, term, pivot) >= 0) return null;
  return span;
}

function isAllowedPlace(reading: Reading, rule: Rule, start: number): boolean {
  if (rule.place === 'anywhere') return true;
  if (start < reading.subjectEnd) return true;
  return rule.place === 'opening' && start < reading.subjectEnd + OPENING_UNITS;
}

/** Places of the words that a rule starts from, at most `MAX_PIVOTS`. */
function pivotsOf({ words }: Reading, rule: Rule): readonly number[] {
  const pivots: number[] = [];
  for (const term of rule.all.length > 0 ? rule.all.slice(0, 1) : rule.any)
    for (let k = words.from[term] ?? 0; k < (words.to[term] ?? 0) && pivots.length < MAX_PIVOTS; k += 1)
      pivots.push(words.index[k] as number);
  return pivots;
}

/** Whether and how strongly one rule fires, active or not. */
export function fireRule(rules: RuleSet, reading: Reading, rule: Rule): Firing | null {
  const { subject_factor: subjectFactor, repeat_factor: repeatFactor, max_repeats: maxRepeats } = rules.scoring;
  let first: Span | null = null;
  let count = 0;
  let lastEnd = -1;
  let inSubject = false;
  for (const i of pivotsOf(reading, rule)) {
    const pivot = stretchOf(reading.found, i);
    const span = isAllowedPlace(reading, rule, pivot.start) ? tryPivot(reading, rule, pivot) : null;
    if (span === null) continue;
    first ??= span;
    if (span.end < reading.subjectEnd) inSubject = true;
    // Overlapping places are one place told once.
    if (span.start >= lastEnd) count += 1;
    if (count > maxRepeats) break;
    lastEnd = Math.max(lastEnd, span.end);
  }
  if (first === null) return null;
  const repeats = Math.max(0, count - 1);
  const score = rule.weight * (inSubject ? subjectFactor : 1) * (1 + repeatFactor * repeats);
  return { rule, score, start: first.start, end: first.end };
}

/** All active rules that fire, in the order of the rule files. */
export function fireRules(rules: RuleSet, reading: Reading): readonly Firing[] {
  const numbers = new Set<number>();
  for (const term of reading.words.touched) for (const number of rules.rulesByTerm[term] ?? []) numbers.add(number);
  const firings: Firing[] = [];
  for (const number of [...numbers].toSorted((a, b) => a - b)) {
    const rule = rules.rules[number];
    const firing = rule === undefined ? null : fireRule(rules, reading, rule);
    if (firing !== null) firings.push(firing);
  }
  return firings;
}
