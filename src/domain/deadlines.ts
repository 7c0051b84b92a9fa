import { addCalendarDays, addWorkingDays, type Calendar, type DayCount, type DayFact } from './calendar.ts';
import { type CalendarDate, dayNumber, dayOf, endOfDay, endOfQuarter } from './calendar-date.ts';
import type { Profile } from './vocabulary.ts';

/**
 * Every limit that the field knows. Names, lengths and grounds are data: rules/clocks.yaml. What starts and ends each on a case:
 * case-life-clocks.ts, and docs/law.md as a table.
 */
export const DEADLINE_KINDS = [
  'ACK_MAIL', // a mail is answered
  'ACK_PHONE', // a ringing telephone; measured at the switchboard
  'ACK_MEDIA', // a message by other means
  'REG', // the item is registered
  'NOTICE15', // the citizen is told whether the matter is taken up
  'NOTICE15_FWD', // the same for what came from above
  'OBJECT5', // a unit may send it back
  'FWD15', // 转送 by the petition office
  'DONE60', // a complaint that was taken up is done
  'EXT30', // the same after an extension
  'REVIEW_ASK', // the citizen may ask for 复查
  'REVIEW', // the body above answers
  'RECHECK_ASK', // the citizen may ask for 复核
  'RECHECK',
  'SUGG30', // a unit answers a proposal for improvement
  'NAMED15', // 实名: told that it is taken up
  'NAMED_FB15', // 实名: told what came of it
  'DISC_UP5', // handed up within the discipline inspection
  'DISC_DOWN5', // handed down
  'DISC_Q', // results of the quarter
  'STUREC_ISSUE', // 学籍: 核查单
  'STUREC_CHECK',
  'STUREC_DECIDE',
  'STUREC_DONE',
  'TEACH30', // 教师申诉
  'UNIAPP_ASK', // 高校学生申诉: the student
  'UNIAPP', // … the department
  'INFO20', // 依申请公开
  'INFO_EXT20',
  'INFO_FIX7',
  'REVIEW_ADMIN', // 行政复议: the citizen
  'MEDIA5',
  'MEDIA24',
  'MEDIA48',
  'URGENT', // reported up
  'TRIAGE', // a person confirms what the rules proposed
  'SUPPLEMENT', // the citizen adds what is missing
  'SIGN1', // a unit signs for the case
  'FEEDBACK', // a unit reports back by the day that it was given
  'TARGET30', // the office's own target for the whole handling
  'CHECK3', // the office looks at a result
  'CALLBACK3', // the office asks how it went
  'LEADER15', // 领导批办
  'SUPERIOR', // 上级交办, by the day that it names
  'CALLBACK', // the call back that was promised
  'PERSON', // a task that only a person can do
] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];

/** Rights, not duties: they lapse by themselves, and nobody is late. */
export const RIGHTS: readonly DeadlineKind[] = ['OBJECT5', 'REVIEW_ASK', 'RECHECK_ASK', 'UNIAPP_ASK', 'REVIEW_ADMIN'];

/**
 * `seconds`, `minutes` and `hours` run through nights and rest days. 「日」 are calendar days, 「工作日」 working days. `quarters`
 * end with the last day of a quarter, the running one being the first.
 */
export const CLOCK_UNITS = ['seconds', 'minutes', 'hours', 'calendar-days', 'working-days', 'quarters'] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];

export type ClockLimit = {
  readonly amount: number;
  readonly unit: ClockUnit;
  /** Set by law; otherwise a target of the office itself. */
  readonly legal: boolean;
  /** The article it rests on, in Chinese. */
  readonly basis: string;
};

export type Clock = { readonly name: string; readonly limits: Readonly<Record<Profile, ClockLimit>> };
export type Clocks = Readonly<Record<DeadlineKind, Clock>>;

/**
 * What a day was for the count. `received`: the trigger came on it, too late or on a rest day, so that an internal target
 * starts later. `start`: day 0, not counted. `counted`: the n-th day. `passed`: a rest day on the way.
 */
export type DayPart = 'received' | 'start' | 'counted' | 'passed';
export type ExplainedDay = DayFact & { readonly part: DayPart; readonly count: number | null };

