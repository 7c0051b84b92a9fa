import { describe, expect, test } from 'vitest';
import { REFUSE_REASONS, type RefuseReason } from '../../../src/domain/case-reasons.ts';
import { CASE_STATES, type CaseState } from '../../../src/domain/case-states.ts';
import {
  PHONE,
  DISPATCH,
  confirmed,
  after,
  accepted,
  dispatched,
  inProgress,
  running,
  state,
} from '../../support/case-courses.ts';
import { begin, createTeller } from '../../support/case-teller.ts';

describe('an order from triage to the report', () => {
  test('`ask-for-more` pauses our own clock and not one of the law', () => {
    const teller = createTeller('2022', 'email', '2026-07-20');
    teller.open();
    teller.give('system', { type: 'register' });
    teller.give('operator', { type: 'ask-for-more' });
    expect(running(teller)).toEqual(['ACK_MAIL', 'NOTICE15', 'SUPPLEMENT']);
  });

  test('`receive-more` brings the case back to triage, with our own clock from then on', () => {
    const teller = createTeller('2022', 'email', '2026-07-20');
    teller.open();
    teller.give('system', { type: 'register' });
    teller.give('operator', { type: 'ask-for-more' });
    teller.on(2);
    teller.give('operator', { type: 'receive-more', answered: true });
    expect(state(teller)).toBe('TRIAGE');
    expect(teller.file().deadlines.at(-1)).toMatchObject({
      kind: 'TRIAGE',
      cycle: 2,
      dueAt: '2026-07-27T16:00:00.000Z',
    });
  });

  test('`accept` starts the sixty days of a complaint, and of nothing else', () => {
    expect(running(accepted())).toEqual(['NOTICE15', 'DONE60', 'TARGET30']);
    expect(running(accepted({ kind: 'suggestion', lane: 'non-petition' }))).toEqual(['NOTICE15', 'TARGET30']);
  });

  test('`refuse` names its ground and where to go, and the notice is owed until told', () => {
    const teller = after(confirmed(), { type: 'refuse', because: 'judicial', body: null });
    expect([state(teller), running(teller)]).toEqual(['REJECTED', ['NOTICE15']]);
    for (const because of Object.keys(REFUSE_REASONS) as RefuseReason[]) {
      expect(Object.values(REFUSE_REASONS[because].articles).every((article) => article.includes('第'))).toBe(true);
      expect(REFUSE_REASONS[because].whereTo).toMatch(/^请/u);
    }
  });

  test('`refuse-for-good` rests on a numbered opinion', () => {
    const teller = confirmed();
    const decidedOn = teller.day(-100);
    expect(state(after(teller, { type: 'refuse-for-good', document: '复核〔1〕号', decidedOn }))).toBe('CLOSED_FINAL');
  });

  test('`merge` goes only into a case that lives', () => {
    for (const target of CASE_STATES) {
      const into = { caseId: 5, state: target, lane: 'request', units: [] } as const;
      const lives = (
        [
          'NEED_INFO',
          'TRIAGE',
          'ACCEPTED',
          'DISPATCHED',
          'IN_PROGRESS',
          'EXT_REQUESTED',
          'UNDER_REVIEW',
          'TO_REPLY',
        ] as readonly CaseState[]
      ).includes(target);
      const teller = confirmed();
      if (lives) expect(state(after(teller, { type: 'merge', into } as never))).toBe('MERGED');
      else expect(() => teller.refuse('triage', { type: 'merge', into } as never, 'target-not-living')).not.toThrow();
    }
  });

  test('`transfer` says to whom and on what ground', () => {
    const to = { level: 'county', name: '某县教育局' } as const;
    expect(state(after(confirmed(), { type: 'transfer', to, basis: 'lower-level' }))).toBe('TRANSFERRED');
  });

  test('`hand-up` is for the sealed lane, and the only way out of it', () => {
    confirmed().refuse('supervisor', { type: 'hand-up', to: 'provincial-discipline' }, 'lane-not-sealed');
    const sealed = () => confirmed({ lane: 'sealed' });
    for (const order of [
      { type: 'accept' },
      { type: 'refuse', because: 'judicial', body: null },
      { type: 'transfer', to: { level: 'other', name: '某局' }, basis: 'other-department' },
    ] as const) {
      sealed().refuse('triage', order, 'lane-sealed');
    }
    expect(state(after(sealed(), { type: 'hand-up', to: 'central-discipline' }))).toBe('SEALED');
  });

  test('`tell` meets the notice of the law, with a proof', () => {
    const teller = accepted();
    teller.refuse('operator', { type: 'tell', delivery: { way: 'mail', reference: ' ' } }, 'reference-missing');
    expect(running(after(teller, { type: 'tell', delivery: PHONE }))).toEqual(['DONE60', 'TARGET30']);
  });

  test('`take` is not for an office that the case accuses', () => {
    accepted({ accused: ['DISC'], deny: ['DISC'] }).refuse('triage', { type: 'take' }, 'office-denied');
    const teller = after(accepted(), { type: 'take' });
    expect([state(teller), teller.file().life.takenBy]).toEqual(['IN_PROGRESS', 70]);
  });

  test('`dispatch` reaches no denied unit, be it to lead or to help', () => {
    const teller = accepted();
    teller.refuse('triage', { ...DISPATCH, unit: 'STUDENT' }, 'unit-denied');
    teller.refuse('triage', { ...DISPATCH, helpers: ['FIN', 'STUDENT'] }, 'unit-denied');
    teller.refuse('triage', { ...DISPATCH, helpers: ['BASIC'] }, 'unit-twice');
    teller.refuse('triage', { ...DISPATCH, helpers: ['NONEDU'] }, 'not-a-unit');
    teller.refuse('triage', { ...DISPATCH, feedbackOn: teller.day(1) }, 'feedback-day-past');
    teller.refuse('triage', { ...DISPATCH, feedbackOn: teller.day(70) }, 'feedback-day-too-late');
    expect(running(after(teller, { ...DISPATCH, feedbackOn: teller.day(20) }))).toEqual(
      expect.arrayContaining(['SIGN1', 'OBJECT5', 'FEEDBACK']),
    );
    teller.refuse('supervisor', { ...DISPATCH, feedbackOn: teller.day(21) }, 'already-assigned');
  });

  test('`sign-for` puts the unit to work', () => {
    expect([state(inProgress()), running(inProgress()).includes('SIGN1')]).toEqual(['IN_PROGRESS', false]);
  });

  test('`object` is possible for five working days, signed for or not', () => {
    const teller = inProgress();
    teller.on(8, '23:59');
    expect(state(after(teller, { type: 'object', because: 'not-our-duty' }))).toBe('ACCEPTED');
    expect(teller.file().assignment).toBeNull();
    const late = dispatched();
    late.on(9, '00:00');
    late.refuse('unit-head', { type: 'object', because: 'not-our-duty' }, 'objection-too-late');
  });

  test('`rule` binds the unit that it names', () => {
    const teller = dispatched();
    accepted().refuse('supervisor', { ...DISPATCH, type: 'rule' }, 'nothing-to-rule');
    after(teller, { type: 'object', because: 'other-unit-leads' });
    teller.refuse('triage', { type: 'take' }, 'ruling-pending');
    after(teller, { ...DISPATCH, type: 'rule' });
    expect(running(teller)).not.toContain('OBJECT5');
    teller.refuse('unit-head', { type: 'object', because: 'other-unit-leads' }, 'bound-by-ruling');
  });

  test('`request-extension` comes before the limit is over, or not at all', () => {
    const teller = inProgress();
    const due = teller.file().deadlines.find(({ kind }) => kind === 'DONE60')?.dueAt ?? '';
    teller.atInstant(new Date(due));
    teller.refuse('unit-head', { type: 'request-extension', days: 5 }, 'extension-too-late');
    teller.atInstant(new Date(Date.parse(due) - 1));
    expect(state(after(teller, { type: 'request-extension', days: 5 }))).toBe('EXT_REQUESTED');
  });

  test('`grant-extension` counts from the bare limit and gives thirty days in all', () => {
    const teller = createTeller('2014', 'email', '2014-07-21');
    begin(teller);
    after(teller, { type: 'accept' }, DISPATCH, { type: 'sign-for' });
    // Taken up on 2014-07-22: sixty days end on Saturday 09-20, ninety on Monday 10-20.
    expect(teller.file().deadlines.find(({ kind }) => kind === 'DONE60')).toMatchObject({
      dueRaw: '2014-09-20T16:00:00.000Z',
      dueAt: '2014-09-22T16:00:00.000Z',
    });
    for (const days of [10, 20]) {
      after(teller, { type: 'request-extension', days });
      teller.refuse('supervisor', { type: 'grant-extension', days }, 'same-person', 70);
      teller.give('unit-head', { type: 'grant-extension', days });
    }
    expect(teller.file().life.extendedDays).toBe(30);
    expect(teller.file().deadlines.findLast(({ kind }) => kind === 'EXT30')).toMatchObject({
      amount: 20,
      dueAt: '2014-10-20T16:00:00.000Z',
    });
    expect(running(teller)).toContain('PERSON'); // the citizen is told why
    teller.refuse('unit-head', { type: 'request-extension', days: 1 }, 'extension-too-long');
  });

  test('`refuse-extension` leaves the limit as it was', () => {
    const teller = after(inProgress(), { type: 'request-extension', days: 5 }, { type: 'refuse-extension' });
    expect([state(teller), running(teller).includes('DONE60')]).toEqual(['IN_PROGRESS', true]);
  });
});
