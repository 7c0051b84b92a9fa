import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Evidence is taken from the beginning: a text does not change its charset after 64 KB. */
const SAMPLE_BYTES = 65_536;

export type GuessedCharset = 'utf-8' | 'gb18030' | 'big5' | 'windows-1252';

/**
 * The charset of non-ASCII text bytes without a usable label. Order of belief: valid UTF-8; UTF-8 with a few damaged
 * places; whichever of GB 18030 and Big5 makes more everyday characters of the bytes; the Western default.
 */
export function guessCharset(bytes: Buffer): GuessedCharset {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const gb = gbShare(sample);
  if (isUtf8(bytes)) return score(gb) === 1 && onlyTwoByteWords(sample) ? 'gb18030' : 'utf-8';
  if (mostlyUtf8(sample)) return 'utf-8';
  const big5 = big5Share(sample);
  const gbScore = score(gb);
  const big5Score = score(big5);
  if (Math.max(gbScore, big5Score) >= 0.5) return likelierChinese(sample, big5Score - gbScore);
  return gb.invalid === 0 && gb.pairs * 4 >= sample.length ? 'gb18030' : 'windows-1252';
}

/** The characters that every second sentence has, simplified and traditional. */
const FREQUENT =
  /[的一是不了在人有我他这個个们們这這中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而得于於自之年过過发發后後作里裡学學]/g;

/** Most bytes of one encoding spell characters in the other too; when both look everyday, the frequent ones decide. */
function likelierChinese(sample: Buffer, big5Lead: number): 'gb18030' | 'big5' {
  if (Math.abs(big5Lead) > 0.25) return big5Lead > 0 ? 'big5' : 'gb18030';
  const frequent = (charset: string): number => iconv.decode(sample, charset).match(FREQUENT)?.length ?? 0;
  return frequent('big5') > frequent('gb18030') ? 'big5' : 'gb18030';
}

/** Several everyday Chinese characters in a row: what Latin text never looks like. */
export function likelyChinese(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  return [gbShare(sample), big5Share(sample)].some((share) => share.pairs >= 4 && score(share) >= 0.8);
}

type Share = { pairs: number; everyday: number; invalid: number };

function score(share: Share): number {
  const all = share.pairs + share.invalid;
  return all === 0 ? 0 : share.everyday / all;
}

/** Everyday in GB: rows 1-3 (punctuation, full-width) and 16-55 (level 1 characters, the 3,755 most used). */
function gbShare(bytes: Buffer): Share {
  return walkPairs(bytes, (lead, trail) => {
    if (trail < 0x40 || trail === 0x7f || trail === 0xff) return 'invalid';
    return trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7)) ? 'everyday' : 'rare';
  });
}

/** Everyday in Big5: A1-A3 (punctuation) and A4-C6 (level 1 characters, the 5,401 most used). */
function big5Share(bytes: Buffer): Share {
  return walkPairs(bytes, (lead, trail) => {
    const inside = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe);
    if (!inside || lead < 0xa1 || lead > 0xf9) return 'invalid';
    return lead <= 0xc6 ? 'everyday' : 'rare';
  });
}

type Verdict = 'everyday' | 'rare' | 'invalid';

function walkPairs(bytes: Buffer, judge: (lead: number, trail: number) => Verdict): Share {
  const share: Share = { pairs: 0, everyday: 0, invalid: 0 };
  // The last byte may be half a character that the sample cut off.
  for (let at = 0; at < bytes.length - 1; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const isLong = isFourByte(bytes, at);
    const verdict = isLong ? 'rare' : judgeLead(lead, bytes[at + 1] ?? 0, judge);
    if (verdict === 'invalid') {
      share.invalid++;
      continue;
    }
    share.pairs++;
    if (verdict === 'everyday') share.everyday++;
    at += isLong ? 3 : 1;
  }
  return share;
}

function judgeLead(lead: number, trail: number, judge: (lead: number, trail: number) => Verdict): Verdict {
  return lead === 0x80 || lead === 0xff ? 'invalid' : judge(lead, trail);
}

/** The long form of GB 18030: 81-FE 30-39 81-FE 30-39, always a rare character. */
function isFourByte(bytes: Buffer, at: number): boolean {
  const second = bytes[at + 1] ?? 0;
  return second >= 0x30 && second <= 0x39 && (bytes[at + 2] ?? 0) >= 0x81;
}

/**
 * Two-byte UTF-8 sequences alone may be GB by accident: the bytes of 小学 spell two valid Cyrillic letters. Chinese
 * stands in words of several characters, an accented Latin letter or a pound sign stands alone.
 */
function onlyTwoByteWords(bytes: Buffer): boolean {
  let runs = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0xe0) return false;
    if (byte < 0x80) continue;
    high++;
    if ((bytes[at - 1] ?? 0) < 0x80) runs++;
  }
  return high >= runs * 4;
}

/** UTF-8 that was cut or damaged in a few places: whole three- and four-byte sequences far outnumber the stray bytes. */
function mostlyUtf8(bytes: Buffer): boolean {
  let whole = 0;
  let stray = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const length = sequenceLength(lead);
    if (length > 0 && continues(bytes, at + 1, length - 1)) {
      if (length > 2) whole++;
      at += length - 1;
    } else if (at + 4 < bytes.length) {
      stray++; // one damaged character, however many of its bytes are left
      while (continues(bytes, at + 1, 1)) at++;
    }
  }
  return whole > 0 && whole >= 3 * stray;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

function continues(bytes: Buffer, from: number, count: number): boolean {
  for (let at = from; at < from + count; at++) {
    const byte = bytes[at];
    if (byte === undefined || byte < 0x80 || byte > 0xbf) return false;
  }
  return true;
}
