import { describe, expect, test } from 'vitest';
import { decide, evolve } from '../../../src/domain/case.ts';
import { COMMAND_ROLES } from '../../../src/domain/case-commands.ts';
import { PERSON_REASONS } from '../../../src/domain/case-events.ts';
import { CASE_REFUSALS } from '../../../src/domain/case-refusals.ts';
import { CASE_STATE_NAMES, CASE_STATES } from '../../../src/domain/case-states.ts';
import { ROLES } from '../../../src/domain/vocabulary.ts';
import {
  ACCEPT,
  aVerdict,
  caseAfter,
  CONFIRM,
  course,
  DISPATCH,
  dispatching,
  NUMBER,
  opening,
  order,
  outcomeOf,
  planned,
  PROPOSE,
  RECEIVED_AT,
  REGISTER,
  viewer,
} from './case-builders.ts';

const CHINESE = /^[\p{Script=Han}，。、；（）]+$/u;

describe('the closed sets of a case', () => {
  test('have a Chinese name for every state, refusal and reason, each of its own', () => {
    const names = CASE_STATES.map((state) => CASE_STATE_NAMES[state]);
    expect(new Set(names).size).toBe(CASE_STATES.length);
    for (const text of [...names, ...Object.values(CASE_REFUSALS), ...Object.values(PERSON_REASONS)]) {
      expect(text).toMatch(CHINESE);
    }
  });
});

describe('opening', () => {
  test('a mail gives the number, the three clocks of receipt and nothing else', () => {
    const { file, events } = course(opening());
    expect(events.map(({ type }) => type)).toEqual([
      'case-opened',
      'deadline-armed',
      'deadline-armed',
      'deadline-armed',
    ]);
    expect(events.every(({ at, by }) => at === '2026-07-21T02:01:00.000Z' && by === 1)).toBe(true);
    expect(file).toMatchObject({
      version: 4,
      number: NUMBER,
      state: 'RECEIVED',
      provisional: true,
      receivedAt: RECEIVED_AT.toISOString(),
      verdict: null,
      confirmed: false,
      assignment: null,
      acknowledgement: null,
      folded: null,
    });
    expect(file.deadlines.map(({ kind, cycle, status, dueAt }) => [kind, cycle, status, dueAt])).toEqual([
      ['ACK_MAIL', 1, 'armed', '2026-07-22T02:00:00.000Z'],
      ['NOTICE15', 1, 'armed', '2026-08-05T16:00:00.000Z'],
      ['TRIAGE', 1, 'armed', '2026-07-24T16:00:00.000Z'],
    ]);
  });

  test('a call has no clock for an answer by mail', () => {
    expect(course(opening('phone')).file.deadlines.map(({ kind }) => kind)).toEqual(['NOTICE15', 'TRIAGE']);
  });

  test('without its clocks, or with others, is refused', () => {
    const whole = opening();
    if (whole.type !== 'open') throw new Error('an opening opens');
    for (const deadlines of [
      [],
      whole.deadlines.slice(1),
      [...whole.deadlines, planned('PERSON')],
      [planned('ACK_MAIL'), planned('ACK_MAIL'), planned('TRIAGE')],
    ]) {
      expect(outcomeOf(null, { ...whole, deadlines })).toBe('wrong-deadline');
    }
  });

  test('happens once', () => {
    expect(outcomeOf(caseAfter(), opening())).toBe('already-open');
    expect(outcomeOf(null, REGISTER)).toBe('no-such-case');
  });
});

describe('who may give an order', () => {
  test('is written down for every order, and everyone else is refused before anything is looked at', () => {
    const orders = [opening(), REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, order({ type: 'unfold' }, 'triage')];
    for (const command of orders) {
      for (const role of ROLES) {
        const refused = outcomeOf(null, { ...command, by: viewer(role) }) === 'role-not-allowed';
        expect([command.type, role, refused]).toEqual([
          command.type,
          role,
          !COMMAND_ROLES[command.type].includes(role),
        ]);
      }
    }
  });

  test('is never the machine where a person must decide, and never those who see no content', () => {
    for (const type of [
      'unfold',
      'confirm-verdict',
      'correct-verdict',
      'accept',
      'dispatch',
      'add-note',
      'meet-deadline',
    ] as const) {
      expect(COMMAND_ROLES[type]).not.toContain('system');
    }
    for (const roles of Object.values(COMMAND_ROLES)) {
      expect(roles).not.toContain('admin');
      expect(roles).not.toContain('auditor');
      expect(roles).not.toContain('custodian');
    }
  });
});

