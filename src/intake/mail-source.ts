import { decodeBytes } from './charset.ts';
import { storable } from './mail-clean-text.ts';
import { readFieldBlock, type Field } from './mail-fields.ts';

/** Bytes that mailparser can read without losing anything, and the header block as it arrived. */
export type MailSource = {
  readonly message: Buffer;
  readonly fields: readonly Field[];
  /** Raw header block for a person to read: at most 64 KB of it, encoded words as they are. */
  readonly headers: string;
  readonly malformed: boolean;
  /** Carriage returns alone end lines in the header: nobody can say who the sender is (RFC 5322 section 2.2). */
  readonly bareCr: boolean;
  /** See FieldBlock. */
  readonly strayLines: boolean;
  /** Bytes after the header that are not blank: whether there is a body at all. */
  readonly hasBody: boolean;
};

const MAX_HEADERS_KEPT = 65_536;
const CR = 0x0d;
const LF = 0x0a;

/**
 * mailparser takes everything up to the first empty line as header and drops what it cannot read there, so three
 * defects are repaired before it looks: line ends made of CR alone or doubled, a missing header block, and a missing
 * empty line between header and body. The stored raw bytes stay as they are.
 */
export function prepareSource(raw: Buffer): MailSource {
  const lineEnds = headerLineEnds(raw);
  const bytes = lineEnds === 'sound' ? raw : withRepairedLineEnds(raw);
  const block = readFieldBlock(bytes);
  const header = bytes.subarray(block.start, block.end);
  const body = bytes.subarray(block.bodyStart);
  const separated = block.bodyStart > block.end;
  const whole = separated || body.length === 0;
  return {
    message: whole ? bytes.subarray(block.start) : Buffer.concat([header, Buffer.from('\r\n'), body]),
    fields: block.fields,
    headers: storable(decodeBytes(header.subarray(0, MAX_HEADERS_KEPT), null).text),
    malformed: block.malformed || lineEnds !== 'sound',
    bareCr: lineEnds === 'bare',
    strayLines: block.strayLines,
    hasBody: !isBlank(body),
  };
}

type LineEnds = 'sound' | 'doubled' | 'bare';

/** Judges the header only: a lone CR in a body is text, not structure. */
function headerLineEnds(raw: Buffer): LineEnds {
  const end = headerEnd(raw);
  let verdict: LineEnds = 'sound';
  for (let at = raw.indexOf(CR); at !== -1 && at < end; at = raw.indexOf(CR, at + 1)) {
    const run = at;
    while (raw[at + 1] === CR) at++;
    if (raw[at + 1] !== LF) return 'bare';
    if (at > run) verdict = 'doubled';
  }
  return verdict;
}

function headerEnd(raw: Buffer): number {
  const ends = ['\n\n', '\n\r\n', '\n\r\r\n'].map((emptyLine) => raw.subarray(0, MAX_HEADERS_KEPT).indexOf(emptyLine));
  return Math.min(...ends.filter((end) => end !== -1), MAX_HEADERS_KEPT);
}

/** Any number of CRs before a LF is one line end; lone CRs are as many line ends as there are. */
function withRepairedLineEnds(raw: Buffer): Buffer {
  const repaired = raw
    .toString('latin1')
    .replace(/\r*\n|\r/g, '\n')
    .replaceAll('\n', '\r\n');
  return Buffer.from(repaired, 'latin1');
}

function isBlank(body: Buffer): boolean {
  for (const byte of body) {
    if (byte > 0x20) return false;
  }
  return true;
}
