import iconv from 'iconv-lite';

/**
 * The two seven-bit Chinese encodings that neither mailparser nor iconv-lite reads:
 * HZ (RFC 1843) and ISO-2022-CN (RFC 1922). Both are rewritten into GB bytes, which iconv-lite reads.
 */

/** RFC 1843: `~{` opens GB, `~}` or the line end closes it, `~~` is a tilde, `~` before a line end joins the lines. */
const HZ_ESCAPE = /~(?:\{([^\n]*?)(?:~\}|(?=\n)|$)|(~)|\r?\n)/g;
/** Whole two-byte characters of the GB 2312 plane between the escapes. */
const HZ_RUN = /~\{(?:[!-w][!-~])+~\}/;

export function decodeHz(bytes: Buffer): string {
  const rewritten = bytes.toString('latin1').replace(HZ_ESCAPE, (_escape, gb?: string, tilde?: string) => {
    return gb === undefined ? (tilde ?? '') : withHighBits(gb);
  });
  return iconv.decode(Buffer.from(rewritten, 'latin1'), 'gb18030');
}

export function looksLikeHz(bytes: Buffer): boolean {
  return bytes.includes('~{') && HZ_RUN.test(bytes.toString('latin1', 0, 65_536));
}

/**
 * RFC 1922: ESC $ ) A designates GB 2312; SO (0x0E) and SI (0x0F) switch to it and back, a line end switches back too.
 * The planes of CNS 11643 (ESC $ ) G, and ESC N for one character) have no table here: each of their characters
 * becomes U+FFFD, so that it is seen.
 */
const ISO_2022_ESCAPE = /\x1b\$\)(.)|\x1b\$\*.|(\x1bN..)|\x0e([^\x0f\n]*)|\x0f/gs;
const UNDECODABLE = '\xff';

export function decodeIso2022Cn(bytes: Buffer): string {
  let isGb = true;
  const rewritten = bytes
    .toString('latin1')
    .replace(ISO_2022_ESCAPE, (_escape, set?: string, single?: string, shifted?: string) => {
      if (set !== undefined) isGb = set === 'A';
      if (single !== undefined) return UNDECODABLE;
      if (shifted === undefined) return '';
      return isGb ? withHighBits(shifted) : UNDECODABLE.repeat(Math.ceil(shifted.length / 2));
    });
  return iconv.decode(Buffer.from(rewritten, 'latin1'), 'gb18030');
}

export function looksLikeIso2022Cn(bytes: Buffer): boolean {
  return bytes.includes('\x1b$)A') || bytes.includes('\x1b$)G');
}

/** Seven-bit GB becomes eight-bit GB; spaces between characters stay. */
function withHighBits(sevenBit: string): string {
  return sevenBit.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80));
}
