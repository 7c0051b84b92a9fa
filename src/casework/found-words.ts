import { fold } from './search-terms.ts';

/** UTF-16 units of the text that was found, `end` excluded. */
export type FoundMark = { readonly start: number; readonly end: number };

const MOST_MARKS = 20;

/** Where folded words stand in a text: from left to right, without overlap, at most twenty. */
export function markWords(text: string, words: readonly string[]): readonly FoundMark[] {
  if (words.length === 0) return [];
  const { folded, starts } = foldWithPlaces(text);
  const found = words.flatMap((word) => placesOf(folded, word).map((at) => ({ at, to: at + word.length })));
  const marks: FoundMark[] = [];
  for (const { at, to } of found.toSorted((a, b) => a.at - b.at || b.to - a.to)) {
    const mark = { start: starts[at] ?? 0, end: starts[to] ?? text.length };
    if (marks.length < MOST_MARKS && mark.start >= (marks.at(-1)?.end ?? 0) && mark.end > mark.start) marks.push(mark);
  }
  return marks;
}

function placesOf(folded: string, word: string): number[] {
  const places: number[] = [];
  for (
    let at = folded.indexOf(word);
    at !== -1 && places.length < MOST_MARKS;
    at = folded.indexOf(word, at + word.length)
  )
    places.push(at);
  return places;
}

/** The folded text, and for each of its units where the character begins that it came from. */
function foldWithPlaces(text: string): { readonly folded: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let folded = '';
  let at = 0;
  for (const sign of text) {
    const piece = fold(sign);
    for (let n = 0; n < piece.length; n += 1) starts.push(at);
    folded += piece;
    at += sign.length;
  }
  return { folded, starts };
}

const BEFORE = 24;
const LENGTH = 120;

/** The stretch of a text around the first of the words: at most 120 characters, with `…` where something was left out before it. */
export function excerptAround(text: string, words: readonly string[]): string {
  const [first] = markWords(text, words);
  const signs = Array.from(text);
  const at = first === undefined ? 0 : Array.from(text.slice(0, first.start)).length;
  const from = Math.max(0, at - BEFORE);
  return `${from > 0 ? '…' : ''}${signs.slice(from, from + LENGTH).join('')}`;
}
