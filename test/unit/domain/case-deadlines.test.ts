import { describe, expect, test } from 'vitest';
import type { AckRefusal } from '../../../src/domain/acknowledgement.ts';
import { armedDeadline, type AckOutcome } from '../../../src/domain/case-file.ts';
import type { DeadlineKind, PlannedDeadline } from '../../../src/domain/deadlines.ts';
import type { LadderStep, SkippedStep } from '../../../src/domain/ladder.ts';
import { caseAfter, order, outcomeOf, planned, REGISTER } from './case-builders.ts';

const LATER = new Date('2026-07-22T03:00:00.000Z');
const task = planned('PERSON', LATER);

function recording(outcome: AckOutcome, withheld: AckRefusal | null = null, person: PlannedDeadline | null = null) {
  return order({ type: 'record-acknowledgement', outcome, withheld, task: person }, 'system');
}

function meeting(kind: DeadlineKind) {
  return order({ type: 'meet-deadline', kind }, 'operator');
}

function taking(kind: DeadlineKind, step: LadderStep, skipped: readonly SkippedStep[] = []) {
  return order({ type: 'take-step', kind, step, late: false, skipped }, 'system');
}

function clocksOf(file: ReturnType<typeof caseAfter>, kind: DeadlineKind): readonly unknown[] {
  return file.deadlines
    .filter((deadline) => deadline.kind === kind)
    .map(({ cycle, status, cancelled }) => [cycle, status, cancelled]);
}

describe('an acknowledgement', () => {
  test('that went out meets its clock', () => {
    expect(outcomeOf(caseAfter(REGISTER), recording('sent'))).toEqual([
      { type: 'acknowledgement-recorded', outcome: 'sent', withheld: null },
      { type: 'deadline-met', kind: 'ACK_MAIL', cycle: 1 },
    ]);
    expect(caseAfter(REGISTER, recording('sent')).acknowledgement).toBe('sent');
  });

  test('of which nobody knows leaves the clock running, and may still turn out sent', () => {
    expect(clocksOf(caseAfter(REGISTER, recording('unknown')), 'ACK_MAIL')).toEqual([[1, 'armed', null]]);
    expect(clocksOf(caseAfter(REGISTER, recording('unknown'), recording('sent')), 'ACK_MAIL')).toEqual([
      [1, 'met', null],
    ]);
  });

  test('that is withheld while somebody waits gives a person the task, and the clock runs on', () => {
    const file = caseAfter(REGISTER, recording('withheld', 'unit-domain', task));
    expect(clocksOf(file, 'ACK_MAIL')).toEqual([[1, 'armed', null]]);
    expect(clocksOf(file, 'PERSON')).toEqual([[1, 'armed', null]]);
    expect(outcomeOf(caseAfter(REGISTER), recording('withheld', 'unit-domain', task))).toMatchObject([
      { type: 'acknowledgement-recorded', withheld: 'unit-domain' },
      { type: 'deadline-armed', clock: { kind: 'PERSON' }, reason: 'acknowledgement-withheld' },
    ]);
  });

  test('that is withheld from a robot ends the clock', () => {
    expect(clocksOf(caseAfter(REGISTER, recording('withheld', 'automatic-mail')), 'ACK_MAIL')).toEqual([
      [1, 'cancelled', 'no-answer-due'],
    ]);
    const met = caseAfter(REGISTER, meeting('ACK_MAIL'));
    expect(outcomeOf(met, recording('withheld', 'own-address'))).toHaveLength(1);
  });

  test.each(['failed', 'bounced'] as const)('that %s gives a person the task', (outcome) => {
    const before = outcome === 'bounced' ? [recording('sent')] : [];
    const file = caseAfter(REGISTER, ...before, recording(outcome, null, task));
    expect(file.acknowledgement).toBe(outcome);
    expect(clocksOf(file, 'PERSON')).toEqual([[1, 'armed', null]]);
  });

  test('without the task that somebody needs is not recorded', () => {
    expect(outcomeOf(caseAfter(REGISTER), recording('failed'))).toBe('task-missing');
    expect(outcomeOf(caseAfter(REGISTER), recording('failed', null, planned('TRIAGE')))).toBe('wrong-deadline');
  });

  test('needs no second task while one waits', () => {
    const waiting = caseAfter(REGISTER, recording('withheld', 'too-old', task));
    expect(outcomeOf(waiting, recording('failed'))).toEqual([
      { type: 'acknowledgement-recorded', outcome: 'failed', withheld: null },
    ]);
    expect(outcomeOf(waiting, recording('failed', null, task))).toHaveLength(1);
  });

  test.each<[AckOutcome, AckOutcome]>([
    ['sent', 'sent'],
    ['sent', 'withheld'],
    ['sent', 'failed'],
    ['sent', 'unknown'],
    ['unknown', 'withheld'],
  ])('that is %s cannot become %s', (first, second) => {
    const withheld = second === 'withheld' ? 'too-old' : null;
    expect(outcomeOf(caseAfter(REGISTER, recording(first)), recording(second, withheld, task))).toBe(
      'acknowledgement-settled',
    );
  });

  test('that came back is over, even when the report overtakes our own record that it went', () => {
    const bounced = caseAfter(REGISTER, recording('sent'), recording('bounced', null, task));
    expect(outcomeOf(bounced, recording('sent'))).toBe('acknowledgement-settled');
    const overtaken = caseAfter(REGISTER, recording('bounced', null, task));
    expect(armedDeadline(overtaken, 'PERSON')).not.toBeNull();
    expect(outcomeOf(overtaken, recording('sent'))).toBe('acknowledgement-settled');
  });

  test('has a reason exactly when it is withheld', () => {
    expect(outcomeOf(caseAfter(REGISTER), recording('withheld'))).toBe('withheld-reason-mismatch');
    expect(outcomeOf(caseAfter(REGISTER), recording('sent', 'too-old'))).toBe('withheld-reason-mismatch');
  });

  test('of a folded case is still recorded, and asks nothing of anybody', () => {
    const fold = order({ type: 'fold', as: 'junk', into: null }, 'triage');
    const folded = caseAfter(REGISTER, recording('unknown'), fold);
    expect(outcomeOf(folded, recording('bounced', null, task))).toEqual([
      { type: 'acknowledgement-recorded', outcome: 'bounced', withheld: null },
    ]);
  });
});

