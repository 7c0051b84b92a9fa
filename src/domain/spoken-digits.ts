/**
 * Digits as people type and paste them: full-width forms folded (NFKC), spaces of any width, hyphens and dashes dropped.
 * Anything else stays, so that the caller can refuse it.
 */
export function readDigits(text: string): string {
  // A number is never longer than this; an unbounded text is not worth normalising.
  return text
    .slice(0, 100)
    .normalize('NFKC')
    .replaceAll(/[\s\p{Pd}]/gu, '');
}

/** Groups of `size`, parted by a space: what is read aloud and written down without a slip. */
export function groupDigits(digits: string, size: number): string {
  return digits.replaceAll(new RegExp(`\\d{${size}}(?=\\d)`, 'g'), '$& ');
}
