import libmime from 'libmime';

/** RFC 2047: encoded words of at most 75 characters, one a line. */
export function mimeWord(text: string): string {
  return libmime.encodeWord(text, 'B', 52).replaceAll(/\s+/g, '\r\n ');
}

/** RFC 2045 6.8: lines of 76 characters. */
export function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
}
