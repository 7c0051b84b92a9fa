import type { RE2JS } from 're2js';
import type { NormalText } from './normal-text.ts';
import { isLatinOrDigit } from './normal-text.ts';
import type { PhraseAutomaton, PhraseHits } from './phrase-automaton.ts';
import { createPhraseHits, findPhrases } from './phrase-automaton.ts';
import type { PhraseVariant } from './phrase-pattern.ts';
import { bitsLeftOf, bitsRightOf, extendAnchor } from './phrase-pattern.ts';

/** What a found phrase is good for. */
export type PhraseTarget =
  | { readonly kind: 'word'; readonly terms: readonly number[]; readonly variant: PhraseVariant | null }
  | { readonly kind: 'guard'; readonly terms: readonly number[] }
  | { readonly kind: 'expression'; readonly terms: readonly number[]; readonly expression: RE2JS };

export type PhraseTable = {
  readonly automaton: PhraseAutomaton;
  readonly lengths: Int32Array;
  /** The targets of phrase p are those from `from[p]` to before `from[p + 1]`. */
  readonly from: Int32Array;
  readonly targets: readonly PhraseTarget[];
  /** What each target needs to have around its phrase, see `neededBits`. */
  readonly needsLeft: Int32Array;
  readonly needsRight: Int32Array;
  /** 1 where a target of the phrase needs anything. */
  readonly needy: Uint8Array;
};

export type Matcher = {
  readonly termCount: number;
  readonly exact: PhraseTable;
  /** The same for words that only sound right; `soundOf` folds a unit to the first of those that sound alike. */
  readonly sound: PhraseTable;
  readonly soundOf: Uint16Array;
  readonly notLast: ReadonlySet<number>;
  readonly notNext: ReadonlySet<number>;
};

/** Where words stand, as parallel arrays chained by term. Reused from text to text. */
export type Occurrences = {
  count: number;
  start: Int32Array;
  end: Int32Array;
  term: Int32Array;
  /** Why the occurrence does not count: a number of `ASIDE_REASONS`, 0 when it counts. */
  aside: Uint8Array;
  /** 1 when the words only sound right. */
  bySound: Uint8Array;
  /** Next occurrence of the same term, or -1. */
  next: Int32Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly touched: number[];
  readonly hits: PhraseHits;
  readonly soundHits: PhraseHits;
  soundUnits: Uint16Array;
};

/** Number in `ASIDE_REASONS`: the word is part of a longer one that means something else. */
export const GUARDED = 1;
const WINDOW_UNITS = 40;
// Hostile repetition: a text that offers more places than these to expressions and to phrases with gaps is no letter.
const MAX_EXPRESSION_RUNS = 200;
const MAX_EXTENSIONS = 100_000;

export function createOccurrences(termCount: number): Occurrences {
  return {
    count: 0,
    start: new Int32Array(512),
    end: new Int32Array(512),
    term: new Int32Array(512),
    aside: new Uint8Array(512),
    bySound: new Uint8Array(512),
    next: new Int32Array(512),
    first: new Int32Array(termCount).fill(-1),
    last: new Int32Array(termCount).fill(-1),
    touched: [],
    hits: createPhraseHits(),
    soundHits: createPhraseHits(),
    soundUnits: new Uint16Array(0),
  };
}

function reset(found: Occurrences): void {
  for (const term of found.touched) {
    found.first[term] = -1;
    found.last[term] = -1;
  }
  found.touched.length = 0;
  found.count = 0;
}

function growTo(found: Occurrences, size: number): void {
  const longer = (old: Int32Array): Int32Array => {
    const array = new Int32Array(size);
    array.set(old);
    return array;
  };
  found.start = longer(found.start);
  found.end = longer(found.end);
  found.term = longer(found.term);
  found.next = longer(found.next);
  const aside = new Uint8Array(size);
  aside.set(found.aside);
  found.aside = aside;
  const bySound = new Uint8Array(size);
  bySound.set(found.bySound);
  found.bySound = bySound;
}

function add(found: Occurrences, term: number, start: number, end: number, bySound: number): void {
  const index = found.count;
  if (index === found.start.length) growTo(found, index * 2);
  const last = found.last[term] as number;
  // "乱收费" and "收费" of one concept, ending together: the longer one, found first, is enough.
  if (last >= 0 && found.end[last] === end && (found.start[last] as number) <= start) return;
  // "乱收" and then "乱收费": the same place, better told.
  if (last >= 0 && found.start[last] === start && found.bySound[last] === bySound) {
    found.end[last] = end;
    return;
  }
  found.start[index] = start;
  found.end[index] = end;
  found.term[index] = term;
  found.aside[index] = 0;
  found.bySound[index] = bySound;
  found.next[index] = -1;
  if (last < 0) {
    found.first[term] = index;
    found.touched.push(term);
  } else found.next[last] = index;
  found.last[term] = index;
  found.count = index + 1;
}

/** "jjc" inside "objjcx" is no word, and neither is 12 in 12345. */
function cutsLatinWord(text: NormalText, start: number, end: number): boolean {
  const { units, length } = text;
  const first = units[start] as number;
  const last = units[end - 1] as number;
  if (isLatinOrDigit(first) && start > 0 && sameClass(first, units[start - 1] as number)) return true;
  return isLatinOrDigit(last) && end < length && sameClass(last, units[end] as number);
}

function sameClass(a: number, b: number): boolean {
  return isLatinOrDigit(b) && a < 0x3a === b < 0x3a;
}

type Guard = { readonly terms: readonly number[]; readonly start: number; readonly end: number };

