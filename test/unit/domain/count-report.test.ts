import { describe, expect, it } from 'vitest';
import { compareLists } from '../../../src/domain/compare-reports.ts';
import { countEntries, listEntries } from '../../../src/domain/count-report.ts';
import { DEADLINE_KINDS, RIGHTS } from '../../../src/domain/deadlines.ts';
import { boundsOf, CLOCK_STAGES, isMonth, periodRefusal, type Fact, type Month } from '../../../src/domain/report.ts';
import { suppressUnits, unitViewOf } from '../../../src/domain/suppress-units.ts';

const month = (text: string): Month => {
  if (!isMonth(text)) throw new Error(text);
  return text;
};
const period = (from: string, to = from) => ({ from: month(from), to: month(to) });
const QUARTER = period('2014-07', '2014-09');
const AS_OF = new Date('2014-10-08T01:30:00Z');
const beijing = (text: string): Date => new Date(`${text}:00+08:00`);

const CASE = { caseId: 1, number: '123456789', channel: 'email', category: 7, unit: 'BASIC' } as const;
const clock = (given: Partial<Extract<Fact, { what: 'clock' }>> = {}): Fact => ({
  ...CASE,
  what: 'clock',
  kind: 'DONE60',
  cycle: 1,
  legal: true,
  dueAt: beijing('2014-09-01T00:00'),
  state: 'met',
  endedAt: beijing('2014-08-20T10:00'),
  ...given,
});

function countedAs(given: Partial<Extract<Fact, { what: 'clock' }>>, asOf = AS_OF) {
  return listEntries([clock(given)], QUARTER, asOf).map(({ measure, counted }) => `${measure} ${counted}`);
}

describe('a period', () => {
  it('runs from 00:00 of its first day to 24:00 of its last, in Asia/Shanghai', () => {
    expect(boundsOf(QUARTER)).toEqual({ begin: beijing('2014-07-01T00:00'), end: beijing('2014-10-01T00:00') });
    expect(boundsOf(period('2016-02'))).toEqual({
      begin: beijing('2016-02-01T00:00'),
      end: beijing('2016-03-01T00:00'),
    });
    expect(boundsOf(period('2014-12')).end).toEqual(beijing('2015-01-01T00:00'));
  });

  it.each([
    [period('2014-09', '2014-07'), 'reversed'],
    [period('2011-10', '2014-10'), 'too-long'],
    [period('2014-11'), 'not-begun'],
    [period('1999-12'), 'out-of-range'],
    [period('2011-11', '2014-10'), null],
    [period('2014-10'), null],
  ] as const)('%j: %s', (given, refusal) => {
    expect(periodRefusal(given, AS_OF)).toBe(refusal);
  });
});

describe('the stages', () => {
  it('have no place for a right: nobody is late with it', () => {
    expect(RIGHTS.map((kind) => CLOCK_STAGES[kind])).toEqual(RIGHTS.map(() => null));
  });

  it('have one for every other kind but those that no rate could tell', () => {
    const left = DEADLINE_KINDS.filter((kind) => CLOCK_STAGES[kind] === null && !RIGHTS.includes(kind));
    expect(left).toEqual(['ACK_PHONE', 'REG', 'SUPPLEMENT']);
  });
});

describe('a limit', () => {
  const due = beijing('2014-09-01T00:00');
  it.each([
    ['met in time', { endedAt: due }, ['timeliness on-time']],
    ['met a millisecond late', { endedAt: new Date(due.getTime() + 1) }, ['timeliness late']],
    ['still running', { state: 'armed', endedAt: null }, ['timeliness overdue', 'backlog overdue']],
    ['met after the period', { endedAt: beijing('2014-10-02T09:00') }, ['timeliness late', 'backlog overdue']],
    ['cancelled in time', { state: 'cancelled' }, []],
    ['cancelled too late', { state: 'cancelled', endedAt: beijing('2014-09-02T00:00') }, ['timeliness overdue']],
    ['of a day before the period', { dueAt: beijing('2014-07-01T00:00') }, []],
    ['of the last day of the period', { dueAt: beijing('2014-10-01T00:00') }, ['timeliness on-time']],
    ['old and open', { dueAt: beijing('2014-05-01T00:00'), state: 'armed', endedAt: null }, ['backlog overdue']],
    ['that is a right', { kind: 'REVIEW_ASK', state: 'armed', endedAt: null }, []],
  ] as const)('%s', (_, given, counted) => {
    expect(countedAs(given)).toEqual(counted);
  });

  it('that is not due yet is pending, in no rate, and no backlog', () => {
    const asOf = beijing('2014-08-01T00:00');
    expect(countedAs({ state: 'armed', endedAt: null }, asOf)).toEqual(['timeliness pending']);
    const facts = [clock({ state: 'armed', endedAt: null }), clock({ cycle: 2, endedAt: beijing('2014-07-20T00:00') })];
    const handling = countEntries(listEntries(facts, QUARTER, asOf)).find(({ total }) => total === 2);
    expect(handling).toMatchObject({ stage: 'handling', legal: true, counts: { 'on-time': 1, pending: 1 }, rate: 1 });
  });

  it('of the last day of a month belongs to that month', () => {
    const [entry] = listEntries([clock({ dueAt: beijing('2014-09-01T00:00') })], QUARTER, AS_OF);
    expect(entry?.month).toBe('2014-08');
  });

  it('that folding stopped and unfolding started again counts once', () => {
    const stopped = clock({ state: 'cancelled', endedAt: beijing('2014-09-03T00:00') });
    const again = clock({ cycle: 2, endedAt: beijing('2014-09-05T00:00') });
    const entries = listEntries([again, stopped], QUARTER, AS_OF);
    expect(entries.map(({ cycle, counted }) => [cycle, counted])).toEqual([[2, 'late']]);
  });
});

