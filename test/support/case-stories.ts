import type { Profile } from '../../src/domain/vocabulary.ts';
import { ANSWERED, begin, createTeller, type Teller } from './case-teller.ts';

type Story = (teller: Teller) => void;

const PHONE = { way: 'phone', reference: null } as const;
const POST = { way: 'post', reference: 'XA00000000001' } as const;
const MAIL = { way: 'mail', reference: '甘教效答-1' } as const;
const IMPOSSIBLE = { way: 'impossible', reference: null } as const;
const RESULT = { type: 'submit-result', finding: 'partly', contacted: true, refundFen: null } as const;
const PASS = { type: 'dispatch', form: 'pass', unit: 'BASIC', helpers: [], userId: null, feedbackOn: null } as const;
const lapse = (kind: 'REVIEW_ASK' | 'RECHECK_ASK' | 'OBJECT5') =>
  ({ type: 'take-step', kind, step: 'due', late: false, skipped: [] }) as const;

/** Lets the running clock of a right lapse at its due instant. */
function letLapse(teller: Teller, kind: 'REVIEW_ASK' | 'RECHECK_ASK' | 'OBJECT5'): void {
  const clock = teller.file().deadlines.findLast((one) => one.kind === kind);
  teller.atInstant(new Date(clock?.dueAt ?? 0));
  teller.give('system', lapse(kind));
}

/** 受理: the longest life, with everything that can go wrong on the way. */
function accepted(teller: Teller): void {
  begin(teller);
  teller.refuse('system', { type: 'accept' }, 'role-not-allowed');
  teller.give('triage', { type: 'accept' });
  teller.give('operator', { type: 'tell', delivery: MAIL });
  teller.refuse('triage', { ...PASS, unit: 'STUDENT' }, 'unit-denied');
  teller.refuse('triage', { ...PASS, helpers: ['STUDENT'] }, 'unit-denied');
  teller.refuse('triage', { ...PASS, form: 'charge' }, 'feedback-day-missing');
  teller.give('triage', { ...PASS, form: 'charge', helpers: ['FIN'], feedbackOn: teller.day(40) });
  teller.on(3);
  teller.give('unit-head', { type: 'object', because: 'other-unit-leads' });
  teller.refuse('triage', PASS, 'ruling-pending');
  teller.on(4);
  teller.give('supervisor', { ...PASS, type: 'rule', form: 'charge', helpers: ['FIN'], feedbackOn: teller.day(40) });
  teller.refuse('unit-head', { type: 'object', because: 'other-unit-leads' }, 'bound-by-ruling');
  teller.on(5);
  teller.give('investigator', { type: 'sign-for' });
  teller.on(38);
  teller.refuse('unit-head', { type: 'request-extension', days: 31 }, 'extension-too-long');
  teller.give('unit-head', { type: 'request-extension', days: 20 });
  teller.refuse('unit-head', { type: 'grant-extension', days: 20 }, 'same-person');
  teller.give('supervisor', { type: 'grant-extension', days: 20 });
  teller.on(39);
  teller.give('operator', { type: 'meet-deadline', kind: 'PERSON' });
  teller.on(60);
  teller.give('investigator', { type: 'request-extension', days: 10 });
  teller.give('unit-head', { type: 'refuse-extension' });
  teller.on(63);
  teller.give('investigator', RESULT);
  teller.on(64);
  teller.give('triage', { type: 'send-back-result', feedbackOn: teller.day(70) });
  teller.on(69);
  teller.give('investigator', { ...RESULT, finding: 'true', refundFen: 60_000 });
  teller.refuse('triage', { type: 'approve-result' }, 'same-person', 4);
  teller.on(70);
  teller.give('triage', { type: 'approve-result' });
  teller.refuse('operator', { type: 'deliver', delivery: POST, callback: true }, 'not-signed');
  teller.give('supervisor', { type: 'sign-answer', document: '甘教效答〔1〕号' });
  teller.refuse(
    'operator',
    { type: 'deliver', delivery: { way: 'post', reference: null }, callback: true },
    'reference-missing',
  );
  teller.on(71);
  teller.give('operator', { type: 'deliver', delivery: POST, callback: true });
  teller.refuse('triage', { type: 'close' }, 'call-back-first');
  teller.on(72);
  teller.give('operator', { type: 'record-callback', reached: false, satisfaction: null });
  teller.give('operator', { type: 'record-callback', reached: true, satisfaction: 'dissatisfied' });
  teller.refuse('triage', { type: 'close' }, 'redo-first');
  teller.give('triage', { type: 'redo' });
  teller.on(80);
  teller.give('investigator', { ...RESULT, finding: 'true' });
  teller.give('triage', { type: 'approve-result' });
  teller.give('supervisor', { type: 'sign-answer', document: '甘教效答〔2〕号' });
  teller.give('operator', { type: 'deliver', delivery: PHONE, callback: true });
  teller.give('operator', { type: 'record-callback', reached: true, satisfaction: 'dissatisfied' });
  teller.refuse('triage', { type: 'redo' }, 'already-redone');
  teller.give('triage', { type: 'close' });
  teller.refuse('triage', { type: 'archive' }, 'clock-running');
  teller.on(90);
  teller.give('operator', { type: 'ask-review', askedAt: teller.now() });
  teller.on(100);
  teller.give('triage', { type: 'answer-review', outcome: 'upheld', document: '复查〔1〕号' });
  teller.on(110);
  teller.give('operator', { type: 'ask-review', askedAt: teller.now() });
  teller.on(120);
  teller.give('triage', { type: 'answer-review', outcome: 'changed', document: '复核〔1〕号' });
  teller.refuse('operator', { type: 'ask-review', askedAt: teller.now() }, 'review-ended');
  teller.give('triage', { type: 'archive' });
}