function applyExpression(
  text: NormalText,
  target: Extract<PhraseTarget, { kind: 'expression' }>,
  start: number,
  end: number,
  found: Occurrences,
): void {
  const from = Math.max(0, start - WINDOW_UNITS);
  const window = String.fromCharCode(...text.units.subarray(from, Math.min(text.length, end + WINDOW_UNITS)));
  const matcher = target.expression.matcher(window);
  while (matcher.find()) {
    const matchStart = from + matcher.start();
    const matchEnd = from + matcher.end();
    if (matchStart <= start && matchEnd >= end)
      for (const term of target.terms) add(found, term, matchStart, matchEnd, 0);
  }
}

type Scan = {
  readonly text: NormalText;
  readonly matcher: Matcher;
  readonly found: Occurrences;
  readonly guards: Guard[];
  runs: number;
  extensions: number;
};

function takeTarget(scan: Scan, target: PhraseTarget, start: number, end: number): void {
  const { text, found } = scan;
  if (target.kind === 'guard') scan.guards.push({ terms: target.terms, start, end });
  else if (target.kind === 'expression') {
    scan.runs += 1;
    if (scan.runs <= MAX_EXPRESSION_RUNS) applyExpression(text, target, start, end, found);
  } else if (target.variant === null) for (const term of target.terms) add(found, term, start, end, 0);
  else if ((scan.extensions += 1) <= MAX_EXTENSIONS) {
    const whole = extendAnchor(target.variant, text.units, text.length, start);
    if (whole !== null) for (const term of target.terms) add(found, term, whole.start, whole.end, 0);
  }
}

function takeExact(scan: Scan, phrase: number, end: number): void {
  const { text, matcher } = scan;
  const { exact } = matcher;
  const start = end - (exact.lengths[phrase] as number);
  if (cutsLatinWord(text, start, end)) return;
  const needy = exact.needy[phrase] === 1;
  const left = needy ? bitsLeftOf(text.units, start) : 0;
  const right = needy ? bitsRightOf(text.units, text.length, end) : 0;
  const last = exact.from[phrase + 1] as number;
  for (let t = exact.from[phrase] as number; t < last; t += 1) {
    if (((exact.needsLeft[t] as number) & ~left) !== 0 || ((exact.needsRight[t] as number) & ~right) !== 0) continue;
    takeTarget(scan, exact.targets[t] as PhraseTarget, start, end);
  }
}

function takeSound({ text, matcher, found }: Scan, phrase: number, end: number): void {
  if (matcher.notLast.has(text.units[end - 1] as number)) return;
  if (end < text.length && matcher.notNext.has(text.units[end] as number)) return;
  const { lengths, from, targets } = matcher.sound;
  const start = end - (lengths[phrase] as number);
  for (const target of targets.slice(from[phrase], from[phrase + 1]))
    for (const term of target.terms) add(found, term, start, end, 1);
}

function foldSounds(text: NormalText, soundOf: Uint16Array, found: Occurrences): void {
  if (found.soundUnits.length < text.length) found.soundUnits = new Uint16Array(text.units.length);
  for (let i = 0; i < text.length; i += 1) found.soundUnits[i] = soundOf[text.units[i] as number] as number;
}

/** Takes both lists of hits in order of their ends, exact ones first, so that chains stay in reading order. */
function takeAll(scan: Scan): void {
  const { hits, soundHits } = scan.found;
  let s = 0;
  for (let h = 0; h < hits.count; h += 1) {
    const end = hits.end[h] as number;
    for (; s < soundHits.count && (soundHits.end[s] as number) < end; s += 1)
      takeSound(scan, soundHits.phrase[s] as number, soundHits.end[s] as number);
    takeExact(scan, hits.phrase[h] as number, end);
  }
  for (; s < soundHits.count; s += 1) takeSound(scan, soundHits.phrase[s] as number, soundHits.end[s] as number);
}

/** Marks what lies inside a longer word that the rule files except: 收费 in 收费站. Guards come in reading order. */
function applyGuards(found: Occurrences, guards: readonly Guard[]): void {
  const cursors = new Map<number, number>();
  for (const guard of guards) {
    for (const term of guard.terms) {
      let i = cursors.get(term) ?? found.first[term] ?? -1;
      while (i >= 0 && (found.end[i] as number) < guard.start - WINDOW_UNITS) i = found.next[i] as number;
      cursors.set(term, i);
      for (; i >= 0 && (found.start[i] as number) < guard.end; i = found.next[i] as number)
        if ((found.start[i] as number) >= guard.start && (found.end[i] as number) <= guard.end)
          found.aside[i] = GUARDED;
    }
  }
}

/** Finds all words of the rule set in a folded text. */
export function findOccurrences(matcher: Matcher, text: NormalText, found: Occurrences): void {
  reset(found);
  findPhrases(matcher.exact.automaton, text.units, text.length, found.hits);
  foldSounds(text, matcher.soundOf, found);
  // Words written by ear: 鸡脚处 for 基教处.
  findPhrases(matcher.sound.automaton, found.soundUnits, text.length, found.soundHits);
  const scan: Scan = { text, matcher, found, guards: [], runs: 0, extensions: 0 };
  takeAll(scan);
  if (scan.guards.length > 0) applyGuards(found, scan.guards);
}

/** Occurrences of one term in reading order, at most `limit`, those set aside included. */
export function occurrencesOf(found: Occurrences, term: number, limit: number): readonly number[] {
  const indices: number[] = [];
  for (let i = found.first[term] ?? -1; i >= 0 && indices.length < limit; i = found.next[i] ?? -1) indices.push(i);
  return indices;
}

/** Where an occurrence stands, in folded units. */
export function stretchOf(found: Occurrences, i: number): { start: number; end: number } {
  return { start: found.start[i] ?? 0, end: found.end[i] ?? 0 };
}
