import { isMark, normalPhrase } from './normal-text.ts';

/** At most this many units may stand where a phrase says `…`; never across a comma or full stop. */
const GAP_UNITS = 6;
const MAX_NUMBER_UNITS = 10;
const MAX_VARIANTS = 1500;

/** What stands between two pieces: `…`, `#`, or `…#`, an amount somewhere after the word. */
type Joint = 'gap' | 'number' | 'amount';
type Step = { readonly joint: Joint; readonly piece: string };

/**
 * One way to write a phrase. The automaton looks for `anchor`, the longest piece, folded; the others are checked around it,
 * `before` from right to left, `after` from left to right.
 */
export type PhraseVariant = {
  readonly anchor: string;
  readonly before: readonly Step[];
  readonly after: readonly Step[];
  readonly numberBefore: boolean;
  readonly numberAfter: boolean;
};

export type ParsedPhrase =
  | { readonly kind: 'ok'; readonly variants: readonly PhraseVariant[] }
  | { readonly kind: 'invalid'; readonly message: string; readonly hint: string };

function invalid(message: string, hint: string): ParsedPhrase {
  return { kind: 'invalid', message, hint };
}

/** "没(批|办)下来" -> 没批下来, 没办下来. Null when the brackets do not match or too many variants come out. */
function expandAlternatives(phrase: string): readonly string[] | null {
  let variants = [''];
  for (const part of phrase.split(/(\([^()]*\))/)) {
    const isGroup = part.startsWith('(') && part.endsWith(')');
    if (!isGroup && /[()|]/.test(part)) return null;
    const choices = isGroup ? part.slice(1, -1).split('|') : [part];
    variants = variants.flatMap((start) => choices.map((choice) => start + choice));
    if (variants.length > MAX_VARIANTS) return null;
  }
  return variants;
}

const JOINTS: Readonly<Record<string, Joint>> = { '…': 'gap', '#': 'number', '…#': 'amount' };
// Words, with single joints between them; a number may also stand at either end.
const SHAPE = /^#?[^…#]+(?:(?:…#?|#)[^…#]+)*#?$/;

