/**
 * Words of the search index: every pair of neighbouring UTF-16 units, packed into one 32-bit integer. Exact, small, and two
 * Chinese characters are enough to find a text through an index, where trigrams need three. Latin letters are lowered.
 */
export function searchTerms(text: string, limit = 20_000): number[] {
  const terms = new Set<number>();
  const folded = fold(text);
  let previous = 0;
  for (let i = 0; i < folded.length && terms.size < limit; i += 1) {
    const unit = folded.charCodeAt(i);
    if (unit <= 0x20) {
      previous = 0;
      continue;
    }
    if (previous !== 0) terms.add((previous << 16) | unit);
    previous = unit;
  }
  return [...terms];
}

/** The words between spaces, as the index knows them. */
export function foldWords(text: string): string[] {
  return fold(text)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
