import { searchTerms } from './search-terms.ts';

/** Three pairs of neighbours in a row: four characters that stand in both texts one behind the other. */
const LEAST_PAIRS = 3;

/** How many phrases of four and more characters the text has in common with one whose pairs of characters are given. */
export function countPhrases(text: string, others: readonly number[]): number {
  const known = new Set(others);
  let phrases = 0;
  let run = 0;
  for (const term of searchTerms(text)) {
    run = known.has(term) ? run + 1 : 0;
    if (run === LEAST_PAIRS) phrases += 1;
  }
  return phrases;
}
