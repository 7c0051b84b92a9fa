import { z } from 'zod';
import type { RecomputeResult } from '../casework/make-report.ts';
import type { ReportHead, ReportView } from '../casework/read-report.ts';
import type { StoredEntry } from '../casework/report-facts.ts';
import { DIFFERENCE_REASONS, type Difference, type MovedFigure } from '../domain/compare-reports.ts';
import type { Figure, Series } from '../domain/count-report.ts';
import { BREAKDOWNS, COUNTED, isMonth, MEASURES, STAGES, type Counted, type Entry } from '../domain/report.ts';
import { UNIT_VIEWS } from '../domain/suppress-units.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import { coded, codedCategory, flagParam, list, staff, when } from './fields.ts';
import { CHANNEL_NAMES } from './labels.ts';
import { showUnit, type Names } from './names.ts';
import { COUNTED_NAMES, keyName, periodName, seriesName, UNIT_VIEW_NOTES } from './report-words.ts';

const monthField = z.string().refine(isMonth, '应为月份，写作 2014-07').describe('A month in Asia/Shanghai, 2014-07.');
export const PERIOD = z.strictObject({ from: monthField, to: monthField });

const HEAD = {
  id: z.int(),
  from: z.string(),
  to: z.string(),
  name: z.string(),
  madeAt: when,
  madeBy: staff,
};
export const REPORT_HEAD = z.object(HEAD).meta({ id: 'ReportHead' });

const SERIES_FIELDS = {
  measure: z.enum(MEASURES),
  stage: z.enum(STAGES).nullable(),
  legal: z.boolean().nullable().describe('Legal limits and targets of the office itself are never added up.'),
};

const COUNT = z.object({ counted: z.enum(COUNTED), name: z.string(), count: z.int() });
const FIGURE = z
  .object({
    ...SERIES_FIELDS,
    series: z.string(),
    by: z.enum(BREAKDOWNS),
    key: coded.describe('Code "" is what has none yet; OTHERS are units put together.'),
    counts: list(COUNT),
    total: z.int(),
    rate: z.number().nullable().describe('0 to 1; null where nothing has been judged.'),
  })
  .meta({ id: 'ReportFigure' });

export const REPORT = z
  .object({
    ...HEAD,
    entries: z.int().describe('How long the list behind the figures is.'),
    listSha256: z.string(),
    units: z.enum(UNIT_VIEWS),
    note: z.string().nullable(),
    figures: list(FIGURE),
  })
  .meta({ id: 'Report' });

const ENTRY = z
  .object({
    caseId: z.int(),
    numberShown: z.string(),
    ...SERIES_FIELDS,
    clock: coded.nullable(),
    cycle: z.int().nullable(),
    dueAt: when.nullable(),
    doneAt: when.nullable().describe('Received, done or called. null: not done.'),
    counted: coded,
    channel: coded,
    category: codedCategory.nullable(),
    unit: coded.nullable(),
    month: z.string(),
  })
  .meta({ id: 'ReportEntry' });
export const ENTRIES = z.object({ entries: list(ENTRY), next: z.int().nullable() });

/** What stands behind a figure: its own fields, and how far the reader has come. */
export const ENTRY_QUERY = z.strictObject({
  measure: z.enum(MEASURES),
  stage: z.enum(STAGES).optional(),
  legal: flagParam.optional(),
  by: z.enum(BREAKDOWNS).optional().describe('Default all.'),
  key: z.string().max(100).optional().describe('Code of the row. Default "".'),
  counted: z.enum(COUNTED).optional(),
  offset: z
    .string()
    .regex(/^\d{1,9}$/u, '应为非负整数')
    .transform(Number)
    .optional()
    .describe('`next` of the page before.'),
});

