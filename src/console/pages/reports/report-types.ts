import type { components, paths } from '../../api/schema.ts';

export type ReportHead = components['schemas']['ReportHead'];
export type Report = components['schemas']['Report'];
export type Figure = components['schemas']['ReportFigure'];
export type Recomputed = components['schemas']['ReportRecomputed'];
export type Breakdown = Figure['by'];
export type Counted = Figure['counts'][number]['counted'];
export type EntryQuery = paths['/api/reports/{id}/cases']['get']['parameters']['query'];

type Series = Pick<Figure, 'measure' | 'stage' | 'legal'>;

/** The columns that each measure has before its sum, and whether a rate follows it. */
export const COLUMNS: Readonly<Record<Figure['measure'], readonly Counted[]>> = {
  intake: [],
  timeliness: ['on-time', 'late', 'overdue', 'pending'],
  backlog: [],
  callback: ['satisfied', 'fair', 'dissatisfied', 'unrated', 'unreached'],
};
export const BREAKDOWNS = ['category', 'unit', 'month', 'channel'] as const satisfies readonly Breakdown[];

/** Of the closed set `series` of our texts. */
export function seriesCode({ measure, stage, legal }: Series): string {
  return legal === null ? measure : `${stage ?? measure}-${legal ? 'legal' : 'internal'}`;
}

export function countOf(figure: Figure, counted: Counted): number {
  return figure.counts.find((one) => one.counted === counted)?.count ?? 0;
}

/** "85.7%"; "/" where nothing has been judged, as the printed page has it. */
export function percent(rate: number | null): string {
  return rate === null ? '/' : `${(rate * 100).toFixed(1)}%`;
}

/** Where the list behind a figure stands. `counted`: of those only that were counted so; null: of all. */
export function behindAddress(
  reportId: number,
  figure: Pick<Figure, 'measure' | 'stage' | 'legal' | 'by' | 'key'>,
  counted: Counted | null,
): string {
  const { measure, stage, legal, by, key } = figure;
  const query = new URLSearchParams({ measure, by, key: key.code });
  if (stage !== null) query.set('stage', stage);
  if (legal !== null) query.set('legal', String(legal));
  if (counted !== null) query.set('counted', counted);
  return `/reports/${String(reportId)}/cases?${query.toString()}`;
}
