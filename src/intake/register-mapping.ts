import { z } from 'zod';
import { columnNumber } from './read-xlsx.ts';
import type { RegisterRow, RegisterTable } from './register-table.ts';

/** What a register can tell of a case, and how the office calls it. */
export const REGISTER_FIELDS = {
  number: '原编号',
  received: '收到日期',
  channel: '渠道',
  name: '来信来电人姓名',
  contact: '联系方式',
  subject: '标题',
  text: '反映内容',
  accused: '被反映单位',
  category: '问题类别',
  unit: '承办单位',
  state: '状态',
  finding: '核查结果',
  closed: '办结日期',
  answer: '答复内容',
} as const;
export type RegisterField = keyof typeof REGISTER_FIELDS;

const words = z.string().min(1).max(200);
const column = z.union([
  words.describe('The text of the column head, or its letter: A, B, ... AA.'),
  z
    .strictObject({
      column: words.describe('The text of the column head, or its letter.'),
      values: z.record(words, words).optional().describe('What the register writes, and what it means here.'),
    })
    .describe('A column whose words are translated.'),
  z.strictObject({ all: words.describe('The same for every row.') }),
]);
const personal = z.union([words, z.strictObject({ column: words })]);

/** How a register is to be read. Unknown keys are refused. */
export const registerMappingFile = z.strictObject({
  office: words.describe('Whose register it is: with the old number it tells one case from another.'),
  sheet: words.optional().describe('Sheet of an .xlsx, where several have something in them.'),
  header: z.int().min(1).max(50).optional().describe('Row of the column heads; of two merged rows the lower one.'),
  columns: z.strictObject({
    number: personal.optional(),
    received: personal,
    channel: column.optional(),
    name: personal.optional(),
    contact: personal.optional(),
    subject: personal.optional(),
    text: personal,
    accused: column.optional(),
    category: column.optional(),
    unit: column.optional(),
    state: column.optional(),
    finding: column.optional(),
    closed: personal.optional(),
    answer: personal.optional(),
  }),
});
export type RegisterMapping = z.infer<typeof registerMappingFile>;

/** Where a field is found in a row. */
export type FieldPlace =
  | { readonly kind: 'column'; readonly at: number; readonly values: ReadonlyMap<string, string> }
  | { readonly kind: 'all'; readonly value: string };

/** A mapping laid over a table. */
export type PlacedMapping = {
  readonly office: string;
  readonly places: Readonly<Partial<Record<RegisterField, FieldPlace>>>;
  readonly headers: readonly string[];
  readonly rows: readonly RegisterRow[];
  /** Heads of columns with something in them that no field reads. They are kept with the raw row. */
  readonly unmapped: readonly string[];
};

export type Placing =
  | { readonly kind: 'ok'; readonly placed: PlacedMapping }
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** Heads of the columns that our own list of refused rows adds: it is read like the register it came from. */
export const ERROR_HEADERS = ['原行号', '错误说明'] as const;

/** What a person sees as the same word: full and half width, spaces and line breaks. */
export function plainWord(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** The heads of a table when row `line` holds them: where a cell is empty, two rows were merged, and the one above has the text. */
export function headersAt({ rows }: RegisterTable, line: number): readonly string[] {
  const row = rows.find((one) => one.line === line)?.cells ?? [];
  const above = rows.find((one) => one.line === line - 1)?.cells ?? [];
  const width = Math.max(row.length, above.length);
  return Array.from({ length: width }, (_, at) => (row[at] ?? '').trim() || (above[at] ?? '').trim());
}

/** Lays the mapping over the table. What it names and the table does not have is a problem, each said in a sentence. */
export function placeMapping(mapping: RegisterMapping, table: RegisterTable): Placing {
  const own = table.rows[0]?.cells.slice(-ERROR_HEADERS.length).join() === ERROR_HEADERS.join();
  const line = own ? 1 : (mapping.header ?? table.rows[0]?.line ?? 1);
  const headers = headersAt(table, line);
  const problems: string[] = [];
  const places: { -readonly [F in RegisterField]?: FieldPlace } = {};
  for (const field of Object.keys(REGISTER_FIELDS) as RegisterField[]) {
    const given = mapping.columns[field];
    if (given === undefined) continue;
    const place = placeOf(given, headers);
    if (typeof place === 'string') problems.push(`${REGISTER_FIELDS[field]}（${field}）：${place}`);
    else places[field] = place;
  }
  if (places.state === undefined && places.closed === undefined)
    problems.push('状态（state）：既没有状态列也没有办结日期列；全部已办结的，写 state: { all: closed }');
  if (problems.length > 0) return { kind: 'refused', problems };
  const rows = table.rows.filter((row) => row.line > line);
  return {
    kind: 'ok',
    placed: { office: mapping.office, places, headers, rows, unmapped: unmappedOf(headers, places, rows) },
  };
}

function placeOf(given: z.infer<typeof column>, headers: readonly string[]): FieldPlace | string {
  if (typeof given === 'object' && 'all' in given) return { kind: 'all', value: given.all };
  const name = typeof given === 'string' ? given : given.column;
  const values = typeof given === 'string' ? {} : (given.values ?? {});
  const found = headers.flatMap((header, at) => (plainWord(header) === plainWord(name) ? [at] : []));
  if (found.length > 1)
    return `有 ${String(found.length)} 列都叫“${name}”，请改写列号，例如 ${letterOf(found[0] ?? 0)}`;
  const at = found[0] ?? (/^[A-Z]{1,2}$/u.test(name) ? columnNumber(name) : -1);
  if (at < 0 || at >= headers.length)
    return `没有“${name}”这一列；表头是：${headers.filter((header) => header !== '').join('、')}`;
  const meanings = Object.entries(values).map(([word, meaning]) => [plainWord(word), meaning] as const);
  return { kind: 'column', at, values: new Map(meanings) };
}

/** Number 0 is A. */
export function letterOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : letterOf(Math.floor(at / 26) - 1) + last;
}

function unmappedOf(
  headers: readonly string[],
  places: PlacedMapping['places'],
  rows: readonly RegisterRow[],
): readonly string[] {
  const read = new Set(Object.values(places).map((place) => (place.kind === 'column' ? place.at : -1)));
  return headers.flatMap((header, at) => {
    const ours = (ERROR_HEADERS as readonly string[]).includes(header);
    const filled = rows.some(({ cells }) => (cells[at] ?? '').trim() !== '');
    return read.has(at) || ours || !filled ? [] : [header === '' ? `${letterOf(at)} 列` : header];
  });
}
