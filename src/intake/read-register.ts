import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { MOST_BYTES, refusedTable, type ReadTable } from './register-table.ts';

/** Reads a register, told apart by its first bytes and not by its name. `sheet` counts for .xlsx alone. Never throws over what is in the file. */
export function readRegister(bytes: Buffer, sheet: string | null): ReadTable {
  if (bytes.length > MOST_BYTES) return refusedTable('too-large');
  if (bytes.length === 0) return refusedTable('empty');
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') return readXlsx(bytes, sheet);
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') return refusedTable('old-excel');
  return readCsv(bytes);
}
