import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planDeadline, type DeadlineKind } from '../../../src/domain/deadlines.ts';
import { forecastSteps, replaySteps } from '../../../src/domain/forecast-ladder.ts';
import { LADDER_STEPS, ladderSteps, nextStep } from '../../../src/domain/ladder.ts';
import { officeCalendar, officeClocks, officeLadders } from './rule-files.ts';

const calendar = officeCalendar();
const ladders = officeLadders();
const RECEIVED = new Date('2014-07-22T01:00:00Z'); // a Tuesday
const notice = planDeadline(officeClocks(), calendar, 'NOTICE15', '2014', RECEIVED);
const steps = ladderSteps(ladders, calendar, notice);
const far = new Date('2015-01-01T00:00:00Z');

function clock(kind: DeadlineKind = 'NOTICE15') {
  const plan = planDeadline(officeClocks(), calendar, kind, '2014', RECEIVED);
  const { next } = nextStep(ladderSteps(ladders, calendar, plan), null, RECEIVED);
  return { kind, dueAt: plan.dueAt, lastStep: null, pending: next };
}

describe('a forecast', () => {
  test('takes every step of a ladder at its instant, up to the last instant of the span', () => {
    const all = forecastSteps(ladders, calendar, clock(), { now: RECEIVED, until: far });
    expect(all.map(({ step, firesAt, late, effect }) => [step, firesAt, late, effect])).toEqual(
      steps.map(({ step, at }) => [step, at, false, 'task']),
    );
    const until = steps[1]?.at ?? far;
    expect(forecastSteps(ladders, calendar, clock(), { now: RECEIVED, until })).toHaveLength(2);
    const before = new Date(until.getTime() - 1);
    expect(forecastSteps(ladders, calendar, clock(), { now: RECEIVED, until: before })).toHaveLength(1);
  });

  test('takes at once what is past, only the highest, and says which steps it overtakes', () => {
    const now = new Date((steps[2]?.at ?? far).getTime() + 3_600_000);
    const [first, second] = forecastSteps(ladders, calendar, clock(), { now, until: far });
    expect(first).toMatchObject({ step: 'yellow', firesAt: now, late: true, effect: 'task' });
    expect(first?.skipped.map(({ step, reason }) => `${step} ${reason}`)).toEqual(['warn overtaken', 'urge overtaken']);
    expect(second).toMatchObject({ step: 'red', late: false, skipped: [] });
  });

  test('lets a right lapse, once and without a task', () => {
    const lapses = forecastSteps(ladders, calendar, clock('OBJECT5'), { now: RECEIVED, until: far });
    expect(lapses).toMatchObject([{ step: 'due', effect: 'lapse' }]);
  });

  test('of a clock that has taken the red card under other rules does nothing below it a second time', () => {
    const again = { ...clock(), lastStep: 'red' as const };
    const all = forecastSteps(ladders, calendar, again, { now: RECEIVED, until: far });
    expect(all.map(({ step, effect }) => `${step} ${effect}`)).toEqual([
      'warn none',
      'urge none',
      'yellow none',
      'red none',
      'raise task',
    ]);
  });

  test('of a clock whose ladder has ended is empty', () => {
    const done = { ...clock(), pending: null };
    expect(forecastSteps(ladders, calendar, done, { now: RECEIVED, until: far })).toEqual([]);
  });

  test('has no step twice, climbs, and stays within its span, whenever it is asked', () => {
    const days = fc.integer({ min: -10, max: 60 });
    fc.assert(
      fc.property(days, fc.nat(60), (start, length) => {
        const now = new Date(RECEIVED.getTime() + start * 86_400_000);
        const until = new Date(now.getTime() + length * 86_400_000);
        const all = forecastSteps(ladders, calendar, clock(), { now, until });
        const rungs = all.map(({ step }) => LADDER_STEPS.indexOf(step));
        expect(rungs).toEqual([...new Set(rungs)].toSorted((a, b) => a - b));
        for (const { firesAt } of all) {
          expect(firesAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
          expect(firesAt.getTime()).toBeLessThanOrEqual(until.getTime());
        }
      }),
    );
  });

  test('in two parts is the forecast in one', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (a, b) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)].map(
          (n) => new Date(RECEIVED.getTime() + n * 86_400_000),
        );
        if (first === undefined || last === undefined) return;
        const whole = replaySteps(ladders, calendar, past, { from: RECEIVED, until: last }).taken;
        const begin = replaySteps(ladders, calendar, past, { from: RECEIVED, until: first }).taken;
        const rest = replaySteps(ladders, calendar, past, { from: new Date(first.getTime() + 1), until: last }).taken;
        expect([...begin, ...rest]).toEqual(whole);
      }),
    );
  });
});

const past = { kind: 'NOTICE15', dueAt: notice.dueAt, armedAt: RECEIVED, endedAt: null } as const;

describe('a look at the past', () => {
  test('ends where somebody stopped the clock', () => {
    const endedAt = new Date((steps[1]?.at ?? far).getTime() + 1);
    const { taken } = replaySteps(ladders, calendar, { ...past, endedAt }, { from: RECEIVED, until: far });
    expect(taken.map(({ step }) => step)).toEqual(['warn', 'urge']);
  });

  test('names the steps that were past when the clock was armed', () => {
    const armedAt = new Date((steps[0]?.at ?? far).getTime() + 1);
    const { taken, skipped } = replaySteps(ladders, calendar, { ...past, armedAt }, { from: RECEIVED, until: far });
    expect(skipped).toMatchObject([{ step: 'warn', reason: 'past-when-armed' }]);
    expect(taken.map(({ step }) => step)).toEqual(['urge', 'yellow', 'red', 'raise']);
  });
});