/** 补正: asked for more, not answered, judged by what there is, then done by the office itself. */
function supplemented(teller: Teller): void {
  teller.open();
  teller.give('system', { type: 'register' });
  teller.give('system', ANSWERED);
  teller.give('system', { type: 'propose-verdict', verdict: verdictForSupplement });
  teller.on(1);
  teller.give('operator', { type: 'ask-for-more' });
  teller.on(2);
  teller.refuse('operator', { type: 'receive-more', answered: false }, 'still-waiting');
  const due = teller.file().deadlines.findLast(({ kind }) => kind === 'SUPPLEMENT')?.dueAt ?? '';
  teller.atInstant(new Date(due));
  teller.give('system', { type: 'receive-more', answered: false });
  teller.give('triage', { type: 'confirm-verdict', accused: [], deny: [] });
  teller.give('triage', { type: 'ask-for-more' });
  teller.give('operator', { type: 'receive-more', answered: true });
  teller.give('triage', { type: 'accept' });
  teller.give('triage', { type: 'take' });
  teller.give('triage', RESULT);
  teller.give('supervisor', { type: 'approve-result' });
  teller.give('supervisor', { type: 'sign-answer', document: null });
  teller.refuse('operator', { type: 'deliver', delivery: IMPOSSIBLE, callback: true }, 'nobody-to-call');
  teller.give('operator', { type: 'deliver', delivery: IMPOSSIBLE, callback: false });
  teller.give('triage', { type: 'close' });
  letLapse(teller, 'REVIEW_ASK');
  teller.refuse('operator', { type: 'ask-review', askedAt: teller.now() }, 'review-too-late');
  teller.give('triage', { type: 'archive' });
}
const verdictForSupplement = {
  kind: 'complaint',
  category: 7,
  secondary: null,
  lane: 'request',
  unit: 'FIN',
  target: { level: 'province', name: null },
  urgent: false,
  confidence: 0.5,
  review: true,
  accused: [],
  deny: [],
  rulesVersion: 'rules-1',
} as const;

