import type { ReportSheet, SheetPart } from '../http/report-sheet.ts';

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a terminal gives a text: two for East Asian wide characters (UAX #11), none for marks and invisible ones. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;
const GAP = 2;

/** A page for the terminal: names to the left, numbers to the right, in columns of one width through the whole page. */
export function reportText({ title, lines, parts }: ReportSheet): string {
  const nameWidth = widest(parts.flatMap(({ groups }) => groups.flatMap(({ rows }) => rows.map(({ name }) => name))));
  const cellWidth = widest(parts.flatMap(({ columns, groups }) => [...columns, ...cellsOf(groups)])) + GAP;
  const pages = parts.map((part, index) => [
    `${NUMERALS[index] ?? String(index + 1)}、${part.title}`,
    ...partLines(part, nameWidth + INDENT.length * 2, cellWidth),
    '',
  ]);
  return [title, ...lines, '', ...pages.flat()].join('\n');
}

const INDENT = '  ';

function cellsOf(groups: SheetPart['groups']): readonly string[] {
  return groups.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
}

function partLines({ columns, groups }: SheetPart, nameWidth: number, cellWidth: number): readonly string[] {
  const line = (name: string, cells: readonly string[]): string =>
    (padEnd(name, nameWidth) + cells.map((cell) => padStart(cell, cellWidth)).join('')).trimEnd();
  // Nothing was counted: the whole says so, and there is nothing to take apart.
  const rows = groups.flatMap(({ name, rows: own }) => [
    ...(name === '' ? [] : [line(`${INDENT}${name}`, [])]),
    ...own.map((row) => line(`${INDENT}${name === '' ? '' : INDENT}${row.name}`, row.cells)),
  ]);
  return [line('', columns), ...rows];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((width, text) => Math.max(width, displayWidth(text)), 0);
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}
