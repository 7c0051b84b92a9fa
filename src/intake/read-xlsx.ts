import { excelDay, isDayFormat } from './excel-days.ts';
import {
  MOST_CELLS,
  MOST_COLUMNS,
  MOST_ROWS,
  refusedTable,
  tableOf,
  type ReadTable,
  type RegisterRow,
} from './register-table.ts';
import { xmlTags, type XmlTag } from './xml-tags.ts';
import { openZip, type ZipParts, type ZipRefusal } from './zip-parts.ts';

/** What all parts of a file together may come to. A register of 100,000 rows is about half of it. */
const MOST_INFLATED = 160 * 1024 * 1024;

/** Ends the reading of one file, and is caught by `readXlsx` alone. */
class Refused extends Error {
  readonly refusal: Extract<ReadTable, { kind: 'refused' }>;
  constructor(refusal: Extract<ReadTable, { kind: 'refused' }>) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

/** Reads one sheet of an .xlsx: what the cells show, of a formula the value that was saved with it. `sheet` null: the only one with anything in it. */
export function readXlsx(bytes: Buffer, sheet: string | null): ReadTable {
  const parts = openZip(bytes, MOST_INFLATED);
  if (typeof parts === 'string') return refusedTable(parts);
  try {
    return readBook(parts, sheet);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

function readBook(parts: ZipParts, wanted: string | null): ReadTable {
  const { sheets, from1904 } = readWorkbook(parts);
  const texts = { shared: readShared(parts), days: readDayStyles(parts), from1904 };
  const chosen = wanted === null ? sheets : sheets.filter(({ name }) => name === wanted);
  const names = sheets.map(({ name }) => name).join('、');
  if (chosen.length === 0) return refusedTable('no-such-sheet', names);
  const filled = chosen.map(({ path }) => tableOf(readRows(parts, path, texts), from1904));
  const found = filled.filter((table) => table.kind === 'ok' || table.reason !== 'empty');
  return found.length > 1 ? refusedTable('which-sheet', names) : (found[0] ?? refusedTable('empty'));
}

function tagsOf(parts: ZipParts, name: string): Iterable<XmlTag> | null {
  const part = parts.read(name);
  if (part === null) return null;
  if (typeof part === 'string') throw new Refused(refusedTable(part satisfies ZipRefusal));
  const tags = xmlTags(part.toString('utf8'));
  if (tags === null) throw new Refused(refusedTable('damaged'));
  return tags;
}

function readWorkbook(parts: ZipParts) {
  const targets = readTargets(parts);
  const sheets: { readonly name: string; readonly path: string }[] = [];
  let from1904 = false;
  for (const tag of tagsOf(parts, 'xl/workbook.xml') ?? []) {
    if (tag.name === 'workbookPr') from1904 = ['1', 'true'].includes(tag.attribute('date1904') ?? '');
    const path = tag.name === 'sheet' ? targets.get(tag.attribute('r:id') ?? '') : undefined;
    if (path !== undefined && !isHidden(tag)) sheets.push({ name: tag.attribute('name') ?? '', path });
  }
  if (sheets.length === 0) throw new Refused(refusedTable('not-a-table'));
  return { sheets, from1904 };
}

function isHidden(sheet: XmlTag): boolean {
  return (sheet.attribute('state') ?? 'visible') !== 'visible';
}

/** In which part of the file each sheet is. */
function readTargets(parts: ZipParts): ReadonlyMap<string, string> {
  const targets = new Map<string, string>();
  for (const tag of tagsOf(parts, 'xl/_rels/workbook.xml.rels') ?? []) {
    const target = tag.attribute('Target') ?? '';
    if (tag.name === 'Relationship') targets.set(tag.attribute('Id') ?? '', target.replace(/^\/?(?:xl\/)?/u, 'xl/'));
  }
  return targets;
}

/** The texts that cells point to. What stands above a character as its reading (`rPh`) is no text. */
function readShared(parts: ZipParts): readonly string[] {
  const shared: string[] = [];
  let text = '';
  let reading = false;
  for (const tag of tagsOf(parts, 'xl/sharedStrings.xml') ?? []) {
    if (tag.name === 'rPh') reading = tag.kind === 'open';
    if (tag.name === 't' && tag.kind === 'close' && !reading) text += tag.before;
    if (tag.name !== 'si' || tag.kind === 'open') continue;
    shared.push(text);
    text = '';
  }
  return shared;
}

/** Which cell styles show a number as a day. */
function readDayStyles(parts: ZipParts): ReadonlySet<number> {
  const formats = new Map<number, string>();
  const days = new Set<number>();
  let inCells = false;
  let style = 0;
  for (const tag of tagsOf(parts, 'xl/styles.xml') ?? []) {
    if (tag.name === 'numFmt') formats.set(Number(tag.attribute('numFmtId')), tag.attribute('formatCode') ?? '');
    if (tag.name === 'cellXfs') inCells = tag.kind === 'open';
    if (tag.name !== 'xf' || tag.kind === 'close' || !inCells) continue;
    const id = Number(tag.attribute('numFmtId') ?? 0);
    if (isDayFormat(id, formats.get(id) ?? null)) days.add(style);
    style += 1;
  }
  return days;
}

type Texts = { readonly shared: readonly string[]; readonly days: ReadonlySet<number>; readonly from1904: boolean };
type Cell = { readonly column: number; readonly type: string; readonly style: number };
type ValuedCell = Cell & { readonly value: string };

function readRows(parts: ZipParts, path: string, texts: Texts): RegisterRow[] {
  const rows: RegisterRow[] = [];
  let [line, count] = [0, 0];
  let row: ValuedCell[] = [];
  for (const found of rowsAndCells(tagsOf(parts, path) ?? [])) {
    if ('line' in found) {
      line = found.line ?? line + 1;
      row = [];
    } else if ('value' in found) row.push(found);
    else {
      const cells = rowOf(row, line, texts);
      rows.push({ line, cells });
      count += cells.length;
      if (rows.length > 2 * MOST_ROWS) throw new Refused(refusedTable('too-many-rows'));
      if (count > MOST_CELLS) throw new Refused(refusedTable('too-many-cells'));
    }
  }
  return rows;
}

/** Where a row begins (`line` null: behind the one before), each of its cells, and where it ends. */
function* rowsAndCells(
  tags: Iterable<XmlTag>,
): Generator<{ readonly line: number | null } | ValuedCell | { readonly end: true }> {
  let cell: Cell | null = null;
  let value = '';
  let next = 0;
  for (const tag of tags) {
    const opens = tag.kind !== 'close';
    if (tag.name === 'row') {
      const line = tag.attribute('r');
      if (opens) yield { line: line === null ? null : Number(line) };
      else yield { end: true };
      next = 0;
    } else if (tag.name === 'c' && opens) {
      [cell, value] = [cellOf(tag, next), ''];
      next = cell.column + 1;
    } else if (tag.name === 'c' && cell !== null) yield { ...cell, value };
    else if (!opens && ['v', 't'].includes(tag.name)) value += tag.before;
  }
}

function rowOf(row: readonly ValuedCell[], line: number, texts: Texts): string[] {
  const filled = row.filter(({ value }) => value !== '');
  const last = filled.reduce((most, { column }) => Math.max(most, column), -1);
  if (last >= MOST_COLUMNS) throw new Refused(refusedTable('too-many-cells', `第 ${String(line)} 行`));
  const cells = Array.from({ length: last + 1 }, () => '');
  for (const cell of filled) cells[cell.column] = shown(cell, texts);
  return cells;
}

function cellOf(tag: XmlTag, next: number): Cell {
  const [letters] = /^[A-Z]{1,3}/u.exec(tag.attribute('r') ?? '') ?? [];
  return {
    column: letters === undefined ? next : columnNumber(letters),
    type: tag.attribute('t') ?? 'n',
    style: Number(tag.attribute('s') ?? 0),
  };
}

/** A is 0. */
export function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function shown({ value, type, style }: ValuedCell, { shared, days, from1904 }: Texts): string {
  if (type === 's') return clean(shared[Number(value)] ?? '');
  if (type === 'e') return ''; // #N/A and its like say nothing
  if (type !== 'n') return clean(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return clean(value);
  // As a person reads it: 1.39E+10 is a telephone number.
  return days.has(style) ? excelDay(number, from1904) : String(number);
}

/** `_x000D_` is how the format writes a character that XML cannot hold. */
function clean(text: string): string {
  return text
    .replace(/_x([0-9A-F]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/gu, '\n');
}
