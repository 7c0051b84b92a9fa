/** One header field: lower-case name, unfolded raw value as latin1 so that no byte is lost. */
export type Field = { readonly name: string; readonly raw: string };

export type FieldBlock = {
  readonly fields: readonly Field[];
  /** Offset of the first byte of the header block: after a BOM, an mbox line or stray blank lines. */
  readonly start: number;
  /** Offset of the end of the header block, before the empty line. */
  readonly end: number;
  /** Offset of the body; equal to `end` when the empty line between them is missing. */
  readonly bodyStart: number;
  /** Line ends, blank lines or unnamed lines are not what RFC 5322 section 2.2 says. */
  readonly malformed: boolean;
  /** Lines between the fields that are no fields: programs differ on what they belong to, the sender included. */
  readonly strayLines: boolean;
};

/** mailparser stops at 1 MB of header; nobody reads fields beyond these. */
const MAX_BLOCK_BYTES = 2_000_000;
const MAX_FIELDS = 20_000;

const FIELD_LINE = /^[\x21-\x39\x3b-\x7e]{1,200}[ \t]*:/;
const KNOWN_FIELD =
  /^(?:from|to|cc|sender|subject|date|message-id|received|return-path|reply-to|mime-version|content-[a-z-]+|x-[a-z-]+|dkim-signature|references|in-reply-to|delivered-to)[ \t]*:/i;
const MBOX_LINE = /^>?From /;

/** Reads the header block at the front of a message. Linear; never throws. */
export function readFieldBlock(raw: Buffer): FieldBlock {
  const text = raw.toString('latin1', 0, MAX_BLOCK_BYTES);
  const start = findStart(text);
  const folded: string[][] = [];
  let malformed = start.skippedBlankLines;
  let strayLines = false;
  let at = start.offset;
  let bodyStart: number | null = null;
  while (at < text.length && folded.length < MAX_FIELDS && bodyStart === null) {
    const line = lineAt(text, at);
    if (line.text === '') {
      bodyStart = line.next;
      break;
    }
    if (isContinuation(line.text) && folded.length > 0) {
      folded.at(-1)?.push(line.text.trim());
    } else if (FIELD_LINE.test(line.text)) {
      folded.push([line.text]);
    } else if (!MBOX_LINE.test(line.text)) {
      malformed = true;
      if (!fieldsFollow(text, line.next)) break;
      strayLines = true;
    }
    at = line.next;
  }
  const fields = folded.map((lines) => splitField(lines.join(' ')));
  return { fields, start: start.offset, end: at, bodyStart: bodyStart ?? at, malformed, strayLines };
}

/** The first field of that name, as mail clients show it when there are several. */
export function firstField(fields: readonly Field[], name: string): string | null {
  return fields.find((field) => field.name === name)?.raw ?? null;
}

export function allFields(fields: readonly Field[], name: string): string[] {
  return fields.filter((field) => field.name === name).map((field) => field.raw);
}

function findStart(text: string): { offset: number; skippedBlankLines: boolean } {
  let offset = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  if (text.startsWith('From ', offset)) offset = lineAt(text, offset).next;
  const blank = /^(?:[ \t]*\r?\n){1,20}/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  if (blank > 0 && KNOWN_FIELD.test(text.slice(offset + blank, offset + blank + 100))) {
    return { offset: offset + blank, skippedBlankLines: true };
  }
  return { offset, skippedBlankLines: false };
}

function lineAt(text: string, at: number): { text: string; next: number } {
  const lf = text.indexOf('\n', at);
  if (lf === -1) return { text: text.slice(at), next: text.length };
  let end = lf;
  while (end > at && text.charCodeAt(end - 1) === 0x0d) end--;
  return { text: text.slice(at, end), next: lf + 1 };
}

function isContinuation(line: string): boolean {
  return line.startsWith(' ') || line.startsWith('\t');
}

function splitField(line: string): Field {
  const colon = line.indexOf(':');
  return { name: line.slice(0, colon).trim().toLowerCase(), raw: line.slice(colon + 1).trim() };
}

/**
 * A line that is no field is either junk inside the header or, with the empty line missing, the body. It is junk when
 * a well-known field still follows before the next empty line: mailers disagree here, and losing the sender or the
 * body without a word would be worse than either choice.
 */
function fieldsFollow(text: string, from: number): boolean {
  let at = from;
  for (let seen = 0; seen < 200 && at < text.length; seen++) {
    const line = lineAt(text, at);
    if (line.text === '') return false;
    if (KNOWN_FIELD.test(line.text)) return true;
    at = line.next;
  }
  return false;
}
