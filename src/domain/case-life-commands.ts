import type {
  CaseFlag,
  ClueWay,
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
import { ACTIVE_STATES, type CaseState } from './case-states.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { PlannedDeadline } from './deadlines.ts';
import type { Notes, TextField } from './note-ref.ts';
import type { Lane, Level, Role } from './vocabulary.ts';

/** The case that another is merged into, as it stands in the same transaction. */
export type MergeTarget = {
  readonly caseId: number;
  readonly state: CaseState;
  readonly lane: Lane | null;
  /** Every unit that holds it. */
  readonly units: readonly string[];
};

/** Who gets it: the leading unit, helpers, perhaps a person in the leading unit, and by which day the unit reports back. */
export type DispatchOrder = {
  readonly form: DispatchForm;
  readonly unit: string;
  readonly helpers: readonly string[];
  readonly userId: number | null;
  readonly feedbackOn: CalendarDate | null;
};

type Orders =
  | { readonly type: 'ask-for-more' }
  /** `answered` false: the five working days have passed, it is judged by what there is. */
  | { readonly type: 'receive-more'; readonly answered: boolean }
  | { readonly type: 'accept' }
  /** `body`: who has the power, by its public name. */
  | { readonly type: 'refuse'; readonly because: RefuseReason; readonly body: string | null }
  /** `document`: number of the 复核意见 that ended the matter. */
  | { readonly type: 'refuse-for-good'; readonly document: string; readonly decidedOn: CalendarDate }
  | { readonly type: 'merge'; readonly into: MergeTarget }
  | {
      readonly type: 'transfer';
      readonly to: { readonly level: Level; readonly name: string };
      readonly basis: TransferBasis;
    }
  | { readonly type: 'hand-up'; readonly to: Superior }
  /** The citizen is told what was decided about taking the matter up. */
  | { readonly type: 'tell'; readonly delivery: Delivery }
  | { readonly type: 'take' }
  | ({ readonly type: 'dispatch' } & DispatchOrder)
  | { readonly type: 'sign-for' }
  | { readonly type: 'object'; readonly because: ObjectionReason }
  /** Decides an objection: the unit named here may not send the case back again. */
  | ({ readonly type: 'rule' } & DispatchOrder)
  | { readonly type: 'request-extension'; readonly days: number }
  | { readonly type: 'grant-extension'; readonly days: number }
  | { readonly type: 'refuse-extension' }
  | {
      readonly type: 'submit-result';
      readonly finding: Finding;
      readonly contacted: boolean; // whether the citizen was spoken to
      readonly refundFen: number | null; // money given back, in 分
    }
  | { readonly type: 'approve-result' }
  | { readonly type: 'send-back-result'; readonly feedbackOn: CalendarDate | null }
  | { readonly type: 'sign-answer'; readonly document: string | null }
  | { readonly type: 'deliver'; readonly delivery: Delivery; readonly callback: boolean }
  | { readonly type: 'record-callback'; readonly reached: boolean; readonly satisfaction: Satisfaction | null }
  | { readonly type: 'redo' }
  | { readonly type: 'close' }
  | { readonly type: 'archive' }
  | { readonly type: 'retract' }
  /** `askedAt`: when the citizen asked the body above, which we learn later. */
  | { readonly type: 'ask-review'; readonly askedAt: Date }
  | { readonly type: 'answer-review'; readonly outcome: ReviewOutcome; readonly document: string }
  | { readonly type: 'link'; readonly to: number; readonly as: LinkKind }
  | {
      readonly type: 'raise-flag';
      readonly flag: CaseFlag;
      /** For 媒体件 the instant of exposure, else null: now. */
      readonly since: Date | null;
      /** For 领导批办 and 上级交办: by which day. */
      readonly dueOn: CalendarDate | null;
      readonly why: SuperviseReason | null;
    }
  | { readonly type: 'lower-flag'; readonly flag: CaseFlag }
  | { readonly type: 'handle-clue'; readonly way: ClueWay };

/** `notes`: the texts that go with it. `deadlines`: exactly the clocks that it starts, see case-life-clocks.ts. */
export type LifeCommand = Orders & { readonly notes: Notes; readonly deadlines: readonly PlannedDeadline[] };
export type LifeCommandType = LifeCommand['type'];
export type LifeCommandOf<T extends LifeCommandType> = Extract<LifeCommand, { readonly type: T }>;

type LifeRule = {
  /** What the field calls it. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly from: readonly CaseState[];
  readonly texts: readonly TextField[];
};

const DECIDERS: readonly Role[] = ['triage', 'supervisor', 'discipline'];
const OFFICE: readonly Role[] = ['operator', ...DECIDERS];
/** People of a unit, and the office for those who are not at the desk themselves. */
const UNITS: readonly Role[] = ['investigator', 'unit-head', ...DECIDERS];
const HEADS: readonly Role[] = ['unit-head', 'supervisor', 'discipline'];

const WITH_UNIT: readonly CaseState[] = ['DISPATCHED', 'IN_PROGRESS'];
const DECIDED: readonly CaseState[] = ['REJECTED', 'CLOSED_FINAL', 'MERGED', 'TRANSFERRED', 'SEALED'];
const ANSWERED: readonly CaseState[] = ['REPLIED', 'CALLBACK', 'CLOSED'];
const WAITING: readonly CaseState[] = ['REGISTERED', 'NEED_INFO', 'TRIAGE'];
const ANYWHERE: readonly CaseState[] = [...WAITING, ...DECIDED, ...ACTIVE_STATES, ...ANSWERED, 'ARCHIVED'];
const LIVING: readonly CaseState[] = [...WAITING, ...ACTIVE_STATES, 'REPLIED', 'CALLBACK'];

/** Who may give which order, in which states, and which texts it needs. */
export const LIFE_RULES: Readonly<Record<LifeCommandType, LifeRule>> = {
  'ask-for-more': { name: '要求补正', roles: OFFICE, from: ['REGISTERED', 'TRIAGE'], texts: ['request'] },
  'receive-more': { name: '收到补正', roles: ['system', ...OFFICE], from: ['NEED_INFO'], texts: [] },
  accept: { name: '受理', roles: DECIDERS, from: ['TRIAGE'], texts: [] },
  refuse: { name: '不予受理', roles: DECIDERS, from: ['TRIAGE'], texts: ['reason'] },
  'refuse-for-good': { name: '不再受理', roles: DECIDERS, from: ['TRIAGE'], texts: ['reason'] },
  merge: { name: '并案', roles: DECIDERS, from: ['TRIAGE'], texts: ['reason'] },
  transfer: { name: '转送', roles: DECIDERS, from: ['TRIAGE'], texts: [] },
  'hand-up': { name: '密件直送', roles: ['supervisor', 'discipline'], from: ['TRIAGE'], texts: [] },
  tell: { name: '告知', roles: OFFICE, from: [...DECIDED, ...ACTIVE_STATES], texts: [] },
  take: { name: '自办', roles: DECIDERS, from: ['ACCEPTED'], texts: [] },
  dispatch: { name: '转办、交办', roles: DECIDERS, from: ['ACCEPTED', 'DISPATCHED'], texts: [] },
  'sign-for': { name: '签收', roles: UNITS, from: ['DISPATCHED'], texts: [] },
  object: { name: '退回异议', roles: UNITS, from: WITH_UNIT, texts: ['reason'] },
  rule: { name: '异议裁定', roles: ['supervisor', 'discipline'], from: ['ACCEPTED'], texts: ['reason'] },
  'request-extension': { name: '申请延期', roles: UNITS, from: ['IN_PROGRESS'], texts: ['reason'] },
  'grant-extension': { name: '批准延期', roles: HEADS, from: ['EXT_REQUESTED'], texts: ['reason'] },
  'refuse-extension': { name: '不批准延期', roles: HEADS, from: ['EXT_REQUESTED'], texts: ['reason'] },
  'submit-result': {
    name: '报送办结报告',
    roles: UNITS,
    from: ['IN_PROGRESS'],
    texts: ['inquiry', 'findings', 'grounds', 'measures'],
  },
  'approve-result': { name: '审核通过', roles: DECIDERS, from: ['UNDER_REVIEW'], texts: [] },
  'send-back-result': { name: '退回重办', roles: DECIDERS, from: ['UNDER_REVIEW'], texts: ['reason'] },
  'sign-answer': { name: '签发答复意见', roles: ['supervisor', 'discipline'], from: ['TO_REPLY'], texts: ['answer'] },
  deliver: { name: '答复送达', roles: OFFICE, from: ['TO_REPLY'], texts: [] },
  'record-callback': { name: '回访', roles: OFFICE, from: ['CALLBACK'], texts: [] },
  redo: { name: '不满意重办', roles: DECIDERS, from: ['REPLIED'], texts: ['reason'] },
  close: { name: '办结', roles: DECIDERS, from: ['REPLIED', 'CALLBACK'], texts: [] },
  archive: { name: '归档', roles: DECIDERS, from: [...DECIDED, 'CLOSED'], texts: [] },
  retract: { name: '撤回', roles: OFFICE, from: [...WAITING, ...ACTIVE_STATES], texts: ['reason'] },
  'ask-review': { name: '申请复查、复核', roles: OFFICE, from: ANSWERED, texts: [] },
  'answer-review': { name: '复查、复核意见', roles: DECIDERS, from: ANSWERED, texts: [] },
  link: { name: '关联', roles: OFFICE, from: ANYWHERE, texts: [] },
  'raise-flag': { name: '标记', roles: ['system', ...OFFICE], from: LIVING, texts: [] },
  'lower-flag': { name: '取消标记', roles: DECIDERS, from: LIVING, texts: ['reason'] },
  'handle-clue': { name: '线索处置', roles: ['discipline'], from: ACTIVE_STATES, texts: ['reason'] },
};
