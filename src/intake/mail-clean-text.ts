/**
 * What every string of a parsed mail goes through. PostgreSQL refuses U+0000 in text and lone surrogates in jsonb,
 * and a control character that a person cannot see must not reach a header, a terminal or a CSV file either.
 */

/** One line: every control character becomes its picture (CR LF from an encoded word is shown as ␍␊), tabs a space. */
export function cleanLine(text: string): string {
  return wellFormed(text).replace(/\t/g, ' ').replace(CONTROL_IN_LINE, picture);
}

/** Many lines: line ends become \n, tabs stay, other control characters become their picture. */
export function cleanText(text: string): string {
  return wellFormed(text)
    .replace(/\r\n?|\f|\u2028|\u2029/g, '\n')
    .replace(CONTROL_IN_TEXT, picture);
}

/** Changes only what PostgreSQL refuses. */
export function storable(text: string): string {
  return wellFormed(text).replaceAll('\0', '\u2400');
}

/** At most `units` UTF-16 units from the front, never half a character. */
export function cutLine(text: string, units: number): string {
  return text.slice(0, units).replace(/[\ud800-\udbff]$/, '');
}

/** Cuts at most `bytes` of UTF-8 from the front, between characters. */
export function cutUtf8(text: string, bytes: number): string {
  if (text.length * 3 <= bytes || Buffer.byteLength(text) <= bytes) return text;
  const { read } = new TextEncoder().encodeInto(text.slice(0, bytes), new Uint8Array(bytes));
  return text.slice(0, read);
}

// eslint-disable-next-line no-control-regex -- control characters are what this file is about
const CONTROL_IN_LINE = /[\u0000-\u001f\u007f]/g;
// eslint-disable-next-line no-control-regex -- as above
const CONTROL_IN_TEXT = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

function picture(control: string): string {
  const code = control.charCodeAt(0);
  return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
}

function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
