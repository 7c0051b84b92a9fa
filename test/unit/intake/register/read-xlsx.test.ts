import { describe, expect, it } from 'vitest';
import { readRegister } from '../../../../src/intake/read-register.ts';
import { openZip } from '../../../../src/intake/zip-parts.ts';
import { xlsxOf } from '../../../support/register-files.ts';

function read(bytes: Buffer, sheet: string | null = null) {
  const table = readRegister(bytes, sheet);
  return table.kind === 'ok'
    ? table.table.rows.map(({ line, cells }) => [line, ...cells])
    : `${table.reason} ${table.about}`;
}

const SHEET = {
  name: '2014年',
  rows: [
    ['编号', '收到日期', '内容'],
    ['1', { day: 41_703 }, 'a < b & c_x000D_'],
    [13_900_000_000, { day: 41_703.5 }, { formula: 'A1&"x"', value: '算出来的' }],
    [null, null, null],
    [1.5, null, '第五行'],
  ],
};

describe('a register as .xlsx', () => {
  it('shows what Excel shows: days as days, numbers in full, of a formula its value', () => {
    expect(read(xlsxOf([SHEET]))).toEqual([
      [1, '编号', '收到日期', '内容'],
      [2, '1', '2014-03-05', 'a < b & c\n'],
      [3, '13900000000', '2014-03-05 12:00', '算出来的'],
      [5, '1.5', '', '第五行'],
    ]);
  });

  it('counts days from 1904 where the file does', () => {
    const from1904 = xlsxOf([{ name: 'a', rows: [['日期'], [{ day: 41_703 - 1_462 }]] }], { from1904: true });
    expect(read(from1904)).toEqual([
      [1, '日期'],
      [2, '2014-03-05'],
    ]);
  });

  it('takes the only sheet with something in it, else the one that is named', () => {
    const other = { name: '说明', rows: [['填写说明']] };
    expect(read(xlsxOf([{ name: '空', rows: [] }, SHEET]))).toHaveLength(4);
    expect(read(xlsxOf([other, SHEET]))).toBe('which-sheet 说明、2014年');
    expect(read(xlsxOf([other, SHEET]), '说明')).toEqual([[1, '填写说明']]);
    expect(read(xlsxOf([other, SHEET]), '2013年')).toBe('no-such-sheet 说明、2014年');
  });

  it('reads rich and inline texts, and not how a character is read aloud', () => {
    const shared = '<sst><si><r><t>教育</t></r><r><t>厅</t></r><rPh sb="0"><t>jiaoyuting</t></rPh></si></sst>';
    const sheet =
      '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="inlineStr"><x:is><x:t>在内</x:t></x:is></x:c><x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const parts = { 'xl/sharedStrings.xml': shared, 'xl/worksheets/sheet1.xml': sheet };
    expect(read(xlsxOf([SHEET], { parts }))).toEqual([[1, '教育厅', '在内', '']]);
  });

  it.each([
    ['damaged', xlsxOf([SHEET]).subarray(0, 400)],
    ['damaged', xlsxOf([SHEET], { parts: { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst/>' } })],
    ['not-a-table', xlsxOf([SHEET], { parts: { 'xl/workbook.xml': '<workbook/>' } })],
    ['empty', xlsxOf([{ name: 'a', rows: [] }])],
    [
      'too-many-cells',
      xlsxOf([SHEET], {
        parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row r="1"><c r="ZZ1"><v>1</v></c></row></worksheet>' },
      }),
    ],
    [
      'too-many-rows',
      xlsxOf([SHEET], { parts: { 'xl/worksheets/sheet1.xml': '<row><c><v>1</v></c></row>'.repeat(100_001) } }),
    ],
  ])('is refused as %s', (reason, bytes) => {
    expect(String(read(bytes)).split(' ')[0]).toBe(reason);
  });

  it('is not inflated past its limit', { timeout: 120_000 }, () => {
    const bomb = xlsxOf([SHEET], { parts: { 'xl/sharedStrings.xml': ' '.repeat(170 * 1024 * 1024) } });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(read(bomb)).toBe('expands-too-far ');
  });

  it('is not believed about its sizes, and all its parts share one limit', () => {
    const name = 'xl/sharedStrings.xml';
    const file = xlsxOf([SHEET], { parts: { [name]: ' '.repeat(10_000) } });
    file.writeUInt32LE(10, file.lastIndexOf(name) - 46 + 24); // what the directory promises
    const opened = (most: number) => {
      const parts = openZip(file, most);
      if (typeof parts === 'string') throw new Error(parts);
      return parts;
    };
    expect(opened(9_999).read(name)).toBe('expands-too-far');
    const parts = opened(15_000);
    expect(parts.read(name)).toHaveLength(10_000);
    expect(parts.read(name)).toBe('expands-too-far');
    expect(parts.read('no such part')).toBeNull();
  });
});
