import { csvCell } from './csv-cell.ts';
import type { MappedRow } from './map-register.ts';
import { ERROR_HEADERS, type PlacedMapping } from './register-mapping.ts';

/**
 * The rows that were refused, as a CSV that can be mended and given again: the columns of the register, then where each stood
 * and what is wrong. null: none.
 */
export function refusedRowsCsv(placed: PlacedMapping, mapped: readonly MappedRow[]): string | null {
  const width = placed.headers.length;
  const lines = mapped.flatMap((one) => {
    if (one.kind === 'entry') return [];
    const cells = Array.from({ length: width }, (_, at) => one.row.cells[at] ?? '');
    const said = one.problems.map(({ column, say }) => (column === '' ? say : `${column}：${say}`)).join('；');
    return [csvLine([...cells, String(one.row.line), said])];
  });
  if (lines.length === 0) return null;
  return `\u{feff}${[csvLine([...placed.headers, ...ERROR_HEADERS]), ...lines].join('\r\n')}\r\n`;
}

function csvLine(cells: readonly string[]): string {
  return cells.map(csvCell).join(',');
}
