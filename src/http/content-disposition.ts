/** Path separators and reserved characters, and everything invisible: controls, bidirectional overrides, broken surrogates. */
const NOT_IN_A_NAME = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const MOST_NAME = 150;

/** `attachment` with a name that a file system and a header can hold (RFC 6266, RFC 8187). */
export function attachmentDisposition(name: string): string {
  const points = [...name.replaceAll(NOT_IN_A_NAME, '_')];
  // The end of a name says what it is: keep that when it is too long. A leading dot would hide the file.
  const short = points.length > MOST_NAME ? points.slice(-MOST_NAME) : points;
  const safe = short.join('').replace(/^[.\s]+/u, '_') || '_';
  const ascii = safe.replaceAll(/[^\w .()-]/gu, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeExtended(safe)}`;
}

/** encodeURIComponent leaves four characters that RFC 8187 does not allow. */
function encodeExtended(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*]/gu, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
