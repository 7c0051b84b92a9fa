import { strToU8, zipSync } from 'fflate';

/** A register as an office keeps it: `closed` of each ten rows are done. All of it is made up. */
export const REGISTER_HEADS = [
  '编号',
  '收到日期',
  '来源',
  '姓名',
  '联系电话',
  '反映内容',
  '责任单位',
  '类别',
  '状态',
  '办结日期',
  '核查结果',
  '处理结果',
  '备注',
];

export function registerRow(n: number, changes: Readonly<Record<string, string>> = {}): string[] {
  const done = n % 10 !== 0;
  const row: Record<string, string> = {
    编号: `甘教效旧〔2014〕${String(n)}号`,
    收到日期: `2014年3月${String((n % 28) + 1)}日`,
    来源: n % 3 === 0 ? '来访' : '来信',
    姓名: `来信人${String(n)}`,
    联系电话: `139${String(10_000_000 + n)}`,
    反映内容: `第${String(n)}件：学校收取补课费${String(n)}元，不给收据，\n请查处。`,
    责任单位: '财务处',
    类别: '（七）教育乱收费治理',
    状态: done ? '已办结' : '办理中',
    办结日期: done ? '2014.5.20' : '',
    核查结果: done ? '部分属实' : '',
    处理结果: done ? '已责令学校退费。' : '',
    备注: '旧表第一册',
    ...changes,
  };
  return REGISTER_HEADS.map((head) => row[head] ?? '');
}

export function registerTable(rows: number): string[][] {
  return [REGISTER_HEADS, ...Array.from({ length: rows }, (_, n) => registerRow(n + 1))];
}

export const REGISTER_MAPPING = `office: 厅效能办
columns:
  number: 编号
  received: 收到日期
  channel: { column: 来源, values: { 来访: phone } }
  name: 姓名
  contact: 联系电话
  text: 反映内容
  unit: 责任单位
  category: 类别
  state: 状态
  closed: 办结日期
  finding: 核查结果
  answer: 处理结果
`;

export function csvOf(rows: readonly (readonly string[])[], separator = ','): string {
  return rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');
}

export type XlsxCell =
  string | number | { readonly day: number } | { readonly formula: string; readonly value: string };
type Sheet = { readonly name: string; readonly rows: readonly (readonly (XlsxCell | null)[])[] };

/** An .xlsx as Excel writes it, with as much of it as a table needs. `parts` are put in place of ours. */
export function xlsxOf(
  sheets: readonly Sheet[],
  {
    from1904 = false,
    parts = {},
  }: { readonly from1904?: boolean; readonly parts?: Readonly<Record<string, string>> } = {},
): Buffer {
  const shared: string[] = [];
  const files: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook><workbookPr date1904="${from1904 ? '1' : '0'}"/><sheets>${sheets
      .map(({ name }, n) => `<sheet name="${name}" sheetId="${String(n + 1)}" r:id="rId${String(n + 1)}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, n) => `<Relationship Id="rId${String(n + 1)}" Target="worksheets/sheet${String(n + 1)}.xml"/>`)
      .join('')}</Relationships>`,
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>',
  };
  for (const [n, { rows }] of sheets.entries())
    files[`xl/worksheets/sheet${String(n + 1)}.xml`] = sheetXml(rows, shared);
  files['xl/sharedStrings.xml'] =
    `<sst>${shared.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')}</sst>`;
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries({ ...files, ...parts }).map(([name, text]) => [name, strToU8(text)]))),
  );
}

function sheetXml(rows: Sheet['rows'], shared: string[]): string {
  const lines = rows.map((cells, line) => {
    const inner = cells.map((cell, at) =>
      cell === null ? '' : cellXml(cell, `${String.fromCharCode(65 + at)}${String(line + 1)}`, shared),
    );
    return `<row r="${String(line + 1)}">${inner.join('')}</row>`;
  });
  return `<worksheet><sheetData>${lines.join('')}</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells></worksheet>`;
}

function cellXml(cell: XlsxCell, at: string, shared: string[]): string {
  if (typeof cell === 'number') return `<c r="${at}"><v>${String(cell)}</v></c>`;
  if (typeof cell === 'string') return `<c r="${at}" t="s"><v>${String(shared.push(cell) - 1)}</v></c>`;
  if ('day' in cell) return `<c r="${at}" s="1"><v>${String(cell.day)}</v></c>`;
  return `<c r="${at}" t="str"><f>${escapeXml(cell.formula)}</f><v>${escapeXml(cell.value)}</v></c>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