function refused(teller: Teller): void {
  begin(teller, { unit: 'NONEDU', category: null, accused: [], deny: [] });
  teller.refuse('triage', { type: 'accept' }, 'not-a-unit');
  teller.refuse('triage', { type: 'refuse', because: 'not-our-power', body: null }, 'body-missing');
  teller.refuse('triage', { type: 'refuse', because: 'judicial', body: null }, 'text-missing', null, {});
  teller.give('triage', { type: 'refuse', because: 'not-our-power', body: '某市人力资源和社会保障局' });
  teller.refuse('triage', { type: 'archive' }, 'not-told');
  teller.on(2);
  teller.give('operator', { type: 'tell', delivery: POST });
  teller.refuse('operator', { type: 'tell', delivery: POST }, 'already-told');
  teller.give('triage', { type: 'archive' });
  teller.refuse('triage', { type: 'accept' }, 'wrong-state');
}

function refusedForGood(teller: Teller): void {
  begin(teller);
  const decidedOn = teller.day(-200);
  teller.refuse('triage', { type: 'refuse-for-good', document: ' ', decidedOn }, 'document-missing');
  teller.give('triage', { type: 'refuse-for-good', document: '复核〔3〕号', decidedOn });
  teller.give('operator', { type: 'tell', delivery: PHONE });
  teller.give('triage', { type: 'archive' });
}

function merged(teller: Teller): void {
  begin(teller);
  const into = { caseId: 12, state: 'IN_PROGRESS', lane: 'request', units: ['BASIC'] } as const;
  teller.refuse('triage', { type: 'merge', into: { ...into, state: 'CLOSED' } }, 'target-not-living');
  teller.refuse('triage', { type: 'merge', into: { ...into, lane: 'accusation' } }, 'other-lane');
  teller.refuse('triage', { type: 'merge', into: { ...into, units: ['STUDENT'] } }, 'unit-denied');
  teller.give('triage', { type: 'merge', into });
  teller.give('operator', { type: 'link', to: 12, as: 'same-matter' });
  teller.refuse('operator', { type: 'link', to: 12, as: 'same-matter' }, 'already-linked');
  teller.give('operator', { type: 'tell', delivery: PHONE });
  teller.give('triage', { type: 'archive' });
}

function transferred(teller: Teller): void {
  begin(teller, {
    kind: 'accusation',
    lane: 'accusation',
    unit: 'UNRESOLVED',
    target: { level: 'county', name: '某县教育局' },
  });
  const to = { level: 'county', name: '某县教育局' } as const;
  teller.refuse('triage', { type: 'transfer', to, basis: 'lower-level' }, 'target-accused');
  teller.give('triage', { type: 'transfer', to: { level: 'county', name: '某县纪委监委' }, basis: 'discipline' });
  teller.give('operator', { type: 'tell', delivery: IMPOSSIBLE });
  teller.give('triage', { type: 'archive' });
}

function handedUp(teller: Teller): void {
  begin(teller, {
    kind: 'accusation',
    lane: 'sealed',
    unit: 'UNRESOLVED',
    category: null,
    accused: ['DISC'],
    deny: ['DISC'],
  });
  teller.refuse('triage', { type: 'accept' }, 'lane-sealed');
  teller.refuse('triage', { type: 'hand-up', to: 'provincial-discipline' }, 'role-not-allowed');
  teller.give('supervisor', { type: 'hand-up', to: 'provincial-discipline' });
  teller.give('operator', { type: 'tell', delivery: IMPOSSIBLE });
  teller.give('triage', { type: 'archive' });
}

