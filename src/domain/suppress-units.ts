import { figureOf, SERIES, type Figure } from './count-report.ts';
import { COUNTED, type Period } from './report.ts';

/** A count by unit under this could point to one letter, and so to who wrote it. */
const LEAST_COUNT = 5;

/** The row in which units stand together that are too small to stand alone. No unit has this id. */
export const OTHER_UNITS = 'OTHERS';

/**
 * How units may be shown to who must not recognise a single case. `closed`: not at all, because another report of some of the
 * same months has shown them, or because the period was not over: two tables that overlap could be subtracted.
 */
export const UNIT_VIEWS = ['all', 'merged', 'closed'] as const;
export type UnitView = (typeof UNIT_VIEWS)[number];

/** Whether units may be shown in this report beside the earlier ones, so that no two tables of units ever overlap. */
export function unitViewOf(
  report: { readonly id: number; readonly period: Period; readonly over: boolean },
  others: readonly { readonly id: number; readonly period: Period; readonly over: boolean }[],
): 'merged' | 'closed' {
  const { period, over, id } = report;
  const overlaps = others.some(
    (other) => other.id < id && other.over && other.period.from <= period.to && period.from <= other.period.to,
  );
  return over && !overlaps ? 'merged' : 'closed';
}

/**
 * The table as it may be shown: in each series units with a count between 1 and 4 anywhere are put together in one row, of at
 * least two units and itself of no such count, and the breakdown is left out where nothing but that row would remain. A stock by unit is never
 * shown, because that of the next report differs from it by single cases. What is not by unit stays.
 */
export function suppressUnits(figures: readonly Figure[], view: UnitView): readonly Figure[] {
  if (view === 'all') return figures;
  return figures.filter(({ by }) => by !== 'unit').concat(view === 'closed' ? [] : mergedUnits(figures));
}

function mergedUnits(figures: readonly Figure[]): readonly Figure[] {
  const units = figures.filter(({ by }) => by === 'unit');
  return SERIES.filter(({ measure }) => measure !== 'backlog').flatMap(({ measure, stage, legal }) =>
    mergeSmall(units.filter((unit) => unit.measure === measure && unit.stage === stage && unit.legal === legal)),
  );
}

function mergeSmall(units: readonly Figure[]): readonly Figure[] {
  const together = units.filter(isSmall);
  const [first] = together;
  if (first === undefined) return units;
  // The whole minus the rows that stand alone is the row that is left: it may not be one unit, nor small itself.
  const alone = units.filter((unit) => !isSmall(unit)).toSorted((a, b) => b.total - a.total);
  while (alone.length > 0 && (together.length < 2 || isSmall(merge(first, together))))
    together.push(...alone.splice(-1));
  if (alone.length === 0) return [];
  return [...alone.toSorted((a, b) => (a.key < b.key ? -1 : 1)), merge(first, together)];
}

function merge(like: Figure, figures: readonly Figure[]): Figure {
  const counts = COUNTED.map(
    (counted) => [counted, figures.reduce((sum, one) => sum + (one.counts[counted] ?? 0), 0)] as const,
  );
  return { ...like, key: OTHER_UNITS, ...figureOf(like.measure, Object.fromEntries(counts)) };
}

function isSmall({ counts }: Figure): boolean {
  return Object.values(counts).some((count) => count < LEAST_COUNT);
}
