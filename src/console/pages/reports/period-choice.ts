/** A report is of one month, one quarter or one year here; the API takes any whole months. */
export const SPANS = ['month', 'quarter', 'year'] as const;
export type Span = (typeof SPANS)[number];

/** `part`: the month from 1 to 12, or the quarter from 1 to 4; of a year nothing. */
export type PeriodChoice = { readonly span: Span; readonly year: number; readonly part: number };
/** Months as 2014-07, both included. */
export type Months = { readonly from: string; readonly to: string };

const LENGTHS: Readonly<Record<Span, number>> = { month: 1, quarter: 3, year: 12 };
/** The service counts nothing before it. */
const FIRST_YEAR = 2000;

export function monthsOf({ span, year, part }: PeriodChoice): Months {
  const last = span === 'year' ? 12 : part * LENGTHS[span];
  return { from: monthOf(year, last - LENGTHS[span] + 1), to: monthOf(year, last) };
}

/** What the office reports most often: the last one that is over. `today` in Asia/Shanghai as 2014-07-25. */
export function lastOver(span: Span, today: string): PeriodChoice {
  const { year, part } = current(span, today);
  const parts = 12 / LENGTHS[span];
  return part > 1 ? { span, year, part: part - 1 } : { span, year: year - 1, part: parts };
}

/** The parts of a year that have begun, the latest first; of a year there is one. */
export function partsOf(span: Span, year: number, today: string): readonly number[] {
  const now = current(span, today);
  const parts = year < now.year ? 12 / LENGTHS[span] : now.part;
  return Array.from({ length: parts }, (_, n) => parts - n);
}

/** The years that can be counted, the latest first. */
export function yearsUntil(today: string): readonly number[] {
  const { year } = current('year', today);
  return Array.from({ length: year - FIRST_YEAR + 1 }, (_, n) => year - n);
}

function current(span: Span, today: string): { readonly year: number; readonly part: number } {
  return { year: Number(today.slice(0, 4)), part: Math.ceil(Number(today.slice(5, 7)) / LENGTHS[span]) };
}

function monthOf(year: number, month: number): string {
  return `${String(year)}-${String(month).padStart(2, '0')}`;
}
