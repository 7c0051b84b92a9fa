import type { Category } from '../domain/vocabulary.ts';
import type { SecondReaderFile } from './file-schemas.ts';
import { isHan } from './normal-text.ts';
import type { NormalText } from './normal-text.ts';

/**
 * A statistical reader beside the rules: naive Bayes over pairs of Han characters, trained on our own labelled texts. It decides
 * nothing. Where it comes to the same category the rules are oftener right, and that makes their certainty (docs/adr/0021).
 */
export type SecondReader = {
  /** 0 stands for no category. */
  readonly labels: readonly (Category | 0)[];
  readonly prior: Float64Array;
  /** Slot of a pair by its two characters, open addressing; -1 is free. */
  readonly keys: Int32Array;
  /** For each slot the logarithm of how often each label has the pair. */
  readonly weights: Float32Array;
  /** The last text in which a pair was met: each counts once. */
  readonly met: Uint32Array;
};

/** `shares` are those of `labels`, and add up to 1. */
export type SecondOpinion = {
  readonly category: Category | null;
  readonly share: number;
  readonly shares: Float64Array;
};

/** What was never seen counts as this much of a time. */
const SMOOTHING = 0.3;
/** Pairs overlap, so they are no independent witnesses: a text counts as much as this many times the root of its pairs. */
const WITNESSES = 2;

const keyOf = (first: number, second: number): number => (first << 16) | second;

function slotOf(keys: Int32Array, key: number): number {
  const mask = keys.length - 1;
  let slot = Math.imul(key, 0x9e3779b1) >>> 7;
  for (slot &= mask; ; slot = (slot + 1) & mask) if (keys[slot] === key || keys[slot] === 0) return slot;
}

export function compileSecondReader({ labels, texts, pairs }: SecondReaderFile): SecondReader {
  const lines = pairs
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  const totals = labels.map((_, label) => lines.reduce((sum, line) => sum + Number(line[label + 1]), 0));
  const keys = new Int32Array(2 ** Math.ceil(Math.log2(lines.length * 2 + 2)));
  const weights = new Float32Array(keys.length * labels.length);
  for (const [pair = '', ...counts] of lines) {
    const key = keyOf(pair.charCodeAt(0), pair.charCodeAt(1));
    const slot = slotOf(keys, key);
    keys[slot] = key;
    for (const [label, total] of totals.entries())
      weights[slot * labels.length + label] = Math.log(
        (Number(counts[label]) + SMOOTHING) / (total + SMOOTHING * lines.length),
      );
  }
  const all = texts.reduce((sum, count) => sum + count, 0);
  const prior = Float64Array.from(texts, (count) => Math.log(count / all));
  return { labels, prior, keys, weights, met: new Uint32Array(keys.length) };
}

/** Whether the two stand together in any text that the reader learned from. */
export function knowsPair({ keys }: SecondReader, first: number, second: number): boolean {
  return keys[slotOf(keys, keyOf(first, second))] !== 0;
}

/** All characters that the reader has met. */
export function knownUnits({ keys }: SecondReader): ReadonlySet<number> {
  return new Set([...keys].filter((key) => key !== 0).flatMap((key) => [key >>> 16, key & 0xffff]));
}

/** Every two Han characters that stand together, in the spelling that rules are written for. */
export function eachHanPair({ units, length }: NormalText, visit: (key: number) => void): void {
  for (let at = 1; at < length; at += 1) {
    const first = units[at - 1] ?? 0;
    const second = units[at] ?? 0;
    if (isHan(first) && isHan(second)) visit(keyOf(first, second));
  }
}

let reading = 0;

/** What the second reader makes of a text. A text of which it knows nothing leaves the shares of its labels as they are. */
export function readAgain({ labels, prior, keys, weights, met }: SecondReader, text: NormalText): SecondOpinion {
  reading = reading === 0xffff_ffff ? 1 : reading + 1;
  const sums = new Float64Array(labels.length);
  let known = 0;
  eachHanPair(text, (key) => {
    const slot = slotOf(keys, key);
    if (keys[slot] === 0 || met[slot] === reading) return;
    met[slot] = reading;
    known += 1;
    const from = slot * labels.length;
    for (let label = 0; label < sums.length; label += 1)
      sums[label] = (sums[label] ?? 0) + (weights[from + label] ?? 0);
  });
  return opinionOf(labels, sharesOf(prior, sums, WITNESSES / Math.sqrt(Math.max(1, known))));
}

/** In log space: a long text would underflow to 0 for every label. */
function sharesOf(prior: Float64Array, sums: Float64Array, factor: number): Float64Array {
  const scores = prior.map((score, label) => score + (sums[label] ?? 0) * factor);
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const all = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / all);
}

function opinionOf(labels: SecondReader['labels'], shares: Float64Array): SecondOpinion {
  const share = Math.max(...shares);
  const label = labels[shares.indexOf(share)] ?? 0;
  return { category: label === 0 ? null : label, share, shares };
}

/** The share that a category has for the second reader. */
export function shareOf({ labels }: SecondReader, { shares }: SecondOpinion, category: Category | null): number {
  return shares[labels.indexOf(category ?? 0)] ?? 0;
}
