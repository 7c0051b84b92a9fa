/** One row of a register (台账). `line`: its row in the file, from 1, as a spreadsheet shows it. */
export type RegisterRow = { readonly line: number; readonly cells: readonly string[] };

/** A register as any file of one is read: rows of texts. Empty rows are left out. */
export type RegisterTable = {
  readonly rows: readonly RegisterRow[];
  /** Bare numbers that stand for days count from 1904, as old Excel for Macintosh did. */
  readonly from1904: boolean;
};

/** Why a file is not read, and what to do about it. */
export const TABLE_REFUSALS = {
  'too-large': '文件超过 32 MB，请按年度拆成几个文件分别导入',
  'too-many-rows': '超过 100,000 行，请按年度拆成几个文件分别导入',
  'too-many-cells': '超过 200 列、4,000,000 个单元格，或者一个单元格超过 32,767 个字，请检查是否选错了文件',
  'not-a-table': '不是台账：只接受 .xlsx 和 .csv，请在表格软件中另存为其中一种',
  'old-excel': '是旧版 .xls，或者设有打开密码：请取消密码并另存为 .xlsx',
  damaged: '.xlsx 已损坏或者内容异常，请在表格软件中打开并另存为新的 .xlsx',
  'expands-too-far': '.xlsx 解压后超出限制，像是恶意文件；确为台账的，请另存为 .csv',
  'no-such-sheet': '没有这个名称的工作表，请用 --sheet 写明',
  'which-sheet': '有几个工作表都有内容，请用 --sheet 写明导入哪一个',
  'unknown-encoding': '文字编码无法识别，请另存为“CSV UTF-8（逗号分隔）”',
  'open-quote': '有一个双引号没有配对，以后的内容无法分行，请用表格软件打开并重新另存',
  empty: '没有内容',
} as const;
export type TableRefusal = keyof typeof TABLE_REFUSALS;

/** `about`: where in the file, or which names there are to choose from; empty when there is nothing to add. */
export type ReadTable =
  | { readonly kind: 'ok'; readonly table: RegisterTable }
  | { readonly kind: 'refused'; readonly reason: TableRefusal; readonly about: string };

/** A register of a hundred cases a day over two years is inside of these. */
export const MOST_BYTES = 32 * 1024 * 1024;
export const MOST_ROWS = 100_000;
export const MOST_COLUMNS = 200;
export const MOST_CELLS = 4_000_000;
/** What Excel itself allows. */
const MOST_CHARACTERS = 32_767;

export function refusedTable(reason: TableRefusal, about = ''): Extract<ReadTable, { kind: 'refused' }> {
  return { kind: 'refused', reason, about };
}

/** Checks the limits and leaves out what is empty. `cells` of a row may be shorter than those of another. */
export function tableOf(rows: readonly RegisterRow[], from1904: boolean): ReadTable {
  const filled = rows
    .map(({ line, cells }) => ({ line, cells: cells.map(withoutUnsafe) }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (filled.length === 0) return refusedTable('empty');
  if (filled.length > MOST_ROWS) return refusedTable('too-many-rows');
  const wide = filled.find(
    ({ cells }) => cells.length > MOST_COLUMNS || cells.some(({ length }) => length > MOST_CHARACTERS),
  );
  if (wide !== undefined) return refusedTable('too-many-cells', `第 ${String(wide.line)} 行`);
  return { kind: 'ok', table: { rows: filled, from1904 } };
}

/** No database keeps NUL or half of a surrogate pair, and no text means them. */
function withoutUnsafe(cell: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  return cell.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/gu, '');
}
