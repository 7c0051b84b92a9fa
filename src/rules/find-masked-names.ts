import { bareText, DIGITS, FOREIGN, isMarkSort, MARKS, MASK, MASK_AFTER, MASK_BEFORE, WALL } from './bare-text.ts';
import type { BareText } from './bare-text.ts';
import { CHANGED_HEAD, HEAD, placeOfPair, TAIL } from './masked-names.ts';
import type { MaskedNames } from './masked-names.ts';
import { pairOf } from './name-trie.ts';
import type { HiddenName, NameNode } from './name-trie.ts';
import type { NormalText } from './normal-text.ts';
import { knowsPair } from './second-reader.ts';
import type { SecondReader } from './second-reader.ts';

/** Folded positions. */
export type MaskedName = { readonly term: number; readonly start: number; readonly end: number };

export type MaskedSearch = {
  readonly hits: readonly MaskedName[];
  /** The text offers so many places that the search gave up: it was made for that, and a person reads it. */
  readonly exhausted: boolean;
};

/** 某 */
const SOME = 0x67d0;

// Hostile texts: this many steps in all, and besides this many a character. A letter takes less than one a character.
const STEPS = 20_000;
const STEPS_A_UNIT = 1;
const MAX_HITS = 500;

/** The one change that is allowed beside what stands between the characters. */
type Change = 'none' | 'covered' | 'some' | 'looks-alike' | 'sounds-alike' | 'one-more';

/** A name that is being followed through the bare text: characters `from` to `at`, both included, `step` by `step`. */
type Trail = {
  readonly node: NameNode;
  readonly from: number;
  readonly at: number;
  readonly step: 1 | -1;
  readonly change: Change;
  /** Of the character that was changed; of the gap in which one is missing. */
  readonly changedAt: number;
};

type Search = {
  readonly masked: MaskedNames;
  readonly reader: SecondReader;
  readonly text: NormalText;
  readonly hits: Map<string, MaskedName>;
  steps: number;
};

/** Whether it is ordinary for the two characters to stand together. */
function isOrdinaryPair({ masked: { bare }, reader }: Search, first: number): boolean {
  if (first < 0 || first + 1 >= bare.length) return false;
  return knowsPair(reader, bare.units[first] as number, bare.units[first + 1] as number);
}

/** A character more is no word of the sentence: it makes no pair with its neighbours, and stands not before 处 (师资的处). */
function isStranger(search: Search, name: HiddenName, at: number, high: number): boolean {
  if (high - at === name.suffix) return false;
  return !isOrdinaryPair(search, at - 1) && !isOrdinaryPair(search, at);
}

type Stretch = { readonly low: number; readonly high: number };

/** No other sign stands between the characters of the name or around it. */
function isOnlySign({ gap }: BareText, at: number, { low, high }: Stretch): boolean {
  for (let i = low + 1; i <= high; i += 1) if (i !== at && gap[i] !== 0) return false;
  const around = [at <= low ? low - 1 : low, at > high ? high + 2 : high + 1];
  return !around.some((i) => i !== at && ((gap[i] ?? 0) & MASK) !== 0);
}

/**
 * One sign, and in its place one character: where signs stand everywhere (师*资*处) none of them stands for anything. At the end of
 * a name what is left must be no word of its own, or 学生* would accuse 学生处.
 */
function isPlausibleCover(bare: BareText, name: HiddenName, at: number, { low, high }: Stretch): boolean {
  if (!isOnlySign(bare, at, { low, high })) return false;
  if (at > low && at <= high) return true;
  const gap = bare.gap[at] as number;
  return at <= low ? name.mayLoseFirst && (gap & MASK_BEFORE) !== 0 : name.mayLoseLast && (gap & MASK_AFTER) !== 0;
}

