import { dayOf } from './calendar-date.ts';
import {
  BREAKDOWNS,
  boundsOf,
  CLOCK_STAGES,
  COUNTED,
  monthOf,
  STAGES,
  type Breakdown,
  type CaseTraits,
  type Counted,
  type Entry,
  type Fact,
  type Measure,
  type Period,
  type Stage,
} from './report.ts';

/** A row of figures that belong together; timeliness has six, one for each stage and force. */
export type Series = { readonly measure: Measure; readonly stage: Stage | null; readonly legal: boolean | null };

/** One row of the table. `key` is a category's digit, a unit's id, a month or a channel; '' is "none yet", and for `all` nothing. */
export type Figure = Series & {
  readonly by: Breakdown;
  readonly key: string;
  readonly counts: Readonly<Partial<Record<Counted, number>>>;
  readonly total: number;
  /** 0 to 1; null where nothing has been judged. */
  readonly rate: number | null;
};

/** Every series of a report in its order. A whole of nothing is shown too, so that nobody wonders where it went. */
export const SERIES: readonly Series[] = [
  { measure: 'intake', stage: null, legal: null },
  ...STAGES.flatMap((stage) => [true, false].map((legal): Series => ({ measure: 'timeliness', stage, legal }))),
  { measure: 'backlog', stage: null, legal: true },
  { measure: 'backlog', stage: null, legal: false },
  { measure: 'callback', stage: null, legal: null },
];

/**
 * The list behind the figures of a period, as of `asOf`: what was not due by then is pending. Only a case that changes can
 * make another list with the same `asOf`; the passing of time cannot.
 */
export function listEntries(facts: readonly Fact[], period: Period, asOf: Date): readonly Entry[] {
  const { begin, end } = boundsOf(period);
  const span = { begin, end, asOf, horizon: end < asOf ? end : asOf };
  return withoutSuperseded(facts)
    .flatMap((fact) => entriesOf(fact, span))
    .toSorted(byPlace);
}

type Span = { readonly begin: Date; readonly end: Date; readonly asOf: Date; readonly horizon: Date };
type ClockFact = Extract<Fact, { readonly what: 'clock' }>;

/** Unfolding a case starts its clocks again with the old dates: the cycle that folding stopped is the same duty. */
function withoutSuperseded(facts: readonly Fact[]): readonly Fact[] {
  const duty = ({ caseId, kind, dueAt }: ClockFact): string => `${String(caseId)} ${kind} ${dueAt.toISOString()}`;
  const last = new Map<string, number>();
  for (const fact of facts)
    if (fact.what === 'clock') last.set(duty(fact), Math.max(fact.cycle, last.get(duty(fact)) ?? 0));
  return facts.filter(
    (fact) => fact.what !== 'clock' || fact.state !== 'cancelled' || last.get(duty(fact)) === fact.cycle,
  );
}

function entriesOf(fact: Fact, span: Span): readonly Entry[] {
  const { caseId, number, channel, category, unit } = fact;
  const traits: CaseTraits = { caseId, number, channel, category, unit };
  const none = { ...traits, stage: null, clock: null, cycle: null, legal: null, dueAt: null };
  const isWithin = (at: Date): boolean => at >= span.begin && at < span.end;
  switch (fact.what) {
    case 'case':
      if (!isWithin(fact.receivedAt)) return [];
      return [
        {
          ...none,
          measure: 'intake',
          doneAt: fact.receivedAt,
          counted: 'received',
          month: monthOf(dayOf(fact.receivedAt)),
        },
      ];
    case 'callback':
      if (!isWithin(fact.at)) return [];
      return [
        {
          ...none,
          measure: 'callback',
          doneAt: fact.at,
          counted: fact.satisfaction ?? 'unreached',
          month: monthOf(dayOf(fact.at)),
        },
      ];
    case 'clock':
      return clockEntries(fact, traits, span);
  }
}

/** A limit ends at 24:00 of its day, which is 00:00 of the next: the end of the period is in it and its beginning is not. */
function clockEntries(fact: ClockFact, traits: CaseTraits, span: Span): readonly Entry[] {
  const stage = CLOCK_STAGES[fact.kind];
  if (stage === null) return [];
  const clock = {
    ...traits,
    clock: fact.kind,
    cycle: fact.cycle,
    legal: fact.legal,
    dueAt: fact.dueAt,
    doneAt: fact.state === 'met' ? fact.endedAt : null,
    month: monthOf(dayOf(new Date(fact.dueAt.getTime() - 1))),
  };
  const counted = fact.dueAt > span.begin && fact.dueAt <= span.end ? judgeClock(fact, span.asOf) : null;
  const open = fact.dueAt <= span.horizon && (fact.endedAt === null || fact.endedAt > span.horizon);
  return [
    ...(counted === null ? [] : [{ ...clock, measure: 'timeliness', stage, counted } as const]),
    ...(open ? [{ ...clock, measure: 'backlog', stage, counted: 'overdue' } as const] : []),
  ];
}

