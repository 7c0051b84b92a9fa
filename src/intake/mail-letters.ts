/**
 * Letters by UTF-16 unit, fast enough to be asked of every character of a mail. Surrogates count as Han: beyond the
 * BMP a Chinese mail holds rare characters (extension B and later) and emoji, and neither is a foreign language.
 */
export type LetterKind = 'none' | 'digit' | 'han' | 'other';

export function letterKind(code: number): LetterKind {
  if (code < 0x80) return asciiKind(code);
  if (code < 0xc0) return 'none';
  if (code >= 0x3400 && code <= 0x9fff) return 'han';
  if ((code >= 0xd800 && code <= 0xdfff) || (code >= 0xf900 && code <= 0xfaff)) return 'han';
  return isPunctuation(code) ? 'none' : 'other';
}

function asciiKind(code: number): LetterKind {
  if (code >= 0x30 && code <= 0x39) return 'digit';
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? 'other' : 'none';
}

/** Spaces, punctuation, symbols and full-width signs: what mail programs convert between versions of a text. */
function isPunctuation(code: number): boolean {
  if (code >= 0x2000 && code <= 0x2bff) return true;
  if (code >= 0x3000 && code <= 0x303f) return true;
  return (code >= 0xfe00 && code <= 0xff0f) || (code >= 0xff1a && code <= 0xff20);
}

/** How many letters there are, at most `enough`. */
export function countLetters(text: string, enough: number): number {
  let count = 0;
  for (let at = 0; at < text.length && count < enough; at++) {
    if (letterKind(text.charCodeAt(at)) !== 'none') count++;
  }
  return count;
}