function isPlausibleChange(search: Search, name: HiddenName, trail: Trail, { low, high }: Stretch): boolean {
  const { masked } = search;
  switch (trail.change) {
    case 'none':
      return true;
    case 'covered':
      return isPlausibleCover(masked.bare, name, trail.changedAt, { low, high });
    case 'some':
      if (trail.changedAt === low) return name.mayLoseFirst;
      return trail.changedAt < high || (name.mayLoseLast && name.text.length > 3);
    case 'looks-alike':
      return trail.changedAt < high || !masked.common.has(masked.bare.units[high] ?? 0);
    case 'sounds-alike':
      return trail.changedAt > low && trail.changedAt < high; // 不听领导 is not 厅领导; whole names of units are also heard
    case 'one-more':
      return isStranger(search, name, trail.changedAt, high);
  }
}

/** Something must hide the name: a change, signs between its characters, or a mark between every two of them. */
function isHidden({ gap }: BareText, change: Change, { low, high }: Stretch): boolean {
  let foreign = 0;
  let marks = 0;
  for (let i = low + 1; i <= high; i += 1) {
    foreign += (gap[i] as number) & FOREIGN;
    marks += ((gap[i] as number) & MARKS) === 0 ? 0 : 1;
  }
  if (marks > 0) return marks === high - low && marks > 1;
  if (change !== 'none') return true;
  const counts = foreign === 1 && ((gap[high] as number) & DIGITS) !== 0;
  return foreign > 0 && !counts;
}

/** 报考某院校, 学位×办理: the last character of the name begins another word. A name that is only spelled out may end anywhere. */
function runsOn({ masked: { bare, endsWord } }: Search, { change }: Trail, { high }: Stretch): boolean {
  if (bare.gap[high + 1] !== 0 || !endsWord.has(bare.units[high + 1] ?? 0) || high + 1 >= bare.length) return false;
  return change === 'none'
    ? ((bare.gap[high] as number) & FOREIGN) !== 0 && (bare.gap[high - 1] as number) === 0
    : true;
}

/** The place in the folded text, with the sign that stands for the first or last character. */
function placeOf({ masked, text }: Search, { change, changedAt }: Trail, { low, high }: Stretch) {
  const { bare, sorts } = masked;
  let start = bare.from[low] as number;
  let end = (bare.from[high] as number) + 1;
  if (change === 'covered' && changedAt <= low)
    for (const least = low === 0 ? 0 : (bare.from[low - 1] as number) + 1; start > least; start -= 1)
      if (isMarkSort(sorts, text.units[start - 1] as number)) break;
  if (change === 'covered' && changedAt > high)
    for (const most = high + 1 < bare.length ? (bare.from[high + 1] as number) : text.length; end < most; end += 1)
      if (isMarkSort(sorts, text.units[end] as number)) break;
  return { start, end };
}

function report(search: Search, trail: Trail): void {
  const { names, bare } = search.masked;
  const stretch = { low: Math.min(trail.from, trail.at), high: Math.max(trail.from, trail.at) };
  if (search.hits.size >= MAX_HITS || !isHidden(bare, trail.change, stretch) || runsOn(search, trail, stretch)) return;
  for (const end of trail.node.ends) {
    const name = names[end] as HiddenName;
    if (!isPlausibleChange(search, name, trail, stretch)) continue;
    const place = placeOf(search, trail, stretch);
    search.hits.set(`${name.term} ${place.start}`, { term: name.term, ...place });
  }
}

/** Follows a trail by the character at `next`, as it stands. */
function followSame(search: Search, trail: Trail, next: number): void {
  const node = trail.node.next.get(search.masked.bare.units[next] as number);
  if (node !== undefined) follow(search, { ...trail, node, at: next });
}

/** Follows a trail as if one of `rights` stood at `next`. */
function followAlike(search: Search, trail: Trail, next: number, change: Change, rights: readonly number[] = []): void {
  for (const right of rights) {
    const node = trail.node.next.get(right);
    if (node !== undefined) follow(search, { ...trail, node, at: next, change, changedAt: next });
  }
}

