import { type CalendarDate, dayOf, endOfDay, parseCalendarDate, plusDays } from './calendar-date.ts';
import type { Satisfaction } from './case-reasons.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { Category, Channel } from './vocabulary.ts';

/** What a 通报 counts. `backlog` is a stock at the end of the period, the others are what fell into it. */
export const MEASURES = ['intake', 'timeliness', 'backlog', 'callback'] as const;
export type Measure = (typeof MEASURES)[number];

/** Which part of a case's way a clock watches. */
export const STAGES = ['acceptance', 'handling', 'answer'] as const;
export type Stage = (typeof STAGES)[number];

/** What one entry of the list was counted as. The first five are not judged by a citizen, the last five are. */
export const COUNTED = [
  'received',
  'on-time',
  'late',
  'overdue',
  'pending',
  'satisfied',
  'fair',
  'dissatisfied',
  'unrated',
  'unreached',
] as const;
export type Counted = (typeof COUNTED)[number];

/** By what a figure is taken apart; `all` is the whole. */
export const BREAKDOWNS = ['all', 'category', 'unit', 'month', 'channel'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

/** Which kinds are counted, and where. null: nobody's duty, or nothing that a rate could tell. */
export const CLOCK_STAGES: Readonly<Record<DeadlineKind, Stage | null>> = {
  ACK_MAIL: 'acceptance',
  ACK_PHONE: null, // measured at the switchboard
  ACK_MEDIA: 'acceptance',
  REG: null, // met by the machine as the item arrives: it would only raise the rate
  NOTICE15: 'acceptance',
  NOTICE15_FWD: 'acceptance',
  OBJECT5: null, // a right
  FWD15: 'acceptance',
  DONE60: 'handling',
  EXT30: 'handling',
  REVIEW_ASK: null, // a right
  REVIEW: 'answer',
  RECHECK_ASK: null, // a right
  RECHECK: 'answer',
  SUGG30: 'answer',
  NAMED15: 'acceptance',
  NAMED_FB15: 'answer',
  DISC_UP5: 'handling',
  DISC_DOWN5: 'acceptance',
  DISC_Q: 'answer',
  STUREC_ISSUE: 'handling',
  STUREC_CHECK: 'handling',
  STUREC_DECIDE: 'handling',
  STUREC_DONE: 'handling',
  TEACH30: 'answer',
  UNIAPP_ASK: null, // a right
  UNIAPP: 'answer',
  INFO20: 'answer',
  INFO_EXT20: 'answer',
  INFO_FIX7: 'acceptance',
  REVIEW_ADMIN: null, // a right
  MEDIA5: 'answer',
  MEDIA24: 'answer',
  MEDIA48: 'answer',
  URGENT: 'handling',
  TRIAGE: 'acceptance',
  SUPPLEMENT: null, // the citizen's time
  SIGN1: 'handling',
  FEEDBACK: 'handling',
  TARGET30: 'handling',
  CHECK3: 'handling',
  CALLBACK3: 'answer',
  LEADER15: 'handling',
  SUPERIOR: 'handling',
  CALLBACK: 'answer',
  PERSON: 'handling',
};

declare const month: unique symbol;
/** A month in Asia/Shanghai as 'YYYY-MM'. */
export type Month = string & { readonly [month]: true };

export function isMonth(text: string): text is Month {
  return /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(text);
}

/** The month that a day lies in. */
export function monthOf(day: CalendarDate): Month {
  return day.slice(0, 7) as Month; // of a date, always one
}

/** Whole months, both included. */
export type Period = { readonly from: Month; readonly to: Month };

/** From `begin` on until before `end`: 00:00 of the first day and 24:00 of the last in Asia/Shanghai. */
export function boundsOf({ from, to }: Period): { readonly begin: Date; readonly end: Date } {
  const last = parseCalendarDate(`${to}-28`); // every month has it; four days later it is the next
  const next = parseCalendarDate(`${monthOf(plusDays(last, 4))}-01`);
  return { begin: endOfDay(plusDays(parseCalendarDate(`${from}-01`), -1)), end: endOfDay(plusDays(next, -1)) };
}

/** Why no report can be made for a period. */
export const PERIOD_REFUSALS = {
  reversed: '结束月份不能早于开始月份',
  'too-long': '一次通报最多统计36个月',
  'not-begun': '该月份尚未开始，还没有可以统计的数字',
  'out-of-range': '只能统计2000年以后的月份',
} as const;
export type PeriodRefusal = keyof typeof PERIOD_REFUSALS;

const MOST_MONTHS = 36;

/** null: the period can be counted at this moment. */
export function periodRefusal({ from, to }: Period, now: Date): PeriodRefusal | null {
  if (from < '2000-01') return 'out-of-range';
  if (to < from) return 'reversed';
  if (to > monthOf(dayOf(now))) return 'not-begun';
  return monthNumber(to) - monthNumber(from) >= MOST_MONTHS ? 'too-long' : null;
}

function monthNumber(of: Month): number {
  return Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
}

/** By which the list of a report can be taken apart. */
export type CaseTraits = {
  readonly caseId: number;
  readonly number: string;
  readonly channel: Channel;
  readonly category: Category | null;
  /** The unit that handles it; null: none yet. */
  readonly unit: string | null;
};

/** What the cases tell a report: one of these for each case, clock and call back that may count. */
export type Fact = CaseTraits &
  (
    | { readonly what: 'case'; readonly receivedAt: Date }
    | {
        readonly what: 'clock';
        readonly kind: DeadlineKind;
        readonly cycle: number;
        readonly legal: boolean;
        readonly dueAt: Date;
        readonly state: 'armed' | 'met' | 'cancelled';
        /** null while it runs. */
        readonly endedAt: Date | null;
      }
    | { readonly what: 'callback'; readonly at: Date; readonly satisfaction: Satisfaction | null }
  );

/** One line of the frozen list: what was counted, and how. */
export type Entry = CaseTraits & {
  readonly measure: Measure;
  readonly stage: Stage | null;
  readonly clock: DeadlineKind | null;
  readonly cycle: number | null;
  readonly legal: boolean | null;
  readonly dueAt: Date | null;
  /** When it was received, done, or the call was made. null: not done. */
  readonly doneAt: Date | null;
  readonly counted: Counted;
  readonly month: Month;
};