describe('registering', () => {
  test('ends the provisional time', () => {
    expect(outcomeOf(caseAfter(), REGISTER)).toEqual([{ type: 'case-registered' }]);
    expect(caseAfter(REGISTER)).toMatchObject({ state: 'REGISTERED', provisional: false });
  });

  test('happens once', () => {
    expect(outcomeOf(caseAfter(REGISTER), REGISTER)).toBe('wrong-state');
  });
});

describe('folding', () => {
  const asAutomatic = order({ type: 'fold', as: 'automatic', into: null }, 'system');
  const asJunk = order({ type: 'fold', as: 'junk', into: null }, 'triage');
  const unfold = order({ type: 'unfold' }, 'supervisor');

  test('stops every clock and remembers where it came from', () => {
    const file = caseAfter(asAutomatic);
    expect(file).toMatchObject({
      state: 'FOLDED',
      provisional: true,
      folded: { as: 'automatic', into: null, from: 'RECEIVED' },
    });
    expect(file.deadlines.map(({ status, cancelled }) => [status, cancelled])).toEqual([
      ['cancelled', 'folded'],
      ['cancelled', 'folded'],
      ['cancelled', 'folded'],
    ]);
  });

  test('leaves clocks alone that had ended before', () => {
    const sent = order({ type: 'record-acknowledgement', outcome: 'sent', withheld: null, task: null }, 'system');
    const file = caseAfter(REGISTER, sent, asJunk);
    expect(file.deadlines.map(({ kind, status }) => [kind, status])).toEqual([
      ['ACK_MAIL', 'met'],
      ['NOTICE15', 'cancelled'],
      ['TRIAGE', 'cancelled'],
    ]);
  });

  test('needs to know where a follow-up or a duplicate belongs', () => {
    for (const as of ['follow-up', 'duplicate'] as const) {
      expect(outcomeOf(caseAfter(), order({ type: 'fold', as, into: null }, 'system'))).toBe('target-required');
      expect(caseAfter(order({ type: 'fold', as, into: 17 }, 'system')).folded).toMatchObject({ as, into: 17 });
    }
  });

  test('as junk is for a person alone', () => {
    expect(outcomeOf(caseAfter(), { ...asJunk, by: viewer('system') })).toBe('junk-needs-person');
    expect(caseAfter(REGISTER, asJunk).folded).toMatchObject({ as: 'junk', from: 'REGISTERED' });
  });

  test('by the machine ends with registration, by a person when the case is taken up', () => {
    expect(outcomeOf(caseAfter(REGISTER), asAutomatic)).toBe('wrong-state');
    expect(caseAfter(REGISTER, PROPOSE, asJunk).folded).toMatchObject({ from: 'TRIAGE' });
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT), asJunk)).toBe('wrong-state');
  });

  test('is undone by a person, and the clocks run on as new cycles with their old due dates', () => {
    const before = caseAfter();
    const file = caseAfter(asAutomatic, unfold);
    expect(file).toMatchObject({ state: 'RECEIVED', provisional: true, folded: null });
    const running = file.deadlines.filter(({ status }) => status === 'armed');
    expect(running.map(({ kind, cycle }) => [kind, cycle])).toEqual([
      ['ACK_MAIL', 2],
      ['NOTICE15', 2],
      ['TRIAGE', 2],
    ]);
    expect(running.map(({ dueAt }) => dueAt)).toEqual(before.deadlines.map(({ dueAt }) => dueAt));
  });

  test('twice brings each clock back once', () => {
    const file = caseAfter(asAutomatic, unfold, asAutomatic, unfold);
    expect(file.deadlines.filter(({ status }) => status === 'armed').map(({ cycle }) => cycle)).toEqual([3, 3, 3]);
  });

  test('leaves nothing to do but to unfold, to note and to record what became of a letter', () => {
    const folded = caseAfter(asAutomatic);
    for (const command of [REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, asAutomatic]) {
      expect(outcomeOf(folded, command)).toBe('folded');
    }
    const note = order({ type: 'add-note', note: { id: 4, sha256: 'ab' } }, 'triage');
    expect(caseAfter(asAutomatic, note).state).toBe('FOLDED');
    expect(outcomeOf(caseAfter(), unfold)).toBe('not-folded');
  });
});

