import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLists } from '../../../src/domain/compare-reports.ts';
import { countEntries, isOfSeries, listEntries, SERIES, type Figure } from '../../../src/domain/count-report.ts';
import { DEADLINE_KINDS } from '../../../src/domain/deadlines.ts';
import { boundsOf, BREAKDOWNS, isMonth, type Fact, type Month } from '../../../src/domain/report.ts';
import { OTHER_UNITS, suppressUnits } from '../../../src/domain/suppress-units.ts';

const month = (text: string): Month => {
  if (!isMonth(text)) throw new Error(text);
  return text;
};
const PERIOD = { from: month('2014-07'), to: month('2014-09') };
const { begin, end } = boundsOf(PERIOD);
const AS_OF = new Date('2014-09-20T04:00:00Z');
const DAY_MS = 86_400_000;

/** From before the period until after it, and often on its very ends. */
const someInstant = fc.oneof(
  fc.integer({ min: -40, max: 140 }).map((days) => new Date(begin.getTime() + days * DAY_MS)),
  fc.constantFrom(begin, end, AS_OF, new Date(end.getTime() - 1), new Date(begin.getTime() + 1)),
);
const someTraits = fc.nat(30).map((n) => ({
  caseId: n + 1,
  number: String(100_000_000 + n),
  channel: n % 2 === 0 ? ('email' as const) : ('phone' as const),
  category: ([null, 1, 5, 7, 8] as const)[n % 5] ?? null,
  unit: [null, 'BASIC', 'FIN', 'EXAM'][n % 4] ?? null,
}));
const someClock = fc
  .record({
    kind: fc.constantFrom(...DEADLINE_KINDS),
    cycle: fc.integer({ min: 1, max: 3 }),
    legal: fc.boolean(),
    dueAt: someInstant,
    state: fc.constantFrom('armed' as const, 'met' as const, 'cancelled' as const),
    endedAt: someInstant,
  })
  .map((clock) => ({ ...clock, what: 'clock' as const, endedAt: clock.state === 'armed' ? null : clock.endedAt }));
const someSatisfaction = fc.constantFrom(null, 'satisfied', 'fair', 'dissatisfied', 'unrated' as const);
const someFact: fc.Arbitrary<Fact> = fc
  .tuple(
    someTraits,
    fc.oneof(
      someInstant.map((receivedAt) => ({ what: 'case' as const, receivedAt })),
      someClock,
      fc.record({ what: fc.constant('callback' as const), at: someInstant, satisfaction: someSatisfaction }),
    ),
  )
  .map(([traits, rest]) => ({ ...traits, ...rest }));

/** As the database holds them: one intake a case, one clock of a kind and cycle, one call back at an instant. */
const someFacts = fc.uniqueArray(someFact, {
  maxLength: 120,
  selector: (fact) =>
    [
      fact.caseId,
      fact.what,
      fact.what === 'clock' ? [fact.kind, fact.cycle] : [],
      fact.what === 'callback' ? +fact.at : 0,
    ].join(),
});

const sum = (figures: readonly Figure[]): number => figures.reduce((total, figure) => total + figure.total, 0);

