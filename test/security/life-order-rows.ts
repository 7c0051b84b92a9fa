import type { Persona } from '../integration/http/desk.ts';

export const DECIDERS: readonly Persona[] = ['triage', 'supervisor', 'discipline'];
export const OFFICE: readonly Persona[] = ['operator', ...DECIDERS];
const SUPERVISORS: readonly Persona[] = ['supervisor', 'discipline'];
const DISPATCH = { form: 'pass', unit: 'BASIC', helpers: [], userId: null, feedbackOn: null };
const DELIVERY = { way: 'phone', reference: null };

/** The later orders: who may give them, and a body that is complete. */
export const LIFE_ROWS: readonly (readonly [string, readonly Persona[], object])[] = [
  ['ask-for-more', OFFICE, { request: '请补充' }],
  ['receive-more', OFFICE, { answered: true }],
  ['accept', DECIDERS, {}],
  ['refuse', DECIDERS, { because: 'judicial', body: null, reason: '理由' }],
  ['refuse-for-good', DECIDERS, { document: '复核1号', decidedOn: '2026-01-02', reason: '理由' }],
  ['merge', DECIDERS, { into: 9_999, reason: '理由' }],
  ['transfer', DECIDERS, { to: { level: 'county', name: '某局' }, basis: 'lower-level' }],
  ['hand-up', SUPERVISORS, { to: 'provincial-discipline' }],
  ['tell', OFFICE, { delivery: DELIVERY }],
  ['take', DECIDERS, {}],
  ['dispatch', DECIDERS, DISPATCH],
  ['sign-for', DECIDERS, {}],
  ['object', DECIDERS, { because: 'not-our-duty', reason: '理由' }],
  ['rule', SUPERVISORS, { ...DISPATCH, reason: '理由' }],
  ['request-extension', DECIDERS, { days: 10, reason: '理由' }],
  ['grant-extension', SUPERVISORS, { days: 10, reason: '理由' }],
  ['refuse-extension', SUPERVISORS, { reason: '理由' }],
  [
    'submit-result',
    DECIDERS,
    {
      finding: 'true',
      contacted: true,
      refundFen: null,
      inquiry: '经过',
      findings: '事实',
      grounds: '依据',
      measures: '处理',
    },
  ],
  ['approve-result', DECIDERS, {}],
  ['send-back-result', DECIDERS, { feedbackOn: null, reason: '理由' }],
  ['sign-answer', SUPERVISORS, { document: null, answer: '答复' }],
  ['deliver', OFFICE, { delivery: DELIVERY, callback: true }],
  ['record-callback', OFFICE, { reached: false, satisfaction: null }],
  ['redo', DECIDERS, { reason: '理由' }],
  ['close', DECIDERS, {}],
  ['archive', DECIDERS, {}],
  ['retract', OFFICE, { reason: '理由' }],
  ['ask-review', OFFICE, { askedAt: '2026-01-02T03:04:05Z' }],
  ['answer-review', DECIDERS, { outcome: 'upheld', document: '复查1号' }],
  ['link', OFFICE, { to: 9_999, as: 'same-matter' }],
  ['raise-flag', OFFICE, { flag: 'media', since: null, dueOn: null, why: null }],
  ['lower-flag', DECIDERS, { flag: 'media', reason: '理由' }],
  ['handle-clue', ['discipline'], { way: 'hold', reason: '理由' }],
];