describe('a note', () => {
  test('is a reference, never a text, and changes nothing else', () => {
    const note = order({ type: 'add-note', note: { id: 4, sha256: 'ab' } }, 'investigator');
    expect(outcomeOf(caseAfter(), note)).toEqual([{ type: 'note-added', note: { id: 4, sha256: 'ab' } }]);
    expect({ ...caseAfter(note), version: 0 }).toEqual({ ...caseAfter(), version: 0 });
  });
});

describe('assigning', () => {
  test('gives a confirmed case to a unit', () => {
    const [dispatched, ...clocks] = outcomeOf(caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT), DISPATCH) as unknown[];
    expect(dispatched).toMatchObject({
      type: 'case-dispatched',
      form: 'pass',
      unit: 'BASIC',
      userId: null,
      bound: false,
    });
    expect(clocks).toMatchObject([{ clock: { kind: 'SIGN1' } }, { clock: { kind: 'OBJECT5' } }]);
    expect(caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH)).toMatchObject({
      state: 'DISPATCHED',
      assignment: { unit: 'BASIC', userId: null },
    });
  });

  test('may name another unit than the rules did, and may be changed', () => {
    const elsewhere = dispatching('FIN', 12, 'supervisor');
    const file = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, elsewhere);
    expect(file.assignment).toMatchObject({ unit: 'FIN', userId: 12 });
    expect(outcomeOf(file, elsewhere)).toBe('already-assigned');
    expect(outcomeOf(file, dispatching('FIN', 13, 'supervisor'))).toMatchObject([
      { type: 'case-dispatched', unit: 'FIN', userId: 13 },
      { type: 'deadline-cancelled', kind: 'SIGN1', reason: 'withdrawn' },
      { type: 'deadline-cancelled', kind: 'OBJECT5', reason: 'withdrawn' },
      { type: 'deadline-armed', clock: { kind: 'SIGN1', cycle: 3 } },
      { type: 'deadline-armed', clock: { kind: 'OBJECT5', cycle: 3 } },
    ]);
  });

  test('waits for a person to confirm the accused', () => {
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE), ACCEPT)).toBe('not-confirmed');
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE), DISPATCH)).toBe('wrong-state');
  });

  test('never reaches a unit that is accused or stands by the accused', () => {
    const confirm = order({ type: 'confirm-verdict', accused: ['STUDENT'], deny: ['STUDENT', 'PERS'] }, 'triage');
    const file = caseAfter(REGISTER, PROPOSE, confirm, ACCEPT);
    for (const unit of ['STUDENT', 'PERS']) {
      expect(outcomeOf(file, dispatching(unit))).toBe('unit-denied');
    }
  });

  test('is not for sealed matter, nor to what is no unit, nor before the case is taken up', () => {
    const sealed = order({ type: 'propose-verdict', verdict: aVerdict({ lane: 'sealed' }) }, 'system');
    expect(outcomeOf(caseAfter(REGISTER, sealed, CONFIRM), ACCEPT)).toBe('lane-sealed');
    for (const unit of ['NONEDU', 'UNRESOLVED', '']) {
      const nowhere = dispatching(unit);
      expect(outcomeOf(caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT), nowhere)).toBe('not-a-unit');
    }
    const elsewhere = order({ type: 'propose-verdict', verdict: aVerdict({ unit: 'NONEDU' }) }, 'system');
    expect(outcomeOf(caseAfter(REGISTER, elsewhere, CONFIRM), ACCEPT)).toBe('not-a-unit');
  });
});

describe('a damaged history', () => {
  test('is not read as if it were sound', () => {
    const { file, events } = course(opening(), REGISTER);
    const [opened] = events;
    if (opened === undefined) throw new Error('an opening has an event');
    expect(() => evolve(file, opened)).toThrow(RangeError);
    const registered = events.at(-1);
    if (registered === undefined) throw new Error('registering has an event');
    expect(() => evolve(null, registered)).toThrow(RangeError);
  });
});

describe('events', () => {
  test('survive JSON, and carry who and when', () => {
    const { events } = course(opening(), REGISTER, PROPOSE, CONFIRM, ACCEPT);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
    expect(events.at(-1)).toMatchObject({ type: 'deadline-armed', at: '2026-07-21T02:01:00.000Z', by: 3 });
  });

  test('of a refusal do not exist', () => {
    expect(decide(caseAfter(), DISPATCH)).toEqual({ kind: 'refused', reason: 'wrong-state' });
  });
});
