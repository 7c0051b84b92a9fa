import type { RowFate } from '../casework/import-register.ts';
import type { MappedRow, RegisterEntry } from '../intake/map-register.ts';

/** What was done with a register, or would be. */
export type RegisterOutcome = {
  readonly file: string;
  readonly dryRun: boolean;
  readonly rows: readonly MappedRow[];
  /** Of the entries among the rows, in their order. */
  readonly fates: readonly RowFate[];
  /** Lines of cases that still wait although a limit of theirs is past. */
  readonly past: readonly number[];
  readonly unmapped: readonly string[];
  /** Where the rows that were refused are to be mended; null: none, or a dry run. */
  readonly errorsFile: string | null;
};

/** More lines than this are counted, not named: the file with the errors has all of them. */
const MOST_NAMED = 50;

/** The outcome for a terminal, each line with what to do. Holds no name and no words of a citizen. */
export function registerReport(outcome: RegisterOutcome): string {
  const { file, dryRun, rows, fates, unmapped, errorsFile } = outcome;
  const entries = entriesOf(rows);
  const taken = entries.filter((_, n) => fates[n] === 'taken');
  const changed = entries.filter((_, n) => fates[n] === 'changed');
  const refused = rows.length - entries.length;
  const closed = taken.filter(({ state }) => state === 'closed').length;
  const known = fates.filter((fate) => fate === 'known').length;
  const lines = [
    `${file}：共 ${count(rows.length)} 行${dryRun ? '（试运行，未写入任何内容）' : ''}`,
    row(
      dryRun ? '可以导入' : '已导入',
      taken.length,
      `已办结 ${count(closed)}，未办结 ${count(taken.length - closed)}`,
    ),
    row('以前已导入', known, ''),
    row(
      '导入后台账有改动',
      changed.length,
      changed.length === 0 ? '' : `诉求件保持原样，请人工核对：${named(changed.map(({ line }) => line))}`,
    ),
    row('不能导入', refused, errorsFile === null ? '' : `已写入 ${errorsFile}，改正后用同一映射再次导入`),
    ...problemLines(rows),
    ...attention(outcome, taken),
    ...(unmapped.length === 0 ? [] : [`未对应的列（随原始行封存，不进入诉求件）：${unmapped.map(clean).join('、')}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function entriesOf(rows: readonly MappedRow[]): readonly RegisterEntry[] {
  return rows.flatMap((one) => (one.kind === 'entry' ? [one.entry] : []));
}

function row(name: string, number: number, remark: string): string {
  return `  ${name}：${count(number)} 行${remark === '' ? '' : `（${remark}）`}`;
}

function problemLines(rows: readonly MappedRow[]): readonly string[] {
  const refused = rows.flatMap((one) => (one.kind === 'refused' ? [one] : []));
  const byColumn = new Map<string, number>();
  for (const { problems } of refused)
    for (const { column } of problems) byColumn.set(column, (byColumn.get(column) ?? 0) + 1);
  const counts = [...byColumn].map(([column, number]) => `${column === '' ? '整行' : clean(column)} ${count(number)}`);
  const lines = refused.slice(0, MOST_NAMED).flatMap(({ row: { line }, problems }) => {
    return problems.map(
      ({ column, say }) => `  第 ${String(line)} 行　${clean(column === '' ? say : `${column}：${say}`)}`,
    );
  });
  const rest = refused.length - MOST_NAMED;
  return [
    ...(counts.length === 0 ? [] : [`错误按列：${counts.join('、')}`]),
    ...lines,
    ...(rest > 0 ? [`  另有 ${count(rest)} 行不能导入`] : []),
  ];
}

function attention({ past }: RegisterOutcome, taken: readonly RegisterEntry[]): readonly string[] {
  const others = taken.filter(({ accusesOthers }) => accusesOthers).map(({ line }) => line);
  return [
    ...(past.length === 0
      ? []
      : [`未办结且有时限已过 ${count(past.length)} 件，排在队列最前，不再逐级催办：${named(past)}`]),
    ...(others.length === 0
      ? []
      : [`被反映单位中有本厅以外的，须人工确认回避 ${count(others.length)} 件：${named(others)}`]),
  ];
}

function named(lines: readonly number[]): string {
  const shown = lines.slice(0, MOST_NAMED).join('、');
  return `第 ${shown} 行${lines.length > MOST_NAMED ? '等' : ''}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** What stands in a file may not steer a terminal. */
function clean(text: string): string {
  return text.replace(/\p{Cc}|\p{Cf}/gu, ' ');
}