/** Follows a trail as if the sign in the gap before its next character stood for one. */
function followCovered(search: Search, trail: Trail, gapAt: number): void {
  const gap = search.masked.bare.gap[gapAt] as number;
  const covers = gap & (MASK | (trail.step > 0 ? MASK_AFTER : MASK_BEFORE));
  if (covers === 0) return;
  for (const node of trail.node.next.values()) {
    const covered = { ...trail, node, change: 'covered' as const, changedAt: gapAt };
    if ((covers & MASK) !== 0) follow(search, covered);
    else if (node.ends.length > 0) report(search, covered);
  }
}

/** Follows a trail under the supposition that the next character of the name is hidden by the one at `next`, or left out before it. */
function followReplaced(search: Search, trail: Trail, next: number): void {
  const { bare, looksLike, soundsLike } = search.masked;
  const unit = bare.units[next] as number;
  if (unit === SOME)
    for (const node of trail.node.next.values())
      follow(search, { ...trail, node, at: next, change: 'some', changedAt: next });
  followAlike(search, trail, next, 'looks-alike', looksLike.get(unit));
  followAlike(search, trail, next, 'sounds-alike', soundsLike.get(unit));
  const after = next + trail.step;
  // The name must go on right behind the stranger: most places end here.
  if (after >= 0 && after < bare.length && trail.node.next.has(bare.units[after] as number))
    followSame(search, { ...trail, change: 'one-more', changedAt: next }, after);
}

function follow(search: Search, trail: Trail): void {
  search.steps -= 1;
  if (search.steps < 0) return;
  if (trail.node.ends.length > 0) report(search, trail);
  if (trail.node.next.size === 0) return;
  const { bare } = search.masked;
  const next = trail.at + trail.step;
  const gapAt = trail.step > 0 ? next : next + 1;
  const isOpen = next >= 0 && next < bare.length && ((bare.gap[gapAt] as number) & WALL) === 0;
  if (isOpen) followSame(search, trail, next);
  if (trail.change !== 'none') return;
  followCovered(search, trail, gapAt);
  if (isOpen) followReplaced(search, trail, next);
}

/** Looks from the two characters at `k`: as the first two of a name, as its last two, or as its first and something hidden. */
function lookFrom(search: Search, k: number, hint: number): void {
  const { bare, tries, changedHeads } = search.masked;
  const first = bare.units[k] as number;
  const second = bare.units[k + 1] as number;
  const gap = bare.gap[k + 1] as number;
  const pair = pairOf(first, second);
  const start = { change: 'none' as const, changedAt: -1 };
  const head = (hint & HEAD) === 0 ? undefined : tries.heads.get(pair);
  if (head !== undefined) follow(search, { node: head, from: k, at: k + 1, step: 1, ...start });
  const isChanged = (hint & CHANGED_HEAD) !== 0 && changedHeads.has(pair);
  const alone = isChanged || (gap & MASK) !== 0 || second === SOME ? tries.forward.next.get(first) : undefined;
  if (alone !== undefined) follow(search, { node: alone, from: k, at: k, step: 1, ...start });
  const tail = (hint & TAIL) === 0 ? undefined : tries.tails.get(pair);
  if (tail !== undefined) follow(search, { node: tail, from: k + 1, at: k, step: -1, ...start });
}

/** All hidden names of a text, each with the place it has there. Linear in the length of the text. */
export function findMaskedNames(masked: MaskedNames, reader: SecondReader, text: NormalText): MaskedSearch {
  const { bare, pairs } = masked;
  bareText(text, masked.sorts, bare);
  const search: Search = { masked, reader, text, hits: new Map(), steps: STEPS + bare.length * STEPS_A_UNIT };
  const { units, gap, length } = bare;
  for (let k = 0; k + 1 < length && search.steps >= 0; k += 1) {
    if (((gap[k + 1] as number) & WALL) !== 0) continue;
    const hint = pairs[placeOfPair(units[k] as number, units[k + 1] as number)] as number;
    if (hint !== 0 || ((gap[k + 1] as number) & MASK) !== 0 || units[k + 1] === SOME) lookFrom(search, k, hint);
  }
  return { hits: [...search.hits.values()], exhausted: search.steps < 0 };
}
