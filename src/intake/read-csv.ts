import { MOST_CELLS, MOST_ROWS, refusedTable, tableOf, type ReadTable, type RegisterRow } from './register-table.ts';

/** Reads CSV as spreadsheets write it: UTF-8 or UTF-16 with or without a mark, else GB18030; separated by comma, semicolon or tab. */
export function readCsv(bytes: Buffer): ReadTable {
  const text = decode(bytes);
  if (text === null) return refusedTable('unknown-encoding');
  // oxlint-disable-next-line no-control-regex -- what no text has is what tells a picture from a table
  if (/[\u0000-\u0008\u000e-\u001a]/u.test(text)) return refusedTable('not-a-table');
  const read = splitRows(text.replace(/^sep=.\r?\n/iu, '\n'));
  if (read.kind === 'open-quote') return refusedTable('open-quote', `第 ${String(read.line)} 行`);
  if (read.kind === 'too-many') return refusedTable(read.reason);
  return tableOf(read.rows, false);
}

function decode(bytes: Buffer): string | null {
  const marked = markOf(bytes);
  if (marked !== null) return decodeAs(marked, bytes);
  return decodeAs('utf-8', bytes) ?? decodeAs('gb18030', bytes);
}

/** By its mark, or for UTF-16 without one by the zero halves of separators and line ends. */
function markOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes.length % 2 === 0 ? orderOf(bytes.subarray(0, 4_096)) : null;
}

function orderOf(bytes: Buffer): string | null {
  const zeros = [...bytes.entries()].flatMap(([at, byte]) => (byte === 0 ? [at % 2] : []));
  if (zeros.length < bytes.length / 50) return null;
  if (zeros.every((half) => half === 1)) return 'utf-16le';
  return zeros.every((half) => half === 0) ? 'utf-16be' : null;
}

function decodeAs(encoding: string, bytes: Buffer): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null; // the answer to the question whether it is this encoding
  }
}

const SEPARATORS = [',', ';', '\t'] as const;

/** The one that the first line with any has most of, quoted texts not counted. */
function separatorOf(text: string): string {
  for (const line of text.slice(0, 65_536).split(/[\r\n]+/u)) {
    const bare = line.replace(/"[^"]*"/gu, '');
    const [most] = SEPARATORS.map((sign) => ({ sign, count: bare.split(sign).length - 1 })).toSorted(
      (a, b) => b.count - a.count,
    );
    if (most !== undefined && most.count > 0) return most.sign;
  }
  return ',';
}

type Split =
  | { readonly kind: 'rows'; readonly rows: readonly RegisterRow[] }
  | { readonly kind: 'open-quote'; readonly line: number }
  | { readonly kind: 'too-many'; readonly reason: 'too-many-rows' | 'too-many-cells' };

/** RFC 4180, and what it leaves open as Excel does it: a quote inside a bare field is a character. */
function splitRows(text: string): Split {
  const separator = separatorOf(text);
  const rows: RegisterRow[] = [];
  let cells: string[] = [];
  let at = 0;
  let count = 0;
  for (let line = 1; at < text.length;) {
    const field = text[at] === '"' ? quotedField(text, at, separator) : bareField(text, at, separator);
    if (field === null) return { kind: 'open-quote', line };
    cells.push(field.value);
    at = field.end;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
      cells.push('');
    }
    rows.push({ line, cells });
    count += cells.length;
    // Empty rows are nobody's cases, but a file of nothing else is not read for ever.
    if (rows.length > 2 * MOST_ROWS) return { kind: 'too-many', reason: 'too-many-rows' };
    if (count > MOST_CELLS) return { kind: 'too-many', reason: 'too-many-cells' };
    cells = [];
    line += 1;
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  return { kind: 'rows', rows };
}

type Field = { readonly value: string; readonly end: number };

function bareField(text: string, from: number, separator: string): Field {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end };
}

function quotedField(text: string, from: number, separator: string): Field | null {
  let value = '';
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote < 0) return null;
    value += text.slice(start, quote);
    if (text[quote + 1] !== '"') {
      const rest = bareField(text, quote + 1, separator);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    start = quote + 2;
  }
}
