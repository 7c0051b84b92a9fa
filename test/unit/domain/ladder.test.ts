import { describe, expect, test } from 'vitest';
import { planDeadline } from '../../../src/domain/deadlines.ts';
import {
  judgeTick,
  LADDER_STEP_NAMES,
  LADDER_STEPS,
  ladderSteps,
  nextStep,
  type LadderStep,
} from '../../../src/domain/ladder.ts';
import { officeCalendar, officeClocks, officeLadders } from './rule-files.ts';

const calendar = officeCalendar();
const ladders = officeLadders();
// Received Tuesday 2014-07-22: due at the end of Wednesday 2014-08-06.
const notice = planDeadline(officeClocks(), calendar, 'NOTICE15', '2014', new Date('2014-07-22T01:00:00Z'));
const steps = ladderSteps(ladders, calendar, notice);

function at(step: LadderStep): Date {
  const found = steps.find((candidate) => candidate.step === step);
  if (found === undefined) throw new Error(`no step ${step}`);
  return found.at;
}

function next(after: LadderStep | null, now: Date): { step: string; late: boolean; skipped: unknown } {
  const { next: coming, skipped } = nextStep(steps, after, now);
  return {
    step: coming?.step ?? 'none',
    late: coming?.late ?? false,
    skipped: skipped.map(({ step, reason }) => `${step}: ${reason}`),
  };
}

describe('the ladder of a date', () => {
  test('warns three working days before, urges when due, and climbs on the first, fifth and tenth working day after', () => {
    expect(steps.map(({ step, at: when }) => [step, when.toISOString()])).toEqual([
      ['warn', '2014-08-01T16:00:00.000Z'],
      ['urge', '2014-08-06T16:00:00.000Z'],
      ['yellow', '2014-08-07T16:00:00.000Z'],
      ['red', '2014-08-13T16:00:00.000Z'],
      ['raise', '2014-08-20T16:00:00.000Z'],
    ]);
  });

  test('steps over holidays and works on exchanged days', () => {
    const due = planDeadline(officeClocks(), calendar, 'NOTICE15', '2014', new Date('2014-09-14T01:00:00Z'));
    expect(due.dueAt.toISOString()).toBe('2014-09-29T16:00:00.000Z');
    expect(ladderSteps(ladders, calendar, due).map(({ at: when }) => when.toISOString().slice(0, 10))).toEqual([
      '2014-09-25',
      '2014-09-29',
      '2014-09-30',
      '2014-10-11',
      '2014-10-17',
    ]);
  });

  test('of an instant keeps its hour, and its due step is that instant even on a rest day', () => {
    const dueAt = new Date('2026-07-25T02:15:00.000Z');
    expect(ladderSteps(ladders, calendar, { kind: 'CALLBACK', dueAt })).toEqual([{ step: 'due', at: dueAt }]);
    expect(
      ladderSteps(ladders, calendar, { kind: 'NOTICE15', dueAt }).map(({ at: when }) => when.toISOString()),
    ).toEqual([
      '2026-07-22T02:15:00.000Z',
      '2026-07-25T02:15:00.000Z',
      '2026-07-27T02:15:00.000Z',
      '2026-07-31T02:15:00.000Z',
      '2026-08-07T02:15:00.000Z',
    ]);
  });

  test.each(['ACK_MAIL', 'PERSON', 'CALLBACK'] as const)('of %s only hands over to a person', (kind) => {
    expect(ladders[kind]).toEqual([{ step: 'due', workingDays: 0 }]);
  });

  test('names each of its steps', () => {
    expect(LADDER_STEPS.map((step) => LADDER_STEP_NAMES[step])).not.toContain('');
  });
});

describe('the next step', () => {
  test('is the first one when the clock has just been armed', () => {
    expect(next(null, notice.trigger)).toEqual({ step: 'warn', late: false, skipped: [] });
  });

  test('follows the one taken', () => {
    expect(next('warn', at('warn'))).toEqual({ step: 'urge', late: false, skipped: [] });
    expect(next('urge', at('urge'))).toEqual({ step: 'yellow', late: false, skipped: [] });
  });

  test('is none after the last', () => {
    expect(next('raise', at('raise'))).toEqual({ step: 'none', late: false, skipped: [] });
  });

  test('leaves out a warning whose time is past when a short clock is armed', () => {
    expect(next(null, at('warn'))).toEqual({ step: 'urge', late: false, skipped: ['warn: past-when-armed'] });
  });

  test('after a long outage is only the highest that is due, taken once and late', () => {
    expect(next('warn', at('red'))).toEqual({
      step: 'red',
      late: true,
      skipped: ['urge: overtaken', 'yellow: overtaken'],
    });
    expect(next('red', at('red'))).toEqual({ step: 'raise', late: false, skipped: [] });
  });

  test('of a clock that is overdue when armed is taken at once: no deadline passes unseen', () => {
    expect(next(null, at('urge'))).toEqual({ step: 'urge', late: true, skipped: ['warn: overtaken'] });
    expect(next(null, new Date('2026-01-01T00:00:00Z'))).toMatchObject({ step: 'raise', late: true });
  });

  test('ends a ladder that has nothing but a past warning left', () => {
    const warning = steps.filter(({ step }) => step === 'warn');
    expect(nextStep(warning, null, at('urge'))).toMatchObject({ next: null, skipped: [{ reason: 'past-when-armed' }] });
  });
});

describe('a jump of the clock', () => {
  const lastTick = new Date('2026-07-22T00:00:00Z');
  const after = (ms: number) => judgeTick({ lastTick, now: new Date(lastTick.getTime() + ms) });

  test.each([
    [30_000, 'normal'],
    [2 * 3_600_000, 'normal'],
    [2 * 3_600_000 + 1, 'jumped-ahead'],
    [365 * 86_400_000, 'jumped-ahead'],
    [0, 'normal'],
    [-60_000, 'normal'],
    [-60_001, 'jumped-back'],
    [-86_400_000, 'jumped-back'],
  ])('of %i ms between two sweeps is judged %s', (ms, tick) => {
    expect(after(ms)).toBe(tick);
  });

  test('cannot be told on the first sweep', () => {
    expect(judgeTick({ lastTick: null, now: lastTick })).toBe('normal');
  });
});
