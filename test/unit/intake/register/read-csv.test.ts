import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readRegister } from '../../../../src/intake/read-register.ts';
import { MOST_BYTES } from '../../../../src/intake/register-table.ts';
import { csvOf } from '../../../support/register-files.ts';

const TABLE = [
  ['编号', '反映内容', '备注'],
  ['1', '他说：“不给收据”,\n还说"没有"', ''],
  ['2', '第二件；等', 'x'],
];

function cellsOf(bytes: Buffer) {
  const read = readRegister(bytes, null);
  return read.kind === 'ok' ? read.table.rows.map(({ line, cells }) => [line, ...cells]) : read.reason;
}
const EXPECTED = TABLE.map((cells, n) => [n + 1, ...cells]);

describe('a register as CSV', () => {
  it.each([
    ['UTF-8', Buffer.from(csvOf(TABLE))],
    ['UTF-8 with its mark', Buffer.from(`\u{feff}${csvOf(TABLE)}`)],
    ['GB18030', iconv.encode(csvOf(TABLE), 'gb18030')],
    ['UTF-16 with its mark', iconv.encode(csvOf(TABLE), 'utf-16le', { addBOM: true })],
    ['UTF-16 the other way round', iconv.encode(csvOf(TABLE), 'utf-16be', { addBOM: true })],
    ['UTF-16 without a mark', iconv.encode(csvOf(TABLE), 'utf-16le')],
    ['UTF-16 the other way round without a mark', iconv.encode(csvOf(TABLE), 'utf-16be')],
    ['semicolons', Buffer.from(csvOf(TABLE, ';'))],
    ['tabs', Buffer.from(csvOf(TABLE, '\t'))],
    ['line feeds alone', Buffer.from(csvOf(TABLE).replaceAll('\r\n', '\n'))],
    ['carriage returns alone', Buffer.from(csvOf(TABLE).replaceAll('\r\n', '\r'))],
  ])('is read in %s', (_name, bytes) => {
    expect(cellsOf(bytes)).toEqual(EXPECTED);
  });

  it('counts empty rows, which are nobody’s cases, and takes bare quotes and short rows as they are', () => {
    expect(cellsOf(Buffer.from('a,b,c\n\n,,\n5"0,"x"y\n,last,'))).toEqual([
      [1, 'a', 'b', 'c'],
      [4, '5"0', 'xy'],
      [5, '', 'last', ''],
    ]);
  });

  it('loses nothing of what no database keeps but that itself', () => {
    expect(cellsOf(Buffer.from('a,b\n1,x\u{7f}y'))).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'xy'],
    ]);
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['empty', Buffer.from('\n\n , \n')],
    ['too-large', Buffer.alloc(MOST_BYTES + 1, 0x61)],
    ['too-many-rows', Buffer.from('a,b\n'.repeat(100_001))],
    ['too-many-rows', Buffer.from('\n'.repeat(300_000))],
    ['too-many-cells', Buffer.from(','.repeat(300) + 'a')],
    ['too-many-cells', Buffer.from(`${','.repeat(5_000)}\n`.repeat(1_000))],
    ['too-many-cells', Buffer.from(`a,${'长'.repeat(33_000)}`)],
    ['open-quote', Buffer.from('a,b\n1,"never ends\n2,x')],
    ['unknown-encoding', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0xff, 0x0a])],
    ['not-a-table', Buffer.from('%PDF-1.4\n\u0001\u0002')],
    ['old-excel', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ])('is refused as %s', (reason, bytes) => {
    expect(cellsOf(bytes)).toBe(reason);
  });
});