describe('the figures of a report', () => {
  test('add up: in every series the cells of each breakdown are the whole, and so is every kind of count', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const entries = listEntries(facts, PERIOD, AS_OF);
        const figures = countEntries(entries);
        for (const series of SERIES) {
          const own = figures.filter(
            (one) => one.measure === series.measure && one.stage === series.stage && one.legal === series.legal,
          );
          const length = entries.filter((entry) => isOfSeries(entry, series)).length;
          for (const by of BREAKDOWNS) {
            const cells = own.filter((one) => one.by === by);
            expect(sum(cells)).toBe(length);
            for (const { counts, total } of cells)
              expect(Object.values(counts).reduce((all, count) => all + count, 0)).toBe(total);
          }
        }
        // Every entry belongs to exactly one series: nothing is left out of the table.
        expect(sum(figures.filter(({ by }) => by === 'all'))).toBe(entries.length);
      }),
    );
  });

  test('agree with a plain count of what was on time, late and overdue', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const counted = listEntries(facts, PERIOD, AS_OF).filter(({ measure }) => measure === 'timeliness');
        for (const { dueAt, doneAt, counted: as } of counted) {
          if (dueAt === null) throw new Error('a clock has its limit');
          if (as === 'on-time') expect(doneAt !== null && doneAt <= dueAt).toBe(true);
          else if (as === 'late') expect(doneAt !== null && doneAt > dueAt).toBe(true);
          else expect(doneAt).toBeNull();
          if (as === 'pending') expect(dueAt > AS_OF).toBe(true);
          expect(dueAt > begin && dueAt <= end).toBe(true);
        }
      }),
    );
  });

  test('do not depend on the order in which the cases were read, nor does the list', () => {
    fc.assert(
      fc.property(someFacts, fc.func(fc.integer()), (facts, place) => {
        const shuffled = facts.toSorted((a, b) => place(a) - place(b));
        expect(listEntries(shuffled, PERIOD, AS_OF)).toEqual(listEntries(facts, PERIOD, AS_OF));
      }),
    );
  });
});

describe('a list that is counted again', () => {
  test('is the same as long as no case changed', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const frozen = listEntries(facts, PERIOD, AS_OF);
        const again = listEntries(structuredClone(facts), PERIOD, AS_OF);
        expect(compareLists(frozen, again, new Set())).toEqual({ differences: [], moved: [] });
      }),
    );
  });

  test('explains every figure that moved by entries that differ, each with a reason', () => {
    fc.assert(
      fc.property(someFacts, someFacts, (then, now) => {
        const [frozen, today] = [listEntries(then, PERIOD, AS_OF), listEntries(now, PERIOD, AS_OF)];
        const { differences, moved } = compareLists(frozen, today, new Set());
        for (const { reasons } of differences) expect(reasons.length).toBeGreaterThan(0);
        // Taking the differences out of the frozen list and putting today's in gives today's figures.
        const changed = new Set(differences.map(({ before }) => before));
        const mended = [
          ...frozen.filter((entry) => !changed.has(entry)),
          ...differences.flatMap(({ now: entry }) => (entry === null ? [] : [entry])),
        ];
        expect(countEntries(mended)).toEqual(countEntries(today));
        if (differences.length === 0) expect(moved).toEqual([]);
      }),
    );
  });
});

const someUnits = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(12), fc.nat(12)), {
    selector: ([unit]) => unit,
    minLength: 1,
    maxLength: 8,
  })
  .map((units) =>
    units.flatMap(([unit, onTime, late]) =>
      [...Array<'on-time'>(onTime).fill('on-time'), ...Array<'late'>(late).fill('late')].map((counted) => ({
        unit,
        counted,
      })),
    ),
  );

describe('units that are put together', () => {
  test('leave no count from 1 to 4, and none that is the whole minus the rows that are shown', () => {
    fc.assert(
      fc.property(someUnits, (given) => {
        const facts = given.map(({ unit, counted }, n): Fact => ({
          caseId: n + 1,
          number: String(n),
          channel: 'email',
          category: null,
          unit: `U${String(unit)}`,
          what: 'clock',
          kind: 'DONE60',
          cycle: 1,
          legal: true,
          dueAt: end,
          state: 'met',
          endedAt: counted === 'late' ? new Date(end.getTime() + 1) : end,
        }));
        const figures = countEntries(listEntries(facts, PERIOD, new Date(end.getTime() + DAY_MS)));
        const shown = suppressUnits(figures, 'merged').filter(({ by }) => by === 'unit');
        for (const { counts } of shown)
          for (const count of Object.values(counts)) expect(count).toBeGreaterThanOrEqual(5);
        if (shown.length > 0) expect(sum(shown)).toBe(facts.length);
        const named = shown.filter(({ key }) => key !== OTHER_UNITS).map(({ key }) => key);
        const merged = new Set(facts.map(({ unit }) => unit).filter((unit) => unit !== null && !named.includes(unit)));
        if (shown.length > 0) expect(merged.size).not.toBe(1);
        expect(suppressUnits(figures, 'closed').some(({ by }) => by === 'unit')).toBe(false);
      }),
    );
  });
});
