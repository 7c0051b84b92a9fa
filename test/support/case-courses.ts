import { begin, createTeller, type Life, type Teller } from './case-teller.ts';

/** How far a case has come: each answers a new one, dated 2026-07-20. */
export const PHONE = { way: 'phone', reference: null } as const;
export const DISPATCH = {
  type: 'dispatch',
  form: 'pass',
  unit: 'BASIC',
  helpers: [],
  userId: null,
  feedbackOn: null,
} as const;
export const RESULT = { type: 'submit-result', finding: 'true', contacted: true, refundFen: null } as const;
export const FLAG = { type: 'raise-flag', since: null, dueOn: null, why: null } as const;

export const confirmed = (changes: Parameters<typeof begin>[1] = {}): Teller => {
  const teller = createTeller('2022', 'email', '2026-07-20');
  begin(teller, changes);
  return teller;
};
export const after = (teller: Teller, ...orders: readonly Life[]): Teller => {
  for (const order of orders) teller.give(order.type === 'grant-extension' ? 'unit-head' : 'supervisor', order, 70);
  return teller;
};
export const accepted = (changes: Parameters<typeof begin>[1] = {}) => after(confirmed(changes), { type: 'accept' });
export const dispatched = () => after(accepted(), DISPATCH);
export const inProgress = () => after(dispatched(), { type: 'sign-for' });
export const reported = () => after(inProgress(), RESULT);
export const signed = () => {
  const teller = reported();
  teller.give('triage', { type: 'approve-result' });
  return after(teller, { type: 'sign-answer', document: null });
};
export const answered = (callback = true) => after(signed(), { type: 'deliver', delivery: PHONE, callback });

export const running = (teller: Teller) =>
  teller
    .file()
    .deadlines.filter(({ status }) => status === 'armed')
    .map(({ kind }) => kind);
export const state = (teller: Teller) => teller.file().state;
