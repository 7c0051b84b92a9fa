import { decide } from '../domain/case.ts';
import { isBarredByClaim, type ClaimRefusal } from '../domain/case-claim.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { LIFE_RULES, type LifeCommandOf, type LifeCommandType } from '../domain/case-life-commands.ts';
import { CASE_FLAGS, CLUE_WAYS, type CaseFlag, type ClueWay } from '../domain/case-reasons.ts';
import type { CaseRefusal } from '../domain/case-refusals.ts';
import { dayOf } from '../domain/calendar-date.ts';
import { TEXT_FIELDS, type Notes } from '../domain/note-ref.ts';
import type { Profile, Viewer } from '../domain/vocabulary.ts';
import { replay, type Timing } from './case-change.ts';
import type { Claim } from './claim-case.ts';
import { lifeCommand, type Bare } from './life-order.ts';

/** How an order stands for one officer on one case now. */
export type OrderStanding = {
  readonly type: LifeCommandType;
  /** Why it cannot be given whatever is filled in; null: it can. */
  readonly closed: CaseRefusal | Extract<ClaimRefusal, 'claimed-by-other'> | null;
  /** Where only some marks or ways can be chosen now: those. null: every one of the closed set. */
  readonly choices: readonly string[] | null;
};

export type OpenOrders = {
  /** Of the case that this was asked about. */
  readonly version: number;
  readonly profile: Profile;
  readonly orders: readonly OrderStanding[];
};

/**
 * Every order of the later life, tried on the case without carrying it out: the case itself says which it would take from this
 * officer, and of those the ones are closed that wait for whoever has it in hand. null: it has no events, so it is no case.
 */
export function openOrders(
  timing: Timing,
  viewer: Viewer,
  at: Date,
  events: readonly CaseEvent[],
  claim: Pick<Claim, 'by'> | null,
): OpenOrders | null {
  const file = replay(events);
  if (file === null) return null;
  const types = Object.keys(LIFE_RULES) as LifeCommandType[]; // the keys of a record of them
  const isInOtherHand = claim !== null && claim.by.id !== viewer.userId;
  const orders = types.map((type) => {
    const standing = standingOf(timing, file, { by: viewer, at }, type);
    const waits = isInOtherHand && standing.closed === null && isBarredByClaim(type);
    return waits ? { ...standing, closed: 'claimed-by-other' as const } : standing;
  });
  return { version: file.version, profile: file.profile, orders };
}

type Given = { readonly by: Viewer; readonly at: Date };

function standingOf(timing: Timing, file: CaseFile, given: Given, type: LifeCommandType): OrderStanding {
  const tries = SAMPLES[type](file, given.at).map((order) => {
    const decision = decide(file, lifeCommand(timing, file, given, order, WRITTEN));
    return { order, refusal: decision.kind === 'refused' ? decision.reason : null };
  });
  const taken = tries.filter(({ refusal }) => refusal === null).map(({ order }) => order);
  const choices = tries.length > 1 ? taken.map(choiceOf) : null;
  return { type, closed: taken.length > 0 ? null : (tries[0]?.refusal ?? 'wrong-state'), choices };
}

/** As if every text had been written: what is left is what the case says. */
const WRITTEN: Notes = Object.fromEntries(TEXT_FIELDS.map((field) => [field, { id: 0, sha256: '' }]));

function choiceOf(order: Sample): string {
  if (order.type === 'raise-flag' || order.type === 'lower-flag') return order.flag;
  return order.type === 'handle-clue' ? order.way : '';
}

type Sample<T extends LifeCommandType = LifeCommandType> = Bare<LifeCommandOf<T>>;

const FLAGS = Object.keys(CASE_FLAGS) as CaseFlag[]; // of a constant
const WAYS = Object.keys(CLUE_WAYS) as ClueWay[]; // of a constant
const SOMEBODY = '-'; // a name that no unit and no body has

const bare =
  <T extends LifeCommandType>(order: Sample<T>) =>
  (): readonly Sample[] => [order];
const dispatch = { form: 'pass', unit: SOMEBODY, helpers: [], userId: null, feedbackOn: null } as const;
const delivery = { way: 'phone', reference: null } as const;

/**
 * Each order filled in so that nothing in its own fields can be wrong: what refuses it is the state of the case or the officer.
 * Several where some choices may be open and others not.
 */
const SAMPLES: Readonly<Record<LifeCommandType, (file: CaseFile, at: Date) => readonly Sample[]>> = {
  'ask-for-more': bare({ type: 'ask-for-more' }),
  'receive-more': bare({ type: 'receive-more', answered: true }),
  accept: bare({ type: 'accept' }),
  refuse: bare({ type: 'refuse', because: 'other-procedure', body: null }),
  'refuse-for-good': (_file, at) => [{ type: 'refuse-for-good', document: SOMEBODY, decidedOn: dayOf(at) }],
  merge: ({ verdict }) => [
    { type: 'merge', into: { caseId: 0, state: 'TRIAGE', lane: verdict?.lane ?? null, units: [] } },
  ],
  transfer: bare({ type: 'transfer', to: { level: 'other', name: SOMEBODY }, basis: 'other-department' }),
  'hand-up': bare({ type: 'hand-up', to: 'provincial-discipline' }),
  tell: bare({ type: 'tell', delivery }),
  take: bare({ type: 'take' }),
  dispatch: bare({ type: 'dispatch', ...dispatch }),
  'sign-for': bare({ type: 'sign-for' }),
  object: bare({ type: 'object', because: 'not-our-duty' }),
  rule: bare({ type: 'rule', ...dispatch }),
  'request-extension': bare({ type: 'request-extension', days: 1 }),
  'grant-extension': bare({ type: 'grant-extension', days: 1 }),
  'refuse-extension': bare({ type: 'refuse-extension' }),
  'submit-result': bare({ type: 'submit-result', finding: 'open', contacted: false, refundFen: null }),
  'approve-result': bare({ type: 'approve-result' }),
  'send-back-result': bare({ type: 'send-back-result', feedbackOn: null }),
  'sign-answer': bare({ type: 'sign-answer', document: null }),
  deliver: bare({ type: 'deliver', delivery, callback: false }),
  'record-callback': bare({ type: 'record-callback', reached: false, satisfaction: null }),
  redo: bare({ type: 'redo' }),
  close: bare({ type: 'close' }),
  archive: bare({ type: 'archive' }),
  retract: bare({ type: 'retract' }),
  // The earliest that it can have been asked: told to us late, it may still have been in time.
  'ask-review': ({ receivedAt }) => [{ type: 'ask-review', askedAt: new Date(receivedAt) }],
  'answer-review': bare({ type: 'answer-review', outcome: 'upheld', document: SOMEBODY }),
  link: bare({ type: 'link', to: 0, as: 'same-matter' }),
  'raise-flag': () =>
    FLAGS.map((flag) => ({
      type: 'raise-flag',
      flag,
      since: null,
      dueOn: null,
      why: flag === 'supervised' ? 'overdue' : null,
    })),
  'lower-flag': () => FLAGS.map((flag) => ({ type: 'lower-flag', flag })),
  'handle-clue': () => WAYS.map((way) => ({ type: 'handle-clue', way })),
};
