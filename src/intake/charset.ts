import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import libmime from 'libmime';
import { decodeHz, decodeIso2022Cn, looksLikeHz, looksLikeIso2022Cn } from './charset-escapes.ts';
import { guessCharset, likelyChinese } from './charset-guess.ts';

/** `guessed`: the label was missing or wrong and the bytes decided. `damaged`: U+FFFD in the text. */
export type Decoded = { readonly text: string; readonly guessed: boolean; readonly damaged: number };

const GB_LABEL = /^(?:gb[-_ ]?18030|gb[-_ ]?2312(?:-80)?|x?-?gbk|cp936|ms936|windows-936|euc-cn|chinese|csgb2312|936)$/;
const UTF8_LABEL = /^(?:utf-?8|utf|utf8mb4|cp65001|65001|unicode-1-1-utf-8)$/;
/** Names that say nothing about the bytes. */
const NO_LABEL = /^(?:(?:us-?)?ascii|ansi_x3\.4-1968|[78]bit|binary|default|none|unknown(?:-8bit)?|x-unknown|_.*)?$/;
/** What mailers write when they do not know: the bytes are believed before these names. */
const DEFAULT_LABEL = /^(?:iso-?8859-?1|latin-?1|windows-1252|cp1252|iso-?8859-?15)$/;
/** UTF-7 carries markup past filters that look for "<"; base64 and hex are no charsets. All three stay undecoded. */
const REFUSED = /utf-?7|base64|^hex$|binhex/;

/** Decodes text bytes. The label is believed unless the bytes contradict it. */
export function decodeBytes(bytes: Buffer, label: string | null): Decoded {
  const name = (label ?? '').trim().toLowerCase();
  if (/^hz(?:-gb-?2312)?$/.test(name)) return decoded(decodeHz(bytes), false);
  if (/^iso-?2022-?cn/.test(name)) return decoded(decodeIso2022Cn(bytes), false);
  if (NO_LABEL.test(name)) return decodeUnlabelled(bytes);
  if (UTF8_LABEL.test(name)) return decodeAsUtf8(bytes);
  if (GB_LABEL.test(name)) return decodeTrusting(bytes, 'gb18030');
  if (DEFAULT_LABEL.test(name)) return decodeDoubting(bytes);
  const codec = libmime.normalizeCharset(name);
  if (REFUSED.test(name)) return { ...decodeUnlabelled(bytes), guessed: true };
  if (/^(?:iso-?2022-?jp|euc-?jp|jis)/i.test(codec)) return decoded(decodeJapanese(bytes, codec), false);
  if (!iconv.encodingExists(codec)) return { ...decodeUnlabelled(bytes), guessed: true };
  return decodeTrusting(bytes, codec);
}

function decodeUnlabelled(bytes: Buffer): Decoded {
  if (isAscii(bytes)) {
    if (looksLikeIso2022Cn(bytes)) return decoded(decodeIso2022Cn(bytes), true);
    if (looksLikeHz(bytes)) return decoded(decodeHz(bytes), true);
    return { text: bytes.toString('latin1'), guessed: false, damaged: 0 };
  }
  const utf16 = byteOrderMark(bytes);
  if (utf16 !== null) return decoded(iconv.decode(bytes, utf16), false);
  const charset = guessCharset(bytes);
  return decoded(charset === 'utf-8' ? utf8(bytes) : iconv.decode(bytes, charset), charset !== 'utf-8');
}

function decodeAsUtf8(bytes: Buffer): Decoded {
  if (isUtf8(bytes)) return decoded(utf8(bytes), false);
  const charset = guessCharset(bytes);
  // A wrong label counts only when the bytes are clearly Chinese in another charset; a cut UTF-8 text stays UTF-8.
  if (charset === 'gb18030' || charset === 'big5') return decoded(iconv.decode(bytes, charset), true);
  return decoded(utf8(bytes), false);
}

/** A label that names a real charset is wrong only when the bytes are valid UTF-8 with several three-byte characters. */
function decodeTrusting(bytes: Buffer, codec: string): Decoded {
  if (!isAscii(bytes) && isUtf8(bytes) && !/^utf-?(?:16|32)|^ucs/i.test(codec) && hasThreeByteCharacters(bytes)) {
    return decoded(utf8(bytes), true);
  }
  return decoded(iconv.decode(bytes, codec), false);
}

function decodeDoubting(bytes: Buffer): Decoded {
  if (isAscii(bytes)) return { text: bytes.toString('latin1'), guessed: false, damaged: 0 };
  if (isUtf8(bytes) || likelyChinese(bytes)) return decoded(iconv.decode(bytes, guessCharset(bytes)), true);
  return decoded(iconv.decode(bytes, 'windows-1252'), false);
}

/** libmime decodes the Japanese charsets, which iconv-lite lacks; an encoded word is its only door for whole buffers. */
function decodeJapanese(bytes: Buffer, codec: string): string {
  return libmime.decodeWord(codec, 'B', bytes.toString('base64'));
}

function hasThreeByteCharacters(bytes: Buffer): boolean {
  let seen = 0;
  for (const byte of bytes.subarray(0, 4096)) {
    if (byte >= 0xe0 && ++seen >= 2) return true;
  }
  return false;
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function utf8(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function decoded(text: string, guessed: boolean): Decoded {
  return { text, guessed, damaged: countReplacements(text) };
}

/** U+FFFD in a text: what could not be decoded, here or by whoever sent it. */
export function countReplacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) count++;
  return count;
}
