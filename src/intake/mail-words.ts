import { isAscii } from 'node:buffer';
import { countReplacements, decodeBytes, type Decoded } from './charset.ts';

/** RFC 2047 encoded word; the language tag of RFC 2231 section 5 after `*` is ignored. Linear: no nested repetition. */
const ENCODED_WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bq])\?([^?]*)\?=/gi;

type Word = { readonly charset: string; readonly bytes: Buffer; readonly start: number; readonly end: number };

/** Decodes a raw header value (latin1, unfolded): its 8-bit bytes, then its encoded words. */
export function decodeFieldText(raw: string): Decoded {
  const outer = decodeEightBit(raw);
  const inner = decodeWords(outer.text);
  return { text: inner.text, guessed: outer.guessed || inner.guessed, damaged: inner.damaged };
}

/** Raw 8-bit bytes of a header: UTF-8 by RFC 6532, GBK by the habit of many Chinese mailers. Encoded words stay. */
export function decodeEightBit(raw: string): Decoded {
  const bytes = Buffer.from(raw, 'latin1');
  return isAscii(bytes) ? { text: raw, guessed: false, damaged: 0 } : decodeBytes(bytes, null);
}

/**
 * Decodes the encoded words of a text. Neighbouring words of one charset are joined as bytes first, because mailers
 * split them inside a character.
 */
export function decodeWords(source: string): Decoded {
  let guessed = false;
  let text = '';
  let at = 0;
  for (const run of source.includes('=?') ? wordRuns(source) : []) {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) continue;
    const decoded = decodeBytes(Buffer.concat(run.map((word) => word.bytes)), first.charset);
    guessed ||= decoded.guessed;
    text += gap(source.slice(at, first.start), at > 0) + decoded.text;
    at = last.end;
  }
  text += source.slice(at);
  return { text, guessed, damaged: countReplacements(text) };
}

/** White space between two encoded words is not shown (RFC 2047 section 6.2). */
function gap(between: string, afterWord: boolean): string {
  return afterWord && between.trim() === '' ? '' : between;
}

/** Encoded words in order, grouped while only white space is between them and the charset stays the same. */
function wordRuns(text: string): Word[][] {
  const runs: Word[][] = [];
  let last: Word | null = null;
  for (const match of text.matchAll(ENCODED_WORD)) {
    const word = toWord(match);
    const joins = last !== null && word.charset === last.charset && text.slice(last.end, word.start).trim() === '';
    if (joins) runs.at(-1)?.push(word);
    else runs.push([word]);
    last = word;
  }
  return runs;
}

function toWord(match: RegExpExecArray): Word {
  const encoded = match[3] ?? '';
  return {
    charset: (match[1] ?? '').toLowerCase(),
    bytes: match[2]?.toLowerCase() === 'b' ? Buffer.from(encoded, 'base64') : decodeQ(encoded),
    start: match.index,
    end: match.index + match[0].length,
  };
}

/** RFC 2047 section 4.2. A bad escape stays as written. */
function decodeQ(encoded: string): Buffer {
  const text = encoded.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_escape, hex: string) => {
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return Buffer.from(text, 'latin1');
}
