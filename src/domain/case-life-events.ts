import type { CaseFile, CaseLife } from './case-file.ts';
import type { CaseState } from './case-states.ts';
import type { Notes } from './note-ref.ts';
import type { Level } from './vocabulary.ts';
import type {
  CaseFlag,
  ClueWay,
  Closing,
  Delivery,
  DispatchForm,
  Finding,
  LinkKind,
  ObjectionReason,
  RefuseReason,
  ReviewOutcome,
  Satisfaction,
  SuperviseReason,
  Superior,
  TransferBasis,
} from './case-reasons.ts';

/** What happens to a case from the moment a person has confirmed what it is. `notes` point to the texts that go with it. */
export type LifeHappening = { readonly notes: Notes } & (
  | { readonly type: 'more-asked' }
  | { readonly type: 'more-received'; readonly answered: boolean }
  | { readonly type: 'case-accepted' }
  | { readonly type: 'case-refused'; readonly because: RefuseReason; readonly body: string | null }
  | { readonly type: 'case-refused-for-good'; readonly document: string; readonly decidedOn: string }
  | { readonly type: 'case-merged'; readonly into: number }
  | {
      readonly type: 'case-transferred';
      readonly to: { readonly level: Level; readonly name: string };
      readonly basis: TransferBasis;
    }
  | { readonly type: 'case-handed-up'; readonly to: Superior }
  | { readonly type: 'citizen-told'; readonly delivery: Delivery }
  | { readonly type: 'case-taken'; readonly userId: number }
  | {
      readonly type: 'case-dispatched';
      readonly form: DispatchForm;
      readonly unit: string;
      readonly helpers: readonly string[];
      readonly userId: number | null;
      readonly feedbackOn: string | null;
      /** The unit was fixed by a ruling and may not send the case back. */
      readonly bound: boolean;
    }
  | { readonly type: 'case-signed-for'; readonly unit: string }
  | { readonly type: 'case-sent-back'; readonly unit: string; readonly because: ObjectionReason }
  | { readonly type: 'extension-requested'; readonly days: number }
  | { readonly type: 'extension-granted'; readonly days: number }
  | { readonly type: 'extension-refused' }
  | {
      readonly type: 'result-submitted';
      readonly finding: Finding;
      readonly contacted: boolean;
      readonly refundFen: number | null;
    }
  | { readonly type: 'result-approved' }
  | { readonly type: 'result-sent-back' }
  | { readonly type: 'answer-signed'; readonly document: string | null }
  | { readonly type: 'answer-delivered'; readonly delivery: Delivery; readonly state: CaseState }
  | {
      readonly type: 'callback-made';
      readonly reached: boolean;
      readonly satisfaction: Satisfaction | null;
      readonly state: CaseState;
    }
  | { readonly type: 'case-redone' }
  | { readonly type: 'case-closed'; readonly as: Closing }
  | { readonly type: 'case-archived' }
  | { readonly type: 'review-asked'; readonly stage: 'review' | 'recheck'; readonly askedAt: string }
  | {
      readonly type: 'review-answered';
      readonly stage: 'review' | 'recheck';
      readonly outcome: ReviewOutcome;
      readonly document: string;
      readonly state: CaseState;
    }
  | { readonly type: 'case-linked'; readonly to: number; readonly as: LinkKind }
  | { readonly type: 'flag-raised'; readonly flag: CaseFlag; readonly why: SuperviseReason | null }
  | { readonly type: 'flag-lowered'; readonly flag: CaseFlag }
  | { readonly type: 'clue-handled'; readonly way: ClueWay }
);
export type LifeEventType = LifeHappening['type'];

