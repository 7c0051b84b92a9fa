import { describe, expect, test } from 'vitest';
import type { ConfirmedConflict, VerdictChanges } from '../../../src/domain/case-commands.ts';
import { armedDeadline, type CaseVerdict } from '../../../src/domain/case-file.ts';
import {
  ACCEPT,
  aVerdict,
  DISPATCH,
  caseAfter,
  CONFIRM,
  order,
  outcomeOf,
  PROPOSE,
  REGISTER,
} from './case-builders.ts';

const NOTE = { id: 9, sha256: 'cd' };
const handUp = order({ type: 'hand-up', to: 'provincial-discipline', notes: {}, deadlines: [] }, 'discipline');

function proposing(changes: Partial<CaseVerdict>) {
  return order({ type: 'propose-verdict', verdict: aVerdict(changes) }, 'system');
}

function confirming(accused: readonly string[], deny: readonly string[] = accused) {
  return order({ type: 'confirm-verdict', accused, deny }, 'discipline');
}

function correcting(
  changes: VerdictChanges,
  conflict: Partial<ConfirmedConflict> = {},
  reason: typeof NOTE | null = NOTE,
) {
  return order(
    { type: 'correct-verdict', changes, accused: ['STUDENT'], deny: ['STUDENT'], ...conflict, reason },
    'triage',
  );
}

describe('a proposed verdict', () => {
  test('brings a registered case before a person', () => {
    expect(caseAfter(REGISTER, PROPOSE)).toMatchObject({ state: 'TRIAGE', verdict: aVerdict(), confirmed: false });
  });

  test('may be proposed anew until a person has confirmed one', () => {
    expect(caseAfter(REGISTER, PROPOSE, proposing({ category: 7 })).verdict?.category).toBe(7);
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE, CONFIRM), PROPOSE)).toBe('already-confirmed');
  });

  test('is not for a case that is not registered', () => {
    expect(outcomeOf(caseAfter(), PROPOSE)).toBe('wrong-state');
  });

  test('that names a denied unit is refused', () => {
    expect(outcomeOf(caseAfter(REGISTER), proposing({ unit: 'STUDENT' }))).toBe('unit-denied');
  });
});

describe('a confirmed verdict', () => {
  test('meets the triage clock and leaves the decision about the case open', () => {
    const file = caseAfter(REGISTER, PROPOSE, CONFIRM);
    expect(file).toMatchObject({ state: 'TRIAGE', confirmed: true, verdict: aVerdict() });
    expect(file.deadlines.find(({ kind }) => kind === 'TRIAGE')?.status).toBe('met');
  });

  test('has the list of the accused that the person gave, and denies all of them', () => {
    const file = caseAfter(REGISTER, PROPOSE, confirming(['PERS', 'FIN'], ['FIN', 'AUDIT']));
    expect(file.verdict).toMatchObject({ accused: ['PERS', 'FIN'], deny: ['FIN', 'AUDIT', 'PERS'] });
  });

  test('may clear a unit that was only mentioned', () => {
    expect(caseAfter(REGISTER, PROPOSE, confirming([])).verdict).toMatchObject({ accused: [], deny: [] });
  });

  test('that would leave the case with an accused unit is refused: correct the unit first', () => {
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE), confirming(['BASIC']))).toBe('unit-denied');
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE), confirming(['PERS'], ['BASIC']))).toBe('unit-denied');
  });

  test('of sealed matter or of what has no unit is possible too', () => {
    expect(caseAfter(REGISTER, proposing({ lane: 'sealed', category: null }), CONFIRM).state).toBe('TRIAGE');
    expect(caseAfter(REGISTER, proposing({ unit: 'NONEDU', category: null }), CONFIRM).state).toBe('TRIAGE');
    expect(caseAfter(REGISTER, proposing({ unit: 'UNRESOLVED', category: null }), CONFIRM).state).toBe('TRIAGE');
  });

  test('of a grievance for one of our units needs a category', () => {
    for (const kind of ['complaint', 'accusation'] as const) {
      expect(outcomeOf(caseAfter(REGISTER, proposing({ kind, category: null })), CONFIRM)).toBe('category-missing');
    }
    const question = proposing({ kind: 'consultation', lane: 'non-petition', category: null });
    expect(caseAfter(REGISTER, question, CONFIRM).confirmed).toBe(true);
  });

  test('is confirmed once, and only when there is one', () => {
    expect(outcomeOf(caseAfter(REGISTER), CONFIRM)).toBe('no-verdict');
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE, CONFIRM), CONFIRM)).toBe('already-confirmed');
  });
});

