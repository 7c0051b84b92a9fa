import type {
  CaseFlag,
  ClueWay,
  Closing,
  DeliveryWay,
  DispatchForm,
  Finding,
  LinkKind,
  ObjectionReason,
  Satisfaction,
} from './case-reasons.ts';
import type { CaseNumber } from './case-number.ts';
import type { CaseState, Folding } from './case-states.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { LadderStep } from './ladder.ts';
import type { Category, Channel, Kind, Lane, Level, Profile } from './vocabulary.ts';

/** What the rules said of the case, as a person confirmed or corrected it. Codes and unit ids only. */
export type CaseVerdict = {
  readonly kind: Kind;
  readonly category: Category | null;
  readonly secondary: Category | null;
  readonly lane: Lane;
  /** A unit id, or NONEDU or UNRESOLVED where no unit of the department stands. */
  readonly unit: string;
  readonly target: { readonly level: Level; readonly name: string | null };
  readonly urgent: boolean;
  readonly confidence: number;
  readonly review: boolean;
  readonly accused: readonly string[];
  /** Units that must never receive the case: the accused and whoever stands above, below or beside them. */
  readonly deny: readonly string[];
  readonly rulesVersion: string;
};

/** A clock as events carry it: instants are ISO 8601 in UTC. `cycle` counts the clocks of one kind on one case from 1. */
export type CaseClock = {
  readonly kind: DeadlineKind;
  readonly cycle: number;
  readonly legal: boolean;
  readonly basis: string;
  readonly trigger: string;
  readonly dueRaw: string;
  readonly dueAt: string;
  readonly provisional: boolean;
  /** Where a person set the length (延期, 反馈期限): in the unit of the clock. Absent: as rules/clocks.yaml says. */
  readonly amount?: number;
};

export type CaseDeadline = CaseClock & {
  readonly status: 'armed' | 'met' | 'cancelled';
  readonly cancelled: CancelReason | null;
  /** The highest step of the ladder that was taken. */
  readonly lastStep: LadderStep | null;
};

/** Why a clock ended although what it asks for was not done. */
export const CANCEL_REASONS = {
  folded: '该来件不单独立件',
  'no-answer-due': '无需答复',
  replaced: '已另行约定时间',
  paused: '等待补正期间暂停',
  lapsed: '期限已过，权利未行使',
  'sent-back': '承办单位退回异议',
  extended: '已批准延期',
  withdrawn: '改变受理或者分办',
  redone: '重新办理',
  closed: '已办结',
  retracted: '来信来电人撤回',
} as const;
export type CancelReason = keyof typeof CANCEL_REASONS;

/** `unknown`: after DATA no reply came, so nobody on this side can say whether it went out. */
export const ACK_OUTCOMES = ['sent', 'withheld', 'failed', 'bounced', 'unknown'] as const;
export type AckOutcome = (typeof ACK_OUTCOMES)[number];

/** Who holds the case. `bound`: by a ruling, so that it may not be sent back. */
export type Assignment = {
  readonly unit: string;
  readonly userId: number | null;
  readonly helpers: readonly string[];
  readonly form: DispatchForm;
  readonly bound: boolean;
};

/** What the later life of a case leaves behind beside its state. */
export type CaseLife = {
  /** How the citizen was told whether the matter is taken up. */
  readonly told: DeliveryWay | null;
  /** The officer who handles it himself (自办). */
  readonly takenBy: number | null;
  /** A unit has sent it back and nobody has ruled yet. */
  readonly objection: { readonly unit: string; readonly because: ObjectionReason } | null;
  readonly request: { readonly days: number; readonly by: number } | null;
  /** Days granted so far: at most 30 in all. */
  readonly extendedDays: number;
  readonly result: { readonly finding: Finding; readonly by: number } | null;
  readonly signed: boolean;
  readonly callbacks: number;
  readonly satisfaction: Satisfaction | null;
  readonly redone: boolean;
  readonly closedAs: Closing | null;
  /** 复查 and 复核 over the states: `final` is 终结. */
  readonly review: 'asked' | 'answered' | 'recheck-asked' | 'final' | null;
  readonly links: readonly { readonly to: number; readonly as: LinkKind }[];
  /** How often each mark was raised. */
  readonly flags: Readonly<Partial<Record<CaseFlag, number>>>;
  readonly clue: ClueWay | null;
};

export const NEW_LIFE: CaseLife = {
  told: null,
  takenBy: null,
  objection: null,
  request: null,
  extendedDays: 0,
  result: null,
  signed: false,
  callbacks: 0,
  satisfaction: null,
  redone: false,
  closedAs: null,
  review: null,
  links: [],
  flags: {},
  clue: null,
};

/** One case as its events left it. `version` counts them. */
export type CaseFile = {
  readonly version: number;
  readonly number: CaseNumber;
  readonly channel: Channel;
  readonly profile: Profile;
  readonly receivedAt: string;
  readonly state: CaseState;
  /** true until its item is read and found to be a case: the number was told to nobody. */
  readonly provisional: boolean;
  /** Set while `state` is FOLDED; `from` is where unfolding returns to, `into` the case that the item belongs to, if any. */
  readonly folded: { readonly as: Folding; readonly into: number | null; readonly from: CaseState } | null;
  readonly verdict: CaseVerdict | null;
  /** A person has seen the verdict and the list of the accused. Nothing is assigned before. */
  readonly confirmed: boolean;
  readonly assignment: Assignment | null;
  readonly acknowledgement: AckOutcome | null;
  readonly deadlines: readonly CaseDeadline[];
  readonly life: CaseLife;
};

/** The clock of this kind that is running, if any: never more than one. */
export function armedDeadline(file: CaseFile, kind: DeadlineKind): CaseDeadline | null {
  return file.deadlines.find((deadline) => deadline.kind === kind && deadline.status === 'armed') ?? null;
}