describe('what changed since', () => {
  const open = clock({ state: 'armed', endedAt: null });
  const frozen = listEntries([open], QUARTER, AS_OF);
  const since = (facts: readonly Fact[], folded: readonly number[] = []) =>
    compareLists(frozen, listEntries(facts, QUARTER, AS_OF), new Set(folded));

  it.each([
    ['done', [clock({ endedAt: beijing('2014-10-09T09:00') })], ['done-since']],
    ['cancelled late', [clock({ state: 'cancelled', endedAt: beijing('2014-10-09T09:00') })], []],
    ['given to another unit', [{ ...open, unit: 'EXAM' }], ['unit-changed']],
    ['of another category', [{ ...open, category: 2 }], ['recategorised']],
    ['planned again', [clock({ state: 'armed', endedAt: null, dueAt: beijing('2014-09-03T00:00') })], ['due-moved']],
    ['stopped before its time', [clock({ state: 'cancelled', endedAt: beijing('2014-08-09T09:00') })], ['ended-since']],
  ] as const)('a case that was %s', (_, facts, reasons) => {
    const [difference] = since(facts).differences;
    expect(difference?.reasons ?? []).toEqual(reasons);
  });

  it('tells a folded case, a new one, a new clock and a call back apart', () => {
    expect(since([], [1]).differences.map(({ reasons }) => reasons)).toEqual([['folded'], ['folded']]);
    const added = since([
      open,
      { ...CASE, caseId: 2, what: 'case', receivedAt: beijing('2014-09-30T12:00') },
      clock({ kind: 'TARGET30', legal: false }),
      { ...CASE, what: 'callback', at: beijing('2014-09-30T15:00'), satisfaction: 'fair' },
    ]);
    expect(added.differences.map(({ before, reasons }) => [before, ...reasons])).toEqual([
      [null, 'came-in'],
      [null, 'clock-started'],
      [null, 'called-back'],
    ]);
  });

  it('moves the figures of the row where it stood and of the row where it stands', () => {
    const { moved } = since([{ ...open, unit: 'EXAM' }]);
    expect(moved.map(({ measure, by, key, before, now }) => [measure, by, key, before?.total, now?.total])).toEqual([
      ['timeliness', 'unit', 'BASIC', 1, undefined],
      ['backlog', 'unit', 'BASIC', 1, undefined],
      ['timeliness', 'unit', 'EXAM', undefined, 1],
      ['backlog', 'unit', 'EXAM', undefined, 1],
    ]);
  });
});

describe('small counts by unit', () => {
  const units = (counts: Readonly<Record<string, number>>) =>
    countEntries(
      listEntries(
        Object.entries(counts)
          .flatMap(([unit, count]) => Array.from({ length: count }, () => unit))
          .map((unit, n) => ({
            ...CASE,
            caseId: n + 1,
            unit,
            what: 'case' as const,
            receivedAt: beijing('2014-08-01T09:00'),
          })),
        QUARTER,
        AS_OF,
      ),
    );
  const shown = (counts: Readonly<Record<string, number>>) =>
    suppressUnits(units(counts), 'merged')
      .filter(({ by }) => by === 'unit')
      .map(({ key, total }) => [key, total]);

  it.each([
    ['that are large stay', { A: 5, B: 9 }, { A: 5, B: 9 }],
    ['that are small stand together', { A: 9, B: 3, C: 2, D: 4 }, { A: 9, OTHERS: 9 }],
    ['of one unit take the smallest of the others along', { A: 9, B: 4, C: 6 }, { A: 9, OTHERS: 10 }],
    ['that are small even together take another along', { A: 9, B: 1, C: 1, D: 20 }, { D: 20, OTHERS: 11 }],
    ['are left out where no other unit would stand beside them', { A: 9, B: 4 }, {}],
  ])('%s', (_, counts, expected) => {
    expect(Object.fromEntries(shown(counts))).toEqual(expected);
  });

  it('and the stock of what is overdue are not shown by unit, and the rest of the table is', () => {
    const facts = Array.from({ length: 9 }, (_, n) => clock({ cycle: n + 1, state: 'armed', endedAt: null }));
    const figures = countEntries(listEntries(facts, QUARTER, AS_OF));
    const merged = suppressUnits(figures, 'merged');
    expect(merged.filter(({ by }) => by === 'unit').map(({ measure }) => measure)).toEqual(['timeliness']);
    expect(merged.filter(({ by }) => by !== 'unit')).toEqual(figures.filter(({ by }) => by !== 'unit'));
    expect(suppressUnits(figures, 'all')).toEqual(figures);
  });

  it('are shown in no second table of the same months, and in none of a period that is not over', () => {
    const report = { id: 7, period: QUARTER, over: true };
    const earlier = (given: object) => [{ id: 3, period: period('2014-09', '2014-12'), over: true, ...given }];
    expect(unitViewOf(report, [])).toBe('merged');
    expect(unitViewOf(report, earlier({}))).toBe('closed');
    expect(unitViewOf(report, earlier({ over: false }))).toBe('merged');
    expect(unitViewOf(report, earlier({ id: 8 }))).toBe('merged');
    expect(unitViewOf(report, earlier({ period: period('2014-10') }))).toBe('merged');
    expect(unitViewOf({ ...report, over: false }, [])).toBe('closed');
  });
});