describe('a corrected verdict', () => {
  test('changes what was named, confirms the rest and keeps the reason as a reference', () => {
    const file = caseAfter(REGISTER, PROPOSE, correcting({ category: 7, unit: 'FIN' }));
    expect(file).toMatchObject({ state: 'TRIAGE', confirmed: true, verdict: aVerdict({ category: 7, unit: 'FIN' }) });
    expect(file.deadlines.find(({ kind }) => kind === 'TRIAGE')?.status).toBe('met');
    expect(outcomeOf(caseAfter(REGISTER, PROPOSE), correcting({ urgent: true }))).toEqual([
      { type: 'verdict-corrected', verdict: aVerdict({ urgent: true }), state: 'TRIAGE', note: NOTE },
      { type: 'deadline-met', kind: 'TRIAGE', cycle: 1 },
    ]);
  });

  test('needs a reason, something to change, and a verdict', () => {
    const file = caseAfter(REGISTER, PROPOSE);
    expect(outcomeOf(file, correcting({ category: 7 }, {}, null))).toBe('reason-required');
    expect(outcomeOf(file, correcting({}))).toBe('nothing-to-correct');
    expect(outcomeOf(file, correcting({ category: 5 }))).toBe('nothing-to-correct');
    expect(outcomeOf(caseAfter(REGISTER), correcting({ category: 7 }))).toBe('no-verdict');
  });

  test('is held to the same rules as a confirmed one', () => {
    const file = caseAfter(REGISTER, PROPOSE);
    expect(outcomeOf(file, correcting({ unit: 'STUDENT' }))).toBe('unit-denied');
    expect(outcomeOf(file, correcting({ category: null }))).toBe('category-missing');
  });

  test('may come after confirmation, and out of the sealed lane', () => {
    const sealed = caseAfter(REGISTER, proposing({ lane: 'sealed' }), CONFIRM);
    expect(outcomeOf(sealed, correcting({ lane: 'accusation' }))).toMatchObject([{ state: 'TRIAGE' }]);
    const handedUp = caseAfter(REGISTER, proposing({ lane: 'sealed' }), CONFIRM, handUp);
    expect(outcomeOf(handedUp, correcting({ lane: 'accusation' }))).toBe('wrong-state');
  });

  test('leaves a standing assignment that nothing speaks against', () => {
    const file = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, correcting({ category: 7, unit: 'FIN' }));
    expect(file).toMatchObject({ state: 'DISPATCHED', assignment: { unit: 'BASIC' }, verdict: { unit: 'FIN' } });
  });

  test('takes the case from a unit at once when it turns out to be accused', () => {
    const conflict = correcting({ unit: 'FIN' }, { accused: ['BASIC'], deny: ['BASIC'] });
    const assigned = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH);
    expect(outcomeOf(assigned, conflict)).toMatchObject([
      { type: 'assignment-revoked', unit: 'BASIC', reason: 'conflict' },
      { type: 'verdict-corrected', state: 'ACCEPTED' },
      { type: 'deadline-cancelled', kind: 'SIGN1', reason: 'withdrawn' },
      { type: 'deadline-cancelled', kind: 'OBJECT5', reason: 'withdrawn' },
    ]);
    const file = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, conflict);
    expect(file.assignment).toBeNull();
    expect(outcomeOf(file, DISPATCH)).toBe('unit-denied');
  });

  test("takes the case from a unit when it becomes sealed or nobody's business here", () => {
    const sealed = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, correcting({ lane: 'sealed' }));
    expect(sealed).toMatchObject({ state: 'TRIAGE', assignment: null });
    expect(armedDeadline(sealed, 'DONE60')).toBeNull();
    const elsewhere = caseAfter(REGISTER, PROPOSE, CONFIRM, ACCEPT, DISPATCH, correcting({ unit: 'NONEDU' }));
    expect(elsewhere).toMatchObject({ state: 'TRIAGE', assignment: null });
  });

  test('takes the case from an officer of the office that turns out to be accused itself', () => {
    const taken = caseAfter(
      REGISTER,
      PROPOSE,
      CONFIRM,
      ACCEPT,
      order({ type: 'take', notes: {}, deadlines: [] }, 'triage'),
    );
    expect(outcomeOf(taken, correcting({}, { accused: ['DISC'], deny: ['DISC'] }))).toMatchObject([
      { type: 'assignment-revoked', unit: 'DISC', reason: 'conflict' },
      { type: 'verdict-corrected', state: 'ACCEPTED' },
    ]);
  });

  test('is too late once the citizen was answered', () => {
    const replied = { ...caseAfter(REGISTER, PROPOSE, CONFIRM), state: 'REPLIED' as const };
    expect(outcomeOf(replied, correcting({ category: 7 }))).toBe('wrong-state');
  });
});