const SIDE = ENTRY.omit({ caseId: true, numberShown: true }).nullable();
const DIFFERENCE = z.object({
  caseId: z.int(),
  numberShown: z.string(),
  reasons: list(coded),
  before: SIDE.describe('null: was not counted.'),
  now: SIDE.describe('null: is no longer counted.'),
});
const MOVED = z.object({
  ...SERIES_FIELDS,
  series: z.string(),
  by: z.enum(BREAKDOWNS),
  key: coded,
  before: list(COUNT).nullable(),
  now: list(COUNT).nullable(),
});
export const RECOMPUTED = z
  .object({
    id: z.int(),
    at: when,
    holds: z.boolean().describe('The frozen list is whole and counts to the frozen figures.'),
    differing: z.int().describe('How many entries differ.'),
    differences: list(DIFFERENCE).describe('At most 500.'),
    moved: list(MOVED),
  })
  .meta({ id: 'ReportRecomputed' });

const MOST_DIFFERENCES = 500;

export function presentHead({ id, period, madeAt, madeBy }: ReportHead): z.output<typeof REPORT_HEAD> {
  return { id, ...period, name: periodName(period), madeAt, madeBy };
}

export function presentReport(report: ReportView, names: Names): z.output<typeof REPORT> {
  const { entries, listSha256, units, figures } = report;
  return {
    ...presentHead(report),
    entries,
    units,
    listSha256: listSha256.toString('hex'),
    note: UNIT_VIEW_NOTES[units],
    figures: figures.map((figure) => presentFigure(figure, names)),
  };
}

function presentFigure(figure: Figure, names: Names): z.output<typeof FIGURE> {
  const { total, rate, counts } = figure;
  return { ...presentPlace(figure, names), counts: presentCounts(counts), total, rate };
}

function presentPlace(of: Series & Pick<Figure, 'by' | 'key'>, names: Names) {
  const { measure, stage, legal, by, key } = of;
  return { measure, stage, legal, series: seriesName(of), by, key: { code: key, name: keyName(of, names) } };
}

function presentCounts(counts: Figure['counts']): z.output<typeof COUNT>[] {
  return (Object.entries(counts) as [Counted, number][]).map(([counted, count]) => ({
    counted,
    name: COUNTED_NAMES[counted],
    count,
  }));
}

export function presentEntry(entry: StoredEntry, names: Names): z.output<typeof ENTRY> {
  const { caseId, number } = entry;
  return { caseId, numberShown: groupDigits(number, 3), ...presentSide(entry, names) };
}

function presentSide(entry: Entry, names: Names): NonNullable<z.output<typeof SIDE>> {
  const { measure, stage, legal, clock, cycle, dueAt, doneAt, counted, channel, category, unit, month } = entry;
  return {
    measure,
    stage,
    legal,
    cycle,
    dueAt,
    doneAt,
    month,
    clock: clock === null ? null : { code: clock, name: names.clock(clock) },
    counted: { code: counted, name: COUNTED_NAMES[counted] },
    channel: { code: channel, name: CHANNEL_NAMES[channel] },
    category: category === null ? null : { code: category, name: names.category(category) },
    unit: unit === null ? null : { code: unit, name: showUnit(names, unit) },
  };
}

export function presentRecomputed(
  { report, at, holds, differences, moved }: Extract<RecomputeResult, { readonly kind: 'recomputed' }>,
  names: Names,
): z.output<typeof RECOMPUTED> {
  return {
    id: report.id,
    at,
    holds,
    differing: differences.length,
    differences: differences.slice(0, MOST_DIFFERENCES).flatMap((one) => presentDifference(one, names)),
    moved: moved.map((one) => presentMoved(one, names)),
  };
}

function presentDifference({ before, now, reasons }: Difference, names: Names): z.output<typeof DIFFERENCE>[] {
  const one = now ?? before;
  if (one === null) return []; // never: a difference has a side
  return [
    {
      caseId: one.caseId,
      numberShown: groupDigits(one.number, 3),
      reasons: reasons.map((code) => ({ code, name: DIFFERENCE_REASONS[code] })),
      before: before === null ? null : presentSide(before, names),
      now: now === null ? null : presentSide(now, names),
    },
  ];
}

function presentMoved(moved: MovedFigure, names: Names): z.output<typeof MOVED> {
  const counts = (figure: Figure | null) => (figure === null ? null : presentCounts(figure.counts));
  return { ...presentPlace(moved, names), before: counts(moved.before), now: counts(moved.now) };
}
