import fc from 'fast-check';
import { parseCalendarDate } from '../../../src/domain/calendar-date.ts';
import {
  CASE_FLAGS,
  CLUE_WAYS,
  DELIVERY_WAYS,
  DISPATCH_FORMS,
  FINDINGS,
  LINK_KINDS,
  OBJECTION_REASONS,
  REFUSE_REASONS,
  REVIEW_OUTCOMES,
  SATISFACTIONS,
  SUPERIORS,
  SUPERVISE_REASONS,
  TRANSFER_BASES,
} from '../../../src/domain/case-reasons.ts';
import { CASE_STATES } from '../../../src/domain/case-states.ts';
import { TEXT_FIELDS, type Notes } from '../../../src/domain/note-ref.ts';
import { LANES } from '../../../src/domain/vocabulary.ts';
import { NOTES, RECEIVED_AT } from '../../unit/domain/case-builders.ts';

const UNITS = ['BASIC', 'FIN', 'PERS', 'STUDENT', 'NONEDU'] as const;
const someUnit = fc.constantFrom(...UNITS);
const keyOf = <T extends object>(set: T) => fc.constantFrom(...(Object.keys(set) as (keyof T & string)[])); // of a closed set
const someDay = fc.constantFrom(null, '2026-07-20', '2026-08-10', '2027-02-01').map((day) => {
  return day === null ? null : parseCalendarDate(day);
});
const someDelivery = fc.record({ way: keyOf(DELIVERY_WAYS), reference: fc.constantFrom('甘教效2026-1', null, ' ') });
const someInstant = fc.constantFrom(RECEIVED_AT, new Date(RECEIVED_AT.getTime() + 86_400_000));
const dispatch = {
  form: keyOf(DISPATCH_FORMS),
  unit: someUnit,
  helpers: fc.subarray([...UNITS], { maxLength: 2 }),
  userId: fc.option(fc.nat(9)),
  feedbackOn: someDay,
};

/** Mostly everything that was to be written; sometimes one text is missing. */
const someNotes: fc.Arbitrary<Notes> = fc.option(fc.constantFrom(...TEXT_FIELDS), { freq: 2 }).map((left) => {
  return Object.fromEntries(Object.entries(NOTES).filter(([field]) => field !== left));
});

const type = <T extends string>(name: T) => ({ type: fc.constant(name) });

const ORDERS = [
  fc.record(type('ask-for-more')),
  fc.record({ ...type('receive-more'), answered: fc.boolean() }),
  fc.record(type('accept')),
  fc.record({ ...type('refuse'), because: keyOf(REFUSE_REASONS), body: fc.constantFrom(null, '县教育局', '') }),
  fc.record({
    ...type('refuse-for-good'),
    document: fc.constantFrom('复核〔2026〕1号', ''),
    decidedOn: fc.constant(parseCalendarDate('2026-06-01')),
  }),
  fc.record({
    ...type('merge'),
    into: fc.record({
      caseId: fc.nat(99),
      state: fc.constantFrom(...CASE_STATES),
      lane: fc.constantFrom(null, ...LANES),
      units: fc.subarray([...UNITS], { maxLength: 2 }),
    }),
  }),
  fc.record({
    ...type('transfer'),
    to: fc.constantFrom({ level: 'county', name: '某县教育局' } as const, { level: 'other', name: '' } as const),
    basis: keyOf(TRANSFER_BASES),
  }),
  fc.record({ ...type('hand-up'), to: keyOf(SUPERIORS) }),
  fc.record({ ...type('tell'), delivery: someDelivery }),
  fc.record(type('take')),
  fc.record({ ...type('dispatch'), ...dispatch }),
  fc.record({ ...type('rule'), ...dispatch }),
  fc.record(type('sign-for')),
  fc.record({ ...type('object'), because: keyOf(OBJECTION_REASONS) }),
  fc.record({ ...type('request-extension'), days: fc.constantFrom(0, 1, 10, 15, 30, 31) }),
  fc.record({ ...type('grant-extension'), days: fc.constantFrom(1, 10, 15, 30, 31) }),
  fc.record(type('refuse-extension')),
  fc.record({
    ...type('submit-result'),
    finding: keyOf(FINDINGS),
    contacted: fc.boolean(),
    refundFen: fc.constantFrom(null, 0, 60_000, -1, 0.5),
  }),
  fc.record(type('approve-result')),
  fc.record({ ...type('send-back-result'), feedbackOn: someDay }),
  fc.record({ ...type('sign-answer'), document: fc.constantFrom(null, '甘教效答〔2026〕1号') }),
  fc.record({ ...type('deliver'), delivery: someDelivery, callback: fc.boolean() }),
  fc.record({ ...type('record-callback'), reached: fc.boolean(), satisfaction: fc.option(keyOf(SATISFACTIONS)) }),
  fc.record(type('redo')),
  fc.record(type('close')),
  fc.record(type('archive')),
  fc.record(type('retract')),
  fc.record({ ...type('ask-review'), askedAt: someInstant }),
  fc.record({
    ...type('answer-review'),
    outcome: keyOf(REVIEW_OUTCOMES),
    document: fc.constantFrom('复查〔2026〕1号', ''),
  }),
  fc.record({ ...type('link'), to: fc.nat(9), as: keyOf(LINK_KINDS) }),
  fc.record({
    ...type('raise-flag'),
    flag: keyOf(CASE_FLAGS),
    since: fc.option(someInstant),
    dueOn: someDay,
    why: fc.option(keyOf(SUPERVISE_REASONS), { freq: 1 }),
  }),
  fc.record({ ...type('lower-flag'), flag: keyOf(CASE_FLAGS) }),
  fc.record({ ...type('handle-clue'), way: keyOf(CLUE_WAYS) }),
] as const;

/** Any order of the later life, with no regard to whether it makes sense now. Its clocks follow from the case. */
export const someLifeOrder = fc
  .tuple(fc.oneof(...ORDERS), someNotes)
  .map(([order, notes]) => ({ ...order, notes, deadlines: [] }));