describe('a clock set by hand', () => {
  const ask = order({ type: 'arm-deadline', deadline: task, reason: 'unreadable-item' }, 'system');
  const promise = (at: string) =>
    order(
      { type: 'arm-deadline', deadline: planned('CALLBACK', new Date(at)), reason: 'callback-promised' },
      'operator',
    );

  test('asks for a person, once at a time', () => {
    expect(clocksOf(caseAfter(ask), 'PERSON')).toEqual([[1, 'armed', null]]);
    expect(outcomeOf(caseAfter(ask), ask)).toBe('already-armed');
    expect(clocksOf(caseAfter(ask, meeting('PERSON'), ask), 'PERSON')).toEqual([
      [1, 'met', null],
      [2, 'armed', null],
    ]);
  });

  test('for a call back gives way to a later promise', () => {
    const file = caseAfter(promise('2026-07-22T06:00:00Z'), promise('2026-07-23T06:00:00Z'));
    expect(clocksOf(file, 'CALLBACK')).toEqual([
      [1, 'cancelled', 'replaced'],
      [2, 'armed', null],
    ]);
    expect(file.deadlines.at(-1)?.dueAt).toBe('2026-07-23T06:00:00.000Z');
  });

  test('is never one that the law or the queue sets', () => {
    const wrong = order({ type: 'arm-deadline', deadline: planned('NOTICE15'), reason: 'other' }, 'operator');
    expect(outcomeOf(caseAfter(), wrong)).toBe('wrong-deadline');
  });
});

describe('a clock met by hand', () => {
  test('ends, once', () => {
    expect(outcomeOf(caseAfter(), meeting('NOTICE15'))).toEqual([{ type: 'deadline-met', kind: 'NOTICE15', cycle: 1 }]);
    expect(outcomeOf(caseAfter(meeting('NOTICE15')), meeting('NOTICE15'))).toBe('not-armed');
  });

  test('is never that of triage, which only a decision ends', () => {
    expect(outcomeOf(caseAfter(), meeting('TRIAGE'))).toBe('met-by-decision');
  });
});

describe('a clock planned again', () => {
  const replanning = (deadline: PlannedDeadline) => order({ type: 'replan-deadline', deadline }, 'system');
  const notice = planned('NOTICE15');

  test('takes the new dates and stays the same clock', () => {
    const moved = { ...notice, dueAt: new Date('2026-08-06T16:00:00.000Z') };
    const file = caseAfter(replanning(moved));
    expect(file.deadlines.find(({ kind }) => kind === 'NOTICE15')).toMatchObject({
      cycle: 1,
      status: 'armed',
      dueRaw: '2026-08-05T16:00:00.000Z',
      dueAt: '2026-08-06T16:00:00.000Z',
    });
  });

  test('notes that a provisional date has become certain', () => {
    expect(outcomeOf(caseAfter(), replanning({ ...notice, provisional: true }))).toMatchObject([
      { type: 'deadline-replanned', clock: { provisional: true } },
    ]);
  });

  test('with nothing changed, for another trigger, or not running is refused', () => {
    expect(outcomeOf(caseAfter(), replanning(notice))).toBe('unchanged-deadline');
    expect(outcomeOf(caseAfter(), replanning(planned('NOTICE15', LATER)))).toBe('wrong-deadline');
    expect(outcomeOf(caseAfter(), replanning(task))).toBe('not-armed');
  });
});

describe('a step of the ladder', () => {
  test('is taken once, and none below it afterwards', () => {
    const yellow = caseAfter(taking('NOTICE15', 'yellow'));
    expect(yellow.deadlines.find(({ kind }) => kind === 'NOTICE15')?.lastStep).toBe('yellow');
    expect(outcomeOf(yellow, taking('NOTICE15', 'yellow'))).toBe('step-already-taken');
    expect(outcomeOf(yellow, taking('NOTICE15', 'urge'))).toBe('step-already-taken');
    expect(outcomeOf(yellow, taking('NOTICE15', 'red'))).toEqual([
      { type: 'step-taken', kind: 'NOTICE15', cycle: 1, step: 'red', late: false },
    ]);
  });

  test('notes those that it overtook', () => {
    const overtaken = [{ step: 'warn' as const, at: LATER, reason: 'overtaken' as const }];
    expect(outcomeOf(caseAfter(), taking('NOTICE15', 'urge', overtaken))).toEqual([
      { type: 'step-skipped', kind: 'NOTICE15', cycle: 1, step: 'warn', reason: 'overtaken' },
      { type: 'step-taken', kind: 'NOTICE15', cycle: 1, step: 'urge', late: false },
    ]);
    expect(caseAfter(taking('NOTICE15', 'urge', overtaken)).version).toBe(6);
  });

  test('of a clock that has ended is not taken: whoever comes too late changes nothing', () => {
    expect(outcomeOf(caseAfter(meeting('NOTICE15')), taking('NOTICE15', 'urge'))).toBe('not-armed');
    expect(outcomeOf(caseAfter(), taking('CALLBACK', 'due'))).toBe('not-armed');
  });
});
