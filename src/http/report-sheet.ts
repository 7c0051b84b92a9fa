import type { ReportView } from '../casework/read-report.ts';
import { SERIES, type Figure, type Series } from '../domain/count-report.ts';
import { BREAKDOWNS, type Counted, type Measure } from '../domain/report.ts';
import { showInstant } from './beijing-time.ts';
import { csvCell } from '../intake/csv-cell.ts';
import type { Names } from './names.ts';
import {
  BREAKDOWN_NAMES,
  COUNTED_NAMES,
  keyName,
  percent,
  periodName,
  seriesName,
  UNIT_VIEW_NOTES,
} from './report-words.ts';

/** A report as a printed page has it: for the terminal and for a file. */
export type ReportSheet = {
  readonly title: string;
  readonly lines: readonly string[];
  readonly parts: readonly SheetPart[];
};
export type SheetPart = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly groups: readonly {
    readonly name: string;
    readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
  }[];
};

const COLUMNS: Readonly<Record<Measure, readonly Counted[]>> = {
  intake: [],
  timeliness: ['on-time', 'late', 'overdue', 'pending'],
  backlog: [],
  callback: ['satisfied', 'fair', 'dissatisfied', 'unrated', 'unreached'],
};
const RATE_NAMES: Readonly<Record<Measure, string | null>> = {
  intake: null,
  timeliness: '按期率',
  backlog: null,
  callback: '满意率',
};

export function reportSheet(report: ReportView, names: Names): ReportSheet {
  const note = UNIT_VIEW_NOTES[report.units];
  return {
    title: `${periodName(report.period)}受理办理情况通报`,
    lines: [
      `第${String(report.id)}号  统计时点：${showInstant(report.madeAt)}  统计人：${report.madeBy.name}  清单：${String(report.entries)}条`,
      ...(note === null ? [] : [`注：${note}`]),
    ],
    parts: SERIES.map((series) =>
      sheetPart(
        report.figures.filter((figure) => isOf(figure, series)),
        series,
        names,
      ),
    ),
  };
}

function isOf(figure: Figure, { measure, stage, legal }: Series): boolean {
  return figure.measure === measure && figure.stage === stage && figure.legal === legal;
}

function sheetPart(figures: readonly Figure[], series: Series, names: Names): SheetPart {
  const { measure } = series;
  const rateName = RATE_NAMES[measure];
  const groups = BREAKDOWNS.map((by) => ({
    name: by === 'all' ? '' : BREAKDOWN_NAMES[by],
    rows: figures
      .filter((figure) => figure.by === by)
      .map((figure) => ({ name: keyName(figure, names), cells: cellsOf(figure) })),
  }));
  return {
    title: seriesName(series),
    columns: [
      ...COLUMNS[measure].map((counted) => COUNTED_NAMES[counted]),
      '件数',
      ...(rateName === null ? [] : [rateName]),
    ],
    groups: groups.filter(({ rows }) => rows.length > 0),
  };
}

function cellsOf({ measure, counts, total, rate }: Figure): readonly string[] {
  return [
    ...COLUMNS[measure].map((counted) => String(counts[counted] ?? 0)),
    String(total),
    ...(RATE_NAMES[measure] === null ? [] : [percent(rate)]),
  ];
}

/**
 * For a spreadsheet: UTF-8 with its mark, since one without is taken for the local character set; lines end as RFC 4180 has it.
 * Three columns in front say what a row belongs to.
 */
export function reportCsv({ title, lines, parts }: ReportSheet): string {
  const rows = parts.flatMap(({ title: part, columns, groups }) => [
    ['项目', '分组', '名称', ...columns],
    ...groups.flatMap(({ name, rows: own }) => own.map((row) => [part, name, row.name, ...row.cells])),
    [],
  ]);
  return `\u{feff}${[[title], ...lines.map((line) => [line]), [], ...rows].map(csvLine).join('')}`;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