function parseVariant(text: string): PhraseVariant | null {
  if (!SHAPE.test(text)) return null;
  const inner = text.replace(/^#|#$/g, '');
  const pieces = inner.split(/…#|…|#/).map(normalPhrase);
  if (pieces.includes('')) return null;
  const joints = (inner.match(/…#|…|#/g) ?? []).map((sign) => JOINTS[sign] ?? 'gap');
  // Of equals the last: 老师…调动 is rarer told by its end than by its beginning, and every place of the anchor costs a look around.
  const anchor = pieces.reduce((best, piece, i) => (piece.length >= (pieces[best] ?? '').length ? i : best), 0);
  const stepTo = (piece: string, joint: Joint | undefined): Step => ({ joint: joint ?? 'gap', piece });
  return {
    anchor: pieces[anchor] ?? '',
    before: pieces
      .slice(0, anchor)
      .map((piece, i) => stepTo(piece, joints[i]))
      .toReversed(),
    after: pieces.slice(anchor + 1).map((piece, i) => stepTo(piece, joints[anchor + i])),
    numberBefore: text.startsWith('#'),
    numberAfter: text.endsWith('#'),
  };
}

/** Reads a phrase of a rule file: `(a|b)` for alternatives, `…` for a short gap, `#` for a number in any script. */
export function parsePhrase(phrase: string): ParsedPhrase {
  const texts = expandAlternatives(phrase);
  if (texts === null)
    return invalid(
      'brackets do not match, or too many alternatives',
      `write (a|b), not nested, ${MAX_VARIANTS} at most`,
    );
  const variants: PhraseVariant[] = [];
  for (const text of texts) {
    const variant = parseVariant(text);
    if (variant === null)
      return invalid('not a phrase', 'it needs words, and … or # only between words (# also at the ends)');
    variants.push(variant);
  }
  return { kind: 'ok', variants };
}

export function isPlain({ before, after, numberBefore, numberAfter }: PhraseVariant): boolean {
  return before.length === 0 && after.length === 0 && !numberBefore && !numberAfter;
}

const SIGNS: Readonly<Record<Joint, string>> = { gap: '…', number: '#', amount: '…#' };

/** The same phrase has the same key, however it was written. */
export function phraseKey({ anchor, before, after, numberBefore, numberAfter }: PhraseVariant): string {
  const left = before.map(({ joint, piece }) => piece + SIGNS[joint]).toReversed();
  const right = after.map(({ joint, piece }) => SIGNS[joint] + piece);
  return [numberBefore ? '#' : '', ...left, anchor, ...right, numberAfter ? '#' : ''].join('');
}

const NUMBER_UNITS = new Set([...'0123456789一二三四五六七八九十百千万亿两几多半零〇'].map((c) => c.charCodeAt(0)));

function isNumberUnit(units: Uint16Array, index: number): boolean {
  return NUMBER_UNITS.has(units[index] ?? 0);
}

function matchesAt(units: Uint16Array, length: number, piece: string, at: number): boolean {
  if (at < 0 || at + piece.length > length) return false;
  for (let i = 0; i < piece.length; i += 1) if (units[at + i] !== piece.charCodeAt(i)) return false;
  return true;
}

const LIMITS: Readonly<Record<Joint, number>> = {
  gap: GAP_UNITS,
  number: MAX_NUMBER_UNITS,
  amount: GAP_UNITS + MAX_NUMBER_UNITS,
};

/** Whether `joint` may end between two pieces: a number needs a digit right before the piece that follows it in the text. */
function mayEnd(units: Uint16Array, joint: Joint, skipped: number, before: number): boolean {
  if (joint === 'gap') return true;
  let digits = 0;
  while (digits < skipped && isNumberUnit(units, before - digits)) digits += 1;
  return digits > 0 && skipped - digits <= (joint === 'amount' ? GAP_UNITS : 0);
}

/** Whether a joint may reach over this unit: never over a mark, and a number only over digits. */
function bridges(units: Uint16Array, length: number, joint: Joint, index: number): boolean {
  if (index < 0 || index >= length || isMark(units[index] ?? 0)) return false;
  return joint !== 'number' || isNumberUnit(units, index);
}

/** Where the piece after `from` ends, or -1. */
function stepRight(units: Uint16Array, length: number, from: number, { joint, piece }: Step): number {
  for (let at = from; at - from <= LIMITS[joint]; at += 1) {
    if (mayEnd(units, joint, at - from, at - 1) && matchesAt(units, length, piece, at)) return at + piece.length;
    if (!bridges(units, length, joint, at)) return -1;
  }
  return -1;
}

/** Where the piece before `from` begins, or -1. */
function stepLeft(units: Uint16Array, length: number, from: number, { joint, piece }: Step): number {
  for (let end = from; from - end <= LIMITS[joint]; end -= 1) {
    if (mayEnd(units, joint, from - end, from - 1) && matchesAt(units, length, piece, end - piece.length))
      return end - piece.length;
    if (!bridges(units, length, joint, end - 1)) return -1;
  }
  return -1;
}

/** One of 32 bits for a unit. Bits of several units, or-ed, say "not among them" or "perhaps". */
function bitOf(unit: number): number {
  return 1 << (unit & 31);
}

/** The bits that must be found left and right of the anchor for the phrase to be there; 0: nothing is needed. */
export function neededBits({ before, after }: PhraseVariant): { left: number; right: number } {
  const [left, right] = [before[0]?.piece, after[0]?.piece];
  return {
    left: left === undefined ? 0 : bitOf(left.charCodeAt(left.length - 1)),
    right: right === undefined ? 0 : bitOf(right.charCodeAt(0)),
  };
}

/**
 * Bits of all units at which the piece after `from` may begin, or more. One look around an anchor spares nearly all phrases
 * that share it a look of their own.
 */
export function bitsRightOf(units: Uint16Array, length: number, from: number): number {
  const last = Math.min(length - 1, from + LIMITS.amount);
  let bits = 0;
  for (let at = from; at <= last; at += 1) {
    const unit = units[at] as number;
    bits |= bitOf(unit);
    if (isMark(unit)) break;
  }
  return bits;
}

/** The same for units with which the piece before `from` may end. */
export function bitsLeftOf(units: Uint16Array, from: number): number {
  const last = Math.max(0, from - 1 - LIMITS.amount);
  let bits = 0;
  for (let at = from - 1; at >= last; at -= 1) {
    const unit = units[at] as number;
    bits |= bitOf(unit);
    if (isMark(unit)) break;
  }
  return bits;
}

/** Extends a hit of the anchor to the whole phrase; null when the rest is not there. */
export function extendAnchor(
  variant: PhraseVariant,
  units: Uint16Array,
  length: number,
  anchorStart: number,
): { start: number; end: number } | null {
  let start = anchorStart;
  let end = anchorStart + variant.anchor.length;
  for (const step of variant.after) {
    end = stepRight(units, length, end, step);
    if (end < 0) return null;
  }
  for (const step of variant.before) {
    start = stepLeft(units, length, start, step);
    if (start < 0) return null;
  }
  if (variant.numberBefore && !isNumberUnit(units, start - 1)) return null;
  if (variant.numberAfter && (end >= length || !isNumberUnit(units, end))) return null;
  return { start, end };
}