/** null: ended before its time because nothing was owed any more. One that was cancelled too late was overdue all the same. */
function judgeClock({ state, dueAt, endedAt }: ClockFact, asOf: Date): Counted | null {
  if (state === 'met') return endedAt !== null && endedAt > dueAt ? 'late' : 'on-time';
  if (state === 'cancelled') return endedAt !== null && endedAt > dueAt ? 'overdue' : null;
  return dueAt <= asOf ? 'overdue' : 'pending';
}

/** What tells two entries of one report apart. */
export function entryKey({ measure, caseId, clock, cycle, doneAt }: Entry): string {
  const told = measure === 'callback' ? (doneAt?.toISOString() ?? '') : '';
  return [measure, caseId, clock ?? '', cycle ?? '', told].join('|');
}

/** By series, then by case: the same cases make the same list, whatever order they were read in. */
function byPlace(a: Entry, b: Entry): number {
  const order = seriesIndex(a) - seriesIndex(b) || a.caseId - b.caseId;
  if (order !== 0) return order;
  return entryKey(a) < entryKey(b) ? -1 : 1;
}

function seriesIndex(entry: Entry): number {
  return SERIES.findIndex((series) => isOfSeries(entry, series));
}

/** The backlog is not taken apart by stage: it is told as one stock. */
export function isOfSeries(entry: Entry, { measure, stage, legal }: Series): boolean {
  return entry.measure === measure && entry.legal === legal && (measure === 'backlog' || entry.stage === stage);
}

/** Where an entry stands in a breakdown. */
function breakdownKey({ category, unit, month, channel }: Omit<Entry, keyof Series>, by: Breakdown): string {
  switch (by) {
    case 'all':
      return '';
    case 'category':
      return category === null ? '' : String(category);
    case 'unit':
      return unit ?? '';
    case 'month':
      return month;
    case 'channel':
      return channel;
  }
}

/** The table of a list, and of nothing but the list. */
export function countEntries(entries: readonly Entry[]): readonly Figure[] {
  return SERIES.flatMap((series) => {
    const own = entries.filter((entry) => isOfSeries(entry, series));
    return BREAKDOWNS.flatMap((by) =>
      groupBy(own, by).map(([key, cell]) => ({ ...series, by, key, ...countCell(series.measure, cell) })),
    );
  });
}

function groupBy(entries: readonly Entry[], by: Breakdown): readonly (readonly [string, readonly Entry[]])[] {
  const groups = new Map<string, Entry[]>(by === 'all' ? [['', []]] : []);
  for (const entry of entries) {
    const key = breakdownKey(entry, by);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function countCell(measure: Measure, entries: readonly Entry[]): Pick<Figure, 'counts' | 'total' | 'rate'> {
  const counts: Partial<Record<Counted, number>> = {};
  for (const { counted } of entries) counts[counted] = (counts[counted] ?? 0) + 1;
  return figureOf(measure, counts);
}

/** The sum and the rate that belong to counts: those in their order, without noughts. A stock of what is overdue has no rate. */
export function figureOf(
  measure: Measure,
  counts: Readonly<Partial<Record<Counted, number>>>,
): Pick<Figure, 'counts' | 'total' | 'rate'> {
  const some = COUNTED.flatMap((counted) => {
    const count = counts[counted] ?? 0;
    return count === 0 ? [] : [[counted, count] as const];
  });
  const sum = (of: readonly Counted[]): number => of.reduce((total, one) => total + (counts[one] ?? 0), 0);
  // What is not due yet, and who was not reached or would not say, is no part of a rate.
  const judged = measure === 'backlog' ? 0 : sum([...GOOD, ...BAD]);
  return {
    counts: Object.fromEntries(some),
    total: sum(COUNTED),
    rate: judged === 0 ? null : sum(GOOD) / judged,
  };
}

const GOOD: readonly Counted[] = ['on-time', 'satisfied', 'fair'];
const BAD: readonly Counted[] = ['late', 'overdue', 'dissatisfied'];