/** Where an event leads; null: where it is, or where the event itself says. */
const LEADS_TO: Readonly<Record<LifeEventType, CaseState | null>> = {
  'more-asked': 'NEED_INFO',
  'more-received': 'TRIAGE',
  'case-accepted': 'ACCEPTED',
  'case-refused': 'REJECTED',
  'case-refused-for-good': 'CLOSED_FINAL',
  'case-merged': 'MERGED',
  'case-transferred': 'TRANSFERRED',
  'case-handed-up': 'SEALED',
  'citizen-told': null,
  'case-taken': 'IN_PROGRESS',
  'case-dispatched': 'DISPATCHED',
  'case-signed-for': 'IN_PROGRESS',
  'case-sent-back': 'ACCEPTED',
  'extension-requested': 'EXT_REQUESTED',
  'extension-granted': 'IN_PROGRESS',
  'extension-refused': 'IN_PROGRESS',
  'result-submitted': 'UNDER_REVIEW',
  'result-approved': 'TO_REPLY',
  'result-sent-back': 'IN_PROGRESS',
  'answer-signed': null,
  'answer-delivered': null,
  'callback-made': null,
  'case-redone': 'IN_PROGRESS',
  'case-closed': 'CLOSED',
  'case-archived': 'ARCHIVED',
  'review-asked': null,
  'review-answered': null,
  'case-linked': null,
  'flag-raised': null,
  'flag-lowered': null,
  'clue-handled': null,
};

export function isLifeEvent<T extends { readonly type: string }>(
  event: T,
): event is Extract<T, { readonly type: LifeEventType }> {
  return Object.hasOwn(LEADS_TO, event.type);
}

/** What the event changes. `by` is who caused it. */
export function lifeChanges(file: CaseFile, event: LifeHappening & { readonly by: number }): Partial<CaseFile> {
  const state = 'state' in event ? event.state : (LEADS_TO[event.type] ?? file.state);
  return { state, ...holderAfter(event), life: { ...file.life, ...recordOf(file.life, event) } };
}

function holderAfter(event: LifeHappening): Pick<CaseFile, 'assignment'> | null {
  if (event.type === 'case-sent-back') return { assignment: null };
  if (event.type !== 'case-dispatched') return null;
  const { unit, userId, helpers, form, bound } = event;
  return { assignment: { unit, userId, helpers, form, bound } };
}

type Caused<T extends LifeEventType = LifeEventType> = Extract<LifeHappening, { readonly type: T }> & {
  readonly by: number;
};

function recordOf(life: CaseLife, event: LifeHappening & { readonly by: number }): Partial<CaseLife> {
  const record = RECORDS[event.type] as ((event: Caused, life: CaseLife) => Partial<CaseLife>) | undefined; // by its own type
  return record === undefined ? {} : record(event, life);
}

/** What an event leaves behind beside the state. Those that are not here leave nothing. */
const RECORDS: { readonly [T in LifeEventType]?: (event: Caused<T>, life: CaseLife) => Partial<CaseLife> } = {
  'citizen-told': ({ delivery }) => ({ told: delivery.way }),
  'case-taken': ({ userId }) => ({ takenBy: userId }),
  'case-dispatched': () => ({ takenBy: null, objection: null }),
  'case-sent-back': ({ unit, because }) => ({ objection: { unit, because } }),
  'extension-requested': ({ days, by }) => ({ request: { days, by } }),
  'extension-granted': ({ days }, { extendedDays }) => ({ request: null, extendedDays: extendedDays + days }),
  'extension-refused': () => ({ request: null }),
  'result-submitted': ({ finding, by }) => ({ result: { finding, by }, signed: false }),
  'result-sent-back': () => ({ result: null }),
  'answer-signed': () => ({ signed: true }),
  'answer-delivered': () => ({ satisfaction: null, callbacks: 0 }),
  'callback-made': ({ satisfaction }, { callbacks }) => ({ callbacks: callbacks + 1, satisfaction }),
  'case-redone': () => ({ redone: true, result: null, signed: false }),
  'case-closed': ({ as }) => ({ closedAs: as }),
  'review-asked': ({ stage }) => ({ review: stage === 'review' ? 'asked' : 'recheck-asked' }),
  'review-answered': afterReview,
  'case-linked': ({ to, as }, { links }) => ({ links: [...links, { to, as }] }),
  'flag-raised': ({ flag }, { flags }) => ({ flags: { ...flags, [flag]: (flags[flag] ?? 0) + 1 } }),
  'flag-lowered': ({ flag }, { flags }) => ({
    flags: Object.fromEntries(Object.entries(flags).filter(([one]) => one !== flag)),
  }),
  'clue-handled': ({ way }) => ({ clue: way }),
};

/** Sent back by the body above, the matter begins anew, with all rights against the next answer. */
function afterReview({ stage, outcome }: Caused<'review-answered'>): Partial<CaseLife> {
  if (outcome === 'returned') return { review: null, result: null, signed: false, closedAs: null };
  return { review: stage === 'review' ? 'answered' : 'final' };
}
