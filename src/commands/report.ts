import { parseArgs } from 'node:util';
import type { RecomputeResult } from '../casework/make-report.ts';
import { SYSTEM } from '../casework/open-case.ts';
import type { ReportHead, ReportView } from '../casework/read-report.ts';
import { DIFFERENCE_REASONS, type Difference, type MovedFigure } from '../domain/compare-reports.ts';
import { COUNTED, isMonth, PERIOD_REFUSALS, type Entry, type Period } from '../domain/report.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import { showInstant } from '../http/beijing-time.ts';
import type { Names } from '../http/names.ts';
import { reportCsv, reportSheet } from '../http/report-sheet.ts';
import { COUNTED_NAMES, keyName, periodName, seriesName } from '../http/report-words.ts';
import { Fault } from '../platform/fault.ts';
import { namesOf } from '../roles/names-of.ts';
import { reportFunctions } from '../roles/reports.ts';
import type { Command } from './command.ts';
import { withHouse } from './open-for-command.ts';
import { reportText } from './report-text.ts';

const USAGE = `usage: shouli report --from 2014-07 --to 2014-09   counts whole months as of now, freezes and prints them
       shouli report --show ID                   prints a report as it was frozen
       shouli report --recompute ID              counts again and says which cases changed since, altering nothing
       shouli report --list                      the reports that were made
  --csv  prints the table for a spreadsheet
Units with less than five cases are put together: whoever uses this command is not known to be one who may see them.
`;

type Wish =
  | { readonly kind: 'make'; readonly period: Period; readonly csv: boolean }
  | { readonly kind: 'show'; readonly id: number; readonly csv: boolean }
  | { readonly kind: 'recompute'; readonly id: number; readonly period: Period | null }
  | { readonly kind: 'list' };

export const command: Command = {
  async run(args) {
    const wish = readWish(args);
    if (wish === null) {
      process.stderr.write(USAGE);
      return 2;
    }
    const { text, code } = await withHouse('report', (house) => answer(wish, reportFunctions(house), namesOf(house)));
    (code === 2 ? process.stderr : process.stdout).write(text);
    return code;
  },
};

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  show: { type: 'string' },
  recompute: { type: 'string' },
  list: { type: 'boolean', default: false },
  csv: { type: 'boolean', default: false },
} as const;

/** null: not understood. What is no option of ours is refused by the parser itself. */
function readWish(args: readonly string[]): Wish | null {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  const { from, to = from, show, recompute, list, csv } = values;
  const period = readPeriod(from, to);
  if (period === 'wrong') return null;
  if (recompute !== undefined)
    return list || show !== undefined ? null : withId(recompute, (id) => ({ kind: 'recompute', id, period }));
  if (period !== null) return list || show !== undefined ? null : { kind: 'make', period, csv };
  if (list) return show === undefined ? { kind: 'list' } : null;
  return show === undefined ? null : withId(show, (id) => ({ kind: 'show', id, csv }));
}

/** null: none was named. */
function readPeriod(from: string | undefined, to: string | undefined): Period | 'wrong' | null {
  if (from === undefined && to === undefined) return null;
  return from !== undefined && to !== undefined && isMonth(from) && isMonth(to) ? { from, to } : 'wrong';
}

function withId(text: string, wish: (id: number) => Wish): Wish | null {
  return /^[1-9]\d{0,8}$/u.test(text) ? wish(Number(text)) : null;
}

type Answer = { readonly text: string; readonly code: number };
type Reports = ReturnType<typeof reportFunctions>;

/** As the machine: it sees all cases, and no small counts by unit. */
async function answer(wish: Wish, reports: Reports, names: Names): Promise<Answer> {
  switch (wish.kind) {
    case 'make': {
      const made = await reports.make(SYSTEM, wish.period);
      if (made.kind === 'refused') return { text: `${PERIOD_REFUSALS[made.reason]}\n`, code: 2 };
      return { text: print(await existing(reports, made.id), names, wish.csv), code: 0 };
    }
    case 'show':
      return { text: print(await existing(reports, wish.id), names, wish.csv), code: 0 };
    case 'recompute':
      return recomputed(await reports.recompute(SYSTEM, wish.id), wish.period, names);
    case 'list':
      return { text: (await reports.list()).map((one) => `${headLine(one)}\n`).join(''), code: 0 };
  }
}

async function existing(reports: Reports, id: number): Promise<ReportView> {
  const found = await reports.read(SYSTEM, id);
  if (found === null) throw new Fault('not-found', `没有第${String(id)}号通报：report --list 列出已有的通报。`);
  return found;
}

function print(report: ReportView, names: Names, csv: boolean): string {
  const sheet = reportSheet(report, names);
  return csv ? reportCsv(sheet) : reportText(sheet);
}

function headLine({ id, period, madeAt, madeBy }: ReportHead): string {
  return `第${String(id)}号  ${periodName(period)}  统计时点：${showInstant(madeAt)}  统计人：${madeBy.name}`;
}

/** Exit code 1: the frozen list is not the one that was frozen. That cases have moved on since is no fault. */
function recomputed(found: RecomputeResult, period: Period | null, names: Names): Answer {
  if (found.kind === 'not-found') return { text: '没有这一号通报：report --list 列出已有的通报。\n', code: 2 };
  const { report, at, holds, differences, moved } = found;
  if (period !== null && (period.from !== report.period.from || period.to !== report.period.to))
    return { text: `第${String(report.id)}号通报统计的是${periodName(report.period)}。\n`, code: 2 };
  const lines = [
    headLine(report),
    `复算时间：${showInstant(at)}`,
    holds ? '清单：未被改动，逐条复算与通报数字一致' : '清单：与通报数字不一致，清单或者数字在通报之后被改动过',
    differences.length === 0 ? '与现有记录比较：没有不同' : `与现有记录比较：${String(differences.length)}条不同`,
    ...differences.map((one) => `  ${differenceLine(one, names)}`),
    // A change in one unit's row would name the unit of a single case.
    ...moved.filter(({ by }) => by !== 'unit').map((one) => `  ${movedLine(one, names)}`),
  ];
  return { text: `${lines.join('\n')}\n`, code: holds ? 0 : 1 };
}

function differenceLine({ before, now, reasons }: Difference, names: Names): string {
  const one = now ?? before;
  if (one === null) return ''; // never: a difference has a side
  const counted = (side: Entry | null): string => (side === null ? '未计' : COUNTED_NAMES[side.counted]);
  const clock = one.clock === null ? '' : `“${names.clock(one.clock)}”`;
  const why = reasons.map((reason) => DIFFERENCE_REASONS[reason]).join('、');
  const change = counted(before) === counted(now) ? counted(now) : `${counted(before)}改为${counted(now)}`;
  return `${groupDigits(one.number, 3)}  ${seriesName(one)}${clock}：${change}，${why}`;
}

function movedLine(moved: MovedFigure, names: Names): string {
  const { before, now } = moved;
  const parts = COUNTED.flatMap((counted) => {
    const [was, is] = [before?.counts[counted] ?? 0, now?.counts[counted] ?? 0];
    return was === is ? [] : [`${COUNTED_NAMES[counted]}由${String(was)}变为${String(is)}`];
  });
  return `${seriesName(moved)}，${keyName(moved, names)}：${parts.join('，')}`;
}
