import type { ItemFlag } from './item.ts';

/** Bytes as text, with what a person must know about the reading. `cutInCharacter`: the last character is incomplete, so the file probably is too. */
export type DecodedText = {
  readonly text: string;
  readonly flags: readonly ItemFlag[];
  readonly cutInCharacter: boolean;
};

const SAMPLE_BYTES = 65_536;
/** Above this share of broken characters a text is not UTF-8 with damage but another charset: GBK read as UTF-8 breaks nearly every character. */
const BROKEN_SHARE = 0.05;

/**
 * Recognisers write UTF-8, hotline systems on Windows write GB18030 or UTF-16, with and without a mark. A byte order
 * mark is believed; without one strict UTF-8 wins, because Chinese text in any other charset is practically never valid UTF-8.
 */
export function decodeTranscript(bytes: Buffer): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeAs('utf-8', bytes.subarray(3), false);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeAs('utf-16le', bytes.subarray(2), false);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeAs('utf-16be', bytes.subarray(2), false);
  const wide = wideCharset(bytes.subarray(0, SAMPLE_BYTES));
  if (wide !== null) return decodeAs(wide, bytes, true);
  const utf8 = decodeAs('utf-8', bytes, false);
  if (brokenShare(utf8.text) <= BROKEN_SHARE) return utf8;
  const gb18030 = decodeAs('gb18030', bytes, true);
  return brokenShare(gb18030.text) < brokenShare(utf8.text) ? gb18030 : utf8;
}

function decodeAs(
  charset: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030',
  bytes: Buffer,
  guessed: boolean,
): DecodedText {
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  const whole = decoder.decode(bytes, { stream: true });
  const rest = decoder.decode();
  const text = whole + rest;
  const flags: ItemFlag[] = [];
  if (guessed) flags.push('guessed-charset');
  if (text.includes('\uFFFD')) flags.push('undecodable-characters');
  return { text, flags, cutInCharacter: rest !== '' };
}

/** UTF-16 without a mark shows by NUL in every other byte of its ASCII part (digits, brackets, line ends), on one side only. */
function wideCharset(sample: Buffer): 'utf-16le' | 'utf-16be' | null {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < sample.length; i += 1) {
    if (sample[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  const enough = sample.length / 40;
  if (odd > enough && even <= odd / 20) return 'utf-16le';
  if (even > enough && odd <= even / 20) return 'utf-16be';
  return null;
}

/** Broken characters among all that are not ASCII. */
function brokenShare(text: string): number {
  let broken = 0;
  let foreign = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    foreign += 1;
    if (unit === 0xfffd) broken += 1;
  }
  return foreign === 0 ? 0 : broken / foreign;
}
