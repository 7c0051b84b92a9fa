import type { Occurrences } from './find-occurrences.ts';
import type { NormalText } from './normal-text.ts';

/** The occurrences that count, packed by term: `index[from[term]] .. index[to[term] - 1]`, in reading order. */
export type CountableWords = {
  index: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly touched: number[];
};

export function createCountableWords(termCount: number): CountableWords {
  return { index: new Int32Array(512), from: new Int32Array(termCount), to: new Int32Array(termCount), touched: [] };
}

/** Packs everything that was not set aside. */
export function packCountable(found: Occurrences, words: CountableWords): void {
  for (const term of words.touched) words.to[term] = words.from[term] = 0;
  words.touched.length = 0;
  if (words.index.length < found.count) words.index = new Int32Array(found.count * 2);
  let filled = 0;
  for (const term of found.touched) {
    words.from[term] = filled;
    for (let i = found.first[term] as number; i >= 0; i = found.next[i] as number)
      if (found.aside[i] === 0) words.index[filled++] = i;
    words.to[term] = filled;
    if (countOf(words, term) > 0) words.touched.push(term);
    else words.to[term] = words.from[term] = 0;
  }
}

export function countOf(words: CountableWords, term: number): number {
  return (words.to[term] ?? 0) - (words.from[term] ?? 0);
}

/** First place in a term's range whose word ends at or after `unit`. Ranges are sorted but for gaps of phrases. */
export function firstEndingFrom(found: Occurrences, words: CountableWords, term: number, unit: number): number {
  let low = words.from[term] as number;
  let high = words.to[term] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((found.end[words.index[middle] as number] as number) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** In speech without full stops a sentence never ends: words further apart than this have nothing to do with each other. */
export const SENTENCE_UNITS = 80;

/** Whether any word of `term` stands in the same sentence as, and near, the stretch `start..end`. Returns it, or -1. */
export function nearInSentence(
  text: NormalText,
  found: Occurrences,
  words: CountableWords,
  term: number,
  start: number,
  end: number,
): number {
  const sentence = text.sentence[start];
  for (let k = firstEndingFrom(found, words, term, start - SENTENCE_UNITS); k < (words.to[term] as number); k += 1) {
    const i = words.index[k] as number;
    const at = found.start[i] as number;
    if (at > end + SENTENCE_UNITS) return -1;
    if (text.sentence[at] === sentence) return i;
  }
  return -1;
}