/** An accusation by name, marked in every way, with a clue; what a unit that proves accused loses; who may not take it. */
function accusation(teller: Teller): void {
  begin(teller, { kind: 'accusation', lane: 'accusation', category: 2 });
  const flag = { type: 'raise-flag', since: null, dueOn: null, why: null } as const;
  teller.give('operator', { ...flag, flag: 'named' });
  teller.refuse('operator', { ...flag, flag: 'named' }, 'flag-already-raised');
  teller.refuse('operator', { ...flag, flag: 'anonymous' }, 'flag-excluded');
  teller.give('operator', { ...flag, flag: 'urgent' });
  teller.give('operator', { ...flag, flag: 'media', since: teller.now() });
  teller.give('operator', { ...flag, flag: 'major-media' });
  teller.give('operator', { ...flag, flag: 'leader', dueOn: teller.day(6) });
  teller.give('operator', { ...flag, flag: 'superior', dueOn: teller.day(20) });
  teller.give('operator', { ...flag, flag: 'repeat' });
  teller.give('operator', { ...flag, flag: 'repeat' });
  teller.give('operator', { ...flag, flag: 'retaliation' });
  teller.refuse('operator', { ...flag, flag: 'supervised' }, 'supervision-reason');
  teller.give('operator', { ...flag, flag: 'supervised', why: 'overdue' });
  teller.refuse('triage', { type: 'lower-flag', flag: 'repeat' }, 'flag-stays');
  teller.give('triage', { type: 'lower-flag', flag: 'major-media' });
  teller.give('triage', { type: 'accept' });
  teller.give('operator', { type: 'tell', delivery: PHONE });
  teller.give('discipline', { type: 'handle-clue', way: 'verify' });
  teller.refuse('discipline', { type: 'handle-clue', way: 'verify' }, 'clue-unchanged');
  teller.give('triage', { ...PASS, unit: 'DISC' });
  teller.give('discipline', { type: 'sign-for' });
  teller.refuse('unit-head', { type: 'request-extension', days: 5 }, 'no-limit-to-extend');
  teller.refuse('operator', { type: 'retract' }, 'accusation-goes-on');
  letLapse(teller, 'OBJECT5');
  teller.refuse('unit-head', { type: 'object', because: 'has-interest' }, 'objection-too-late');
  teller.give('discipline', RESULT);
  teller.give('triage', { type: 'approve-result' });
  teller.give('supervisor', { type: 'sign-answer', document: null });
  teller.give('operator', { type: 'deliver', delivery: PHONE, callback: false });
  teller.give('triage', { type: 'close' });
  teller.refuse('operator', { type: 'ask-review', askedAt: teller.now() }, 'no-review');
  teller.give('triage', { type: 'archive' });
}

/** 撤回, and a review that sends the matter back. */
function retracted(teller: Teller): void {
  begin(teller);
  teller.give('triage', { type: 'accept' });
  teller.give('triage', PASS);
  teller.on(3);
  teller.give('operator', { type: 'retract' });
  teller.give('triage', { type: 'archive' });
}

function returned(teller: Teller): void {
  begin(teller);
  teller.give('triage', { type: 'accept' });
  teller.give('triage', PASS);
  teller.give('investigator', { type: 'sign-for' });
  for (const round of [1, 2]) {
    teller.on(round * 20);
    teller.give('investigator', RESULT);
    teller.give('triage', { type: 'approve-result' });
    teller.give('supervisor', { type: 'sign-answer', document: null });
    teller.give('operator', { type: 'deliver', delivery: PHONE, callback: true });
    teller.give('operator', { type: 'record-callback', reached: true, satisfaction: 'satisfied' });
    if (round === 2) break;
    teller.give('operator', { type: 'ask-review', askedAt: teller.now() });
    teller.refuse('operator', { type: 'ask-review', askedAt: teller.now() }, 'review-running');
    teller.give('triage', { type: 'answer-review', outcome: 'returned', document: '复查〔2〕号' });
  }
  teller.refuse('triage', { type: 'redo' }, 'not-dissatisfied');
  teller.give('triage', { type: 'close' });
  letLapse(teller, 'REVIEW_ASK');
  teller.give('triage', { type: 'archive' });
}

/** The seven ways out of triage. */
export const EXITS = {
  accepted,
  supplemented,
  refused,
  'refused-for-good': refusedForGood,
  merged,
  transferred,
  'handed-up': handedUp,
} as const;
export const OTHER_LIVES = { accusation, retracted, returned } as const;

/** Tuesday 2014-07-22 and Monday 2026-09-14: both cross a National Day with exchanged weekends. */
const FIRST_DAYS: Readonly<Record<Profile, string>> = { '2014': '2014-07-22', '2022': '2026-09-14' };

export function tell(story: Story, profile: Profile): Teller {
  const teller = createTeller(profile, 'email', FIRST_DAYS[profile]);
  story(teller);
  return teller;
}