export type PlannedDeadline = {
  readonly kind: DeadlineKind;
  readonly legal: boolean;
  readonly basis: string;
  /** What the clock counts from. With it and the calendar the plan can be made again. */
  readonly trigger: Date;
  /** Where a person set the length, in the unit of the clock; absent: as the clock says. */
  readonly amount?: number;
  /** The end of the bare count. */
  readonly dueRaw: Date;
  /** The end that counts: 24:00 in Asia/Shanghai of `dueRaw`'s day or of the next working day. For hours equal to `dueRaw`. */
  readonly dueAt: Date;
  /** 暂定: rests on a year whose calendar is not published. */
  readonly provisional: boolean;
  /** Why `dueAt` is what it is, day by day. Empty for hours, where trigger and amount say it all. */
  readonly explanation: readonly ExplainedDay[];
};

const HOUR_MS = 3_600_000;
const TIME_UNITS_MS = { seconds: 1_000, minutes: 60_000, hours: HOUR_MS } as const;

/** 24:00 - 17:30. With less than this left of the day, the office has closed. */
const AFTER_CLOSING_MS = 6.5 * HOUR_MS;

/** 信访工作条例 is in force from 2022-05-01 (its art. 50), in Asia/Shanghai. */
const IN_FORCE_2022 = new Date('2022-05-01T00:00:00+08:00');

/** The legal profile of a case received at this instant. */
export function profileAt(received: Date): Profile {
  return received.getTime() >= IN_FORCE_2022.getTime() ? '2022' : '2014';
}

/**
 * When a clock that starts at `trigger` runs out. Independent of the time zone of the process. `amount` null: as long as the
 * clock says.
 */
export function planDeadline(
  clocks: Clocks,
  calendar: Calendar,
  kind: DeadlineKind,
  profile: Profile,
  trigger: Date,
  amount: number | null = null,
): PlannedDeadline {
  const limit = clocks[kind].limits[profile];
  const { unit, legal, basis } = limit;
  const length = amount ?? limit.amount;
  const plan = { kind, legal, basis, trigger, ...(amount === null ? {} : { amount }) };
  if (unit === 'seconds' || unit === 'minutes' || unit === 'hours') {
    const due = new Date(trigger.getTime() + length * TIME_UNITS_MS[unit]);
    return { ...plan, dueRaw: due, dueAt: due, provisional: false, explanation: [] };
  }
  const start = legal ? startOfLegal(calendar, trigger) : startOfTarget(calendar, trigger);
  const { raw, rolled, provisional, days } = countFrom(calendar, start.from, length, unit);
  return {
    ...plan,
    dueRaw: endOfDay(raw),
    dueAt: endOfDay(rolled),
    provisional,
    explanation: [
      ...start.days,
      ...days.map((day) => explained(day, day.count === null ? 'passed' : 'counted', day.count)),
    ],
  };
}

function countFrom(
  calendar: Calendar,
  from: CalendarDate,
  length: number,
  unit: 'calendar-days' | 'working-days' | 'quarters',
): DayCount {
  if (unit === 'working-days') return addWorkingDays(calendar, from, length);
  const days = unit === 'calendar-days' ? length : dayNumber(endOfQuarter(from, length)) - dayNumber(from);
  return addCalendarDays(calendar, from, days);
}

type Start = { readonly from: CalendarDate; readonly days: readonly ExplainedDay[] };

/** Day 0 is the day of the trigger, at whatever hour, worked or not. */
function startOfLegal(calendar: Calendar, trigger: Date): Start {
  const received = calendar.describe(dayOf(trigger));
  return { from: received.date, days: [explained(received, 'start')] };
}

/**
 * An internal target counts from the next working day for what comes in after 17:30 or on a rest day. A legal clock never
 * does: no article gives the office that grace.
 */
function startOfTarget(calendar: Calendar, trigger: Date): Start {
  const received = calendar.describe(dayOf(trigger));
  const closed = endOfDay(received.date).getTime() - trigger.getTime() < AFTER_CLOSING_MS;
  if (received.working && !closed) return { from: received.date, days: [explained(received, 'start')] };
  const wait = addWorkingDays(calendar, received.date, 1);
  const waited = wait.days.map((day) => explained(day, day.date === wait.rolled ? 'start' : 'passed'));
  return { from: wait.rolled, days: [explained(received, 'received'), ...waited] };
}

function explained(day: DayFact, part: DayPart, count: number | null = null): ExplainedDay {
  return { ...day, part, count };
}
