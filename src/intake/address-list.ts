export type Mailbox = { readonly name: string; readonly address: string };

export type MailboxList = {
  /** The first ones, at most the limit given. */
  readonly mailboxes: readonly Mailbox[];
  /** All mailboxes of the list. */
  readonly count: number;
  /** A group (RFC 5322 section 3.4) was opened. */
  readonly grouped: boolean;
  /** Every mailbox was `address` or `name <address>`, with quotes, comments and brackets closed. */
  readonly wellFormed: boolean;
};

type Scan = {
  /** Words and quoted strings of a display name, in order. */
  name: string[];
  /** Unquoted words before any bracket: the address itself when there is no bracket. */
  bare: string[];
  address: string | null;
  grouped: boolean;
  wellFormed: boolean;
  count: number;
  found: Mailbox[];
};

const ENCODED_WORD = /=\?[^?\s]{1,80}\?[bq]\?[^?]*\?=/iy;

/**
 * Splits an address field into mailboxes in one pass over the text, whatever it holds: 100,000 quotes cost as much
 * as 100,000 letters. Comments are dropped. Nothing is decoded here.
 */
export function scanMailboxes(text: string, limit: number): MailboxList {
  const scan: Scan = { name: [], bare: [], address: null, grouped: false, wellFormed: true, count: 0, found: [] };
  let at = 0;
  while (at < text.length) at = step(scan, text, at, limit);
  finish(scan, limit);
  return { mailboxes: scan.found, count: scan.count, grouped: scan.grouped, wellFormed: scan.wellFormed };
}

/** Consumes one token; returns where the next one begins. */
function step(scan: Scan, text: string, at: number, limit: number): number {
  const char = text.charAt(at);
  switch (char) {
    case '"':
      return quoted(scan, text, at);
    case '(':
      return comment(scan, text, at);
    case '<':
      return bracketed(scan, text, at);
    case ',':
    case ';':
      finish(scan, limit);
      return at + 1;
    case ':':
      scan.grouped = true;
      scan.name = [];
      scan.bare = [];
      return at + 1;
    case '=':
      return encodedWord(scan, text, at);
    case '>':
      scan.wellFormed = false;
      return at + 1;
    default:
      return word(scan, text, at);
  }
}

function quoted(scan: Scan, text: string, at: number): number {
  let end = at + 1;
  const plain: string[] = [];
  while (end < text.length && text[end] !== '"') {
    if (text[end] === '\\') end++;
    plain.push(text[end] ?? '');
    end++;
  }
  if (end >= text.length) scan.wellFormed = false;
  // A quoted local part ("a b"@x) is never an address here: the quotes stay, and the strict grammar refuses them.
  if (text[end + 1] === '@') scan.bare.push(text.slice(at, end + 1));
  scan.name.push(plain.join(''));
  return end + 1;
}

function comment(scan: Scan, text: string, at: number): number {
  let depth = 0;
  for (let end = at; end < text.length; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === '(') depth++;
    else if (text[end] === ')' && --depth === 0) return end + 1;
  }
  scan.wellFormed = false;
  return text.length;
}

function bracketed(scan: Scan, text: string, at: number): number {
  const close = text.indexOf('>', at);
  if (close === -1 || scan.address !== null) scan.wellFormed = false;
  const end = close === -1 ? text.length : close;
  scan.address = text.slice(at + 1, end).trim();
  return end + 1;
}

/** An encoded word is one token, although careless programs leave commas and colons in it as they are. */
function encodedWord(scan: Scan, text: string, at: number): number {
  ENCODED_WORD.lastIndex = at;
  const encoded = ENCODED_WORD.exec(text)?.[0];
  return encoded === undefined ? word(scan, text, at) : take(scan, text, at, at + encoded.length);
}

function word(scan: Scan, text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && !'"(<>,;:='.includes(text[end] ?? '')) end++;
  return take(scan, text, at, end);
}

function take(scan: Scan, text: string, at: number, end: number): number {
  const piece = text.slice(at, end).trim();
  if (piece === '') return end;
  scan.name.push(piece);
  if (scan.address === null) scan.bare.push(piece);
  else scan.wellFormed = false; // words after <address>
  return end;
}

/** Ends one mailbox at a comma, a semicolon or the end of the field. */
function finish(scan: Scan, limit: number): void {
  if (scan.address !== null || scan.name.length > 0) {
    scan.count++;
    if (scan.found.length < limit) scan.found.push(toMailbox(scan));
  }
  scan.name = [];
  scan.bare = [];
  scan.address = null;
}

function toMailbox(scan: Scan): Mailbox {
  if (scan.address === null) return { name: '', address: scan.bare.join('') };
  return { name: scan.name.join(' '), address: scan.address };
}
