import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEADLINE_KINDS, planDeadline } from '../../../src/domain/deadlines.ts';
import { type LadderStep, ladderSteps, nextStep } from '../../../src/domain/ladder.ts';
import { PROFILES } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks, officeLadders } from '../../unit/domain/rule-files.ts';

const calendar = officeCalendar();
const clocks = officeClocks();
const ladders = officeLadders();

const someDeadline = fc
  .tuple(
    fc.constantFrom(...DEADLINE_KINDS),
    fc.constantFrom(...PROFILES),
    fc.date({ min: new Date('2008-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true }),
  )
  .map(([kind, profile, trigger]) => planDeadline(clocks, calendar, kind, profile, trigger));

describe('every ladder', () => {
  test('climbs in time and has a step at the due instant', () => {
    fc.assert(
      fc.property(someDeadline, (deadline) => {
        const instants = ladderSteps(ladders, calendar, deadline).map(({ at }) => at.getTime());
        expect(instants).toEqual([...new Set(instants)].toSorted((a, b) => a - b));
        expect(instants).toContain(deadline.dueAt.getTime());
      }),
    );
  });

  test('swept at any moments takes each step at most once, in order, never early, never two at once, and ends at the top', () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 12 * 86_400_000 }), { maxLength: 40 });
    fc.assert(
      fc.property(someDeadline, gaps, (deadline, sweeps) => {
        const steps = ladderSteps(ladders, calendar, deadline);
        const taken: LadderStep[] = [];
        const skipped: LadderStep[] = [];
        let now = deadline.trigger.getTime();
        for (const gap of [...sweeps, 400 * 86_400_000]) {
          now += gap;
          const { next, skipped: passed } = nextStep(steps, taken.at(-1) ?? null, new Date(now));
          if (next === null || !next.late) continue;
          expect(next.at.getTime()).toBeLessThanOrEqual(now);
          taken.push(next.step);
          skipped.push(...passed.map(({ step }) => step));
        }
        const order = steps.map(({ step }) => step);
        expect(taken.at(-1)).toBe(order.at(-1));
        expect([...taken, ...skipped].toSorted()).toEqual([...order].toSorted());
        expect(taken).toEqual(order.filter((step) => taken.includes(step)));
      }),
    );
  });
});
