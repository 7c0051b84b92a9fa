import { letterKind } from './mail-letters.ts';

/** Letters of difference that two versions of one text never show by accident: half a sentence. */
const MIN_DIFFERENT_GRAMS = 5;
/** One bit a gram, 64 slots for each gram that is known: two different grams share a slot once in 64 times. */
const SLOTS_PER_GRAM = 64;
const MAX_SLOTS = 1 << 23;

/**
 * Whether the plain and the HTML version of a mail say the same. A plain text that praises and an HTML text that
 * accuses would otherwise be read as one by the rules and as the other by a person. Compared are runs of four letters
 * or digits; layout, punctuation and link addresses do not count. Linear in both texts.
 */
export function saySame(plain: string, rich: string): boolean {
  const a = lettersOf(plain);
  const b = lettersOf(rich);
  if (a.length < 8 || b.length < 8) return sameLetters(a, b);
  return foreignGrams(a, b) < MIN_DIFFERENT_GRAMS && foreignGrams(b, a) < MIN_DIFFERENT_GRAMS;
}

/** Distinct grams of `text` that `other` does not have, counted up to the limit. */
function foreignGrams(text: Uint16Array, other: Uint16Array): number {
  const slots = Math.min(MAX_SLOTS, 2 ** Math.ceil(Math.log2(other.length * SLOTS_PER_GRAM)));
  const known = new Uint32Array(slots / 32);
  for (let at = 0; at + 4 <= other.length; at++) addGram(known, gramAt(other, at));
  let foreign = 0;
  for (let at = 0; at + 4 <= text.length && foreign < MIN_DIFFERENT_GRAMS; at++) {
    if (addGram(known, gramAt(text, at))) foreign++;
  }
  return foreign;
}

/** Whether the gram was new. */
function addGram(known: Uint32Array, gram: number): boolean {
  const index = (gram >>> 5) & (known.length - 1);
  const bit = 1 << (gram & 31);
  const before = known[index] ?? 0;
  known[index] = before | bit;
  return (before & bit) === 0;
}

function gramAt(letters: Uint16Array, at: number): number {
  let hash = 0;
  for (let offset = 0; offset < 4; offset++) hash = Math.imul(hash ^ (letters[at + offset] ?? 0), 0x9e3779b1);
  return hash ^ (hash >>> 15);
}

function sameLetters(a: Uint16Array, b: Uint16Array): boolean {
  return a.length === b.length && a.every((letter, at) => letter === b[at]);
}

/** Letters and digits as UTF-16 units, ASCII in lower case. Addresses and image placeholders are dropped first. */
function lettersOf(text: string): Uint16Array {
  const source = text.replace(/(?:https?:\/\/|mailto:|cid:)[!-~]+|\[(?:cid|image):?[^\]]{0,200}\]/gi, ' ');
  const letters = new Uint16Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (letterKind(code) !== 'none') letters[length++] = code >= 0x41 && code <= 0x5a ? code + 32 : code;
  }
  return letters.subarray(0, length);
}
