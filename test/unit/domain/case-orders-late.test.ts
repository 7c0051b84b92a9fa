import { describe, expect, test } from 'vitest';
import { decide } from '../../../src/domain/case.ts';
import type { CaseCommand } from '../../../src/domain/case-commands.ts';
import { LIFE_RULES } from '../../../src/domain/case-life-commands.ts';
import { CASE_FLAGS, type CaseFlag } from '../../../src/domain/case-reasons.ts';
import { ROLES } from '../../../src/domain/vocabulary.ts';
import {
  PHONE,
  RESULT,
  FLAG,
  confirmed,
  after,
  accepted,
  dispatched,
  inProgress,
  reported,
  signed,
  answered,
  running,
  state,
} from '../../support/case-courses.ts';

describe('an order from the report to the archive', () => {
  test('`submit-result` needs each of its four texts', () => {
    const texts = LIFE_RULES['submit-result'].texts;
    for (const left of texts) {
      const notes = Object.fromEntries(
        texts.filter((one) => one !== left).map((one) => [one, { id: 1, sha256: 'ab' }]),
      );
      inProgress().refuse('investigator', RESULT, 'text-missing', null, notes);
    }
    inProgress().refuse('investigator', { ...RESULT, refundFen: -1 }, 'refund-impossible');
    expect([state(reported()), running(reported()).includes('CHECK3')]).toEqual(['UNDER_REVIEW', true]);
  });

  test('`approve-result` takes another person than the one who reported', () => {
    const teller = reported();
    teller.refuse('supervisor', { type: 'approve-result' }, 'same-person', 70);
    expect(state(teller)).toBe('UNDER_REVIEW');
  });

  test('`send-back-result` returns it to the unit, with a new day', () => {
    const teller = reported();
    after(teller, { type: 'send-back-result', feedbackOn: teller.day(9) });
    expect([state(teller), running(teller).includes('FEEDBACK')]).toEqual(['IN_PROGRESS', true]);
  });

  test('`sign-answer` comes once, before anything is delivered', () => {
    signed().refuse('supervisor', { type: 'sign-answer', document: null }, 'already-signed');
    const teller = reported();
    teller.give('triage', { type: 'approve-result' });
    teller.refuse('operator', { type: 'deliver', delivery: PHONE, callback: false }, 'not-signed');
    expect(state(teller)).toBe('TO_REPLY');
  });

  test('`deliver` ends the limits of the handling and starts the right to a review', () => {
    expect(running(answered())).toEqual(['REVIEW_ASK', 'CALLBACK3']);
    expect([state(answered()), state(answered(false))]).toEqual(['CALLBACK', 'REPLIED']);
  });

  test('`record-callback` says how satisfied somebody is who was reached, and only then', () => {
    const teller = answered();
    teller.refuse('operator', { type: 'record-callback', reached: true, satisfaction: null }, 'satisfaction-mismatch');
    teller.refuse(
      'operator',
      { type: 'record-callback', reached: false, satisfaction: 'fair' },
      'satisfaction-mismatch',
    );
    expect(state(after(teller, { type: 'record-callback', reached: false, satisfaction: null }))).toBe('CALLBACK');
    expect(state(after(teller, { type: 'record-callback', reached: true, satisfaction: 'fair' }))).toBe('REPLIED');
  });

  test('`redo` follows dissatisfaction, once', () => {
    const happy = after(answered(), { type: 'record-callback', reached: true, satisfaction: 'satisfied' });
    happy.refuse('triage', { type: 'redo' }, 'not-dissatisfied');
    const teller = after(
      answered(),
      { type: 'record-callback', reached: true, satisfaction: 'dissatisfied' },
      { type: 'redo' },
    );
    expect([state(teller), running(teller)]).toEqual(['IN_PROGRESS', ['TARGET30']]);
  });

  test('`close` waits for a call back, or for three in vain', () => {
    const teller = answered();
    for (const _call of [1, 2, 3]) {
      teller.refuse('triage', { type: 'close' }, 'call-back-first');
      after(teller, { type: 'record-callback', reached: false, satisfaction: null });
    }
    expect([state(after(teller, { type: 'close' })), running(teller)]).toEqual(['CLOSED', ['REVIEW_ASK']]);
  });

  test('`archive` waits until no clock runs and the citizen was told', () => {
    const teller = after(answered(false), { type: 'close' });
    teller.refuse('triage', { type: 'archive' }, 'clock-running');
    const refused = after(confirmed(), { type: 'refuse', because: 'judicial', body: null });
    refused.refuse('triage', { type: 'archive' }, 'not-told');
    expect([state(teller), state(refused)]).toEqual(['CLOSED', 'REJECTED']);
  });

  test('`retract` ends every clock of a request, and no accusation', () => {
    const teller = after(dispatched(), { type: 'retract' });
    expect([state(teller), running(teller), teller.file().life.closedAs]).toEqual(['CLOSED', [], 'retracted']);
    accepted({ kind: 'accusation', lane: 'accusation' }).refuse('operator', { type: 'retract' }, 'accusation-goes-on');
  });

  test('`ask-review` counts when the citizen asked, not when we heard of it', () => {
    const teller = answered();
    const due = Date.parse(teller.file().deadlines.find(({ kind }) => kind === 'REVIEW_ASK')?.dueAt ?? '');
    teller.refuse('operator', { type: 'ask-review', askedAt: new Date(due) }, 'in-the-future');
    teller.atInstant(new Date(due + 86_400_000));
    teller.refuse('operator', { type: 'ask-review', askedAt: new Date(due) }, 'review-too-late');
    after(teller, { type: 'ask-review', askedAt: new Date(due - 1) });
    expect(teller.file().life.review).toBe('asked');
  });

  test('`answer-review` leads on to 复核, to the end, or back to work', () => {
    const asked = () => {
      const teller = answered();
      return after(teller, { type: 'ask-review', askedAt: teller.now() });
    };
    const upheld = after(asked(), { type: 'answer-review', outcome: 'upheld', document: '复查〔1〕号' });
    expect(running(upheld)).toContain('RECHECK_ASK');
    after(upheld, { type: 'ask-review', askedAt: upheld.now() });
    after(upheld, { type: 'answer-review', outcome: 'upheld', document: '复核〔1〕号' });
    expect(upheld.file().life.review).toBe('final');
    const returned = after(asked(), { type: 'answer-review', outcome: 'returned', document: '复查〔2〕号' });
    expect([state(returned), returned.file().life.review]).toEqual(['IN_PROGRESS', null]);
    asked().refuse('triage', { type: 'answer-review', outcome: 'upheld', document: ' ' }, 'document-missing');
    answered().refuse('triage', { type: 'answer-review', outcome: 'upheld', document: '1' }, 'no-review');
  });

  test('`link` is possible even from the archive', () => {
    const teller = after(
      confirmed(),
      { type: 'refuse', because: 'judicial', body: null },
      { type: 'tell', delivery: PHONE },
    );
    after(teller, { type: 'archive' }, { type: 'link', to: 9, as: 'continues' });
    expect(teller.file().life.links).toEqual([{ to: 9, as: 'continues' }]);
  });

  test.each(Object.keys(CASE_FLAGS) as CaseFlag[])(
    '`raise-flag` marks a case as %s, and takes the mark away if it may',
    (flag) => {
      const teller = after(confirmed(), { ...FLAG, flag, why: flag === 'supervised' ? 'overdue' : null });
      expect(teller.file().life.flags).toEqual({ [flag]: 1 });
      if (CASE_FLAGS[flag].stays) teller.refuse('triage', { type: 'lower-flag', flag }, 'flag-stays');
      else expect(after(teller, { type: 'lower-flag', flag }).file().life.flags).toEqual({});
    },
  );

  test('`lower-flag` ends the clocks that came with the mark', () => {
    const teller = after(confirmed(), { ...FLAG, flag: 'major-media' });
    expect(running(teller)).toEqual(['NOTICE15', 'MEDIA5', 'MEDIA24']);
    expect(running(after(teller, { type: 'lower-flag', flag: 'major-media' }))).toEqual(['NOTICE15']);
    teller.refuse('triage', { type: 'lower-flag', flag: 'media' }, 'flag-not-raised');
  });

  test('`handle-clue` is for the discipline inspection, over an accusation', () => {
    accepted().refuse('discipline', { type: 'handle-clue', way: 'talk' }, 'not-an-accusation');
    accepted().refuse('triage', { type: 'handle-clue', way: 'talk' }, 'role-not-allowed');
    const teller = accepted({ kind: 'accusation', lane: 'accusation' });
    teller.give('discipline', { type: 'handle-clue', way: 'hold' });
    expect(teller.file().life.clue).toBe('hold');
  });

  test('is refused to every role that its rule does not name, whatever the state', () => {
    const teller = confirmed();
    for (const [type, { roles }] of Object.entries(LIFE_RULES)) {
      for (const role of ROLES.filter((one) => !roles.includes(one))) {
        const command = {
          type,
          notes: {},
          deadlines: [],
          at: teller.now(),
          by: { userId: 5, role },
        } as unknown as CaseCommand;
        expect([type, decide(teller.file(), command)]).toEqual([type, { kind: 'refused', reason: 'role-not-allowed' }]);
      }
    }
  });

  test('leaves the marks of the ladder on the case: 催办, 黄牌, 红牌', () => {
    const teller = confirmed();
    for (const step of ['warn', 'urge', 'yellow', 'red', 'raise'] as const) {
      teller.give('system', { type: 'take-step', kind: 'NOTICE15', step, late: false, skipped: [] });
    }
    expect(teller.file().life.flags).toEqual({ urged: 1, yellow: 1, red: 1 });
  });
});
