import { DAY_REASON_NAMES } from './calendar.ts';
import { type CalendarDate, dayOf } from './calendar-date.ts';
import type { ExplainedDay, PlannedDeadline } from './deadlines.ts';

/** Why a deadline is what it is. For limits in hours there are no days: the trigger and the amount say it all. */
export type DeadlineStory = {
  readonly trigger: Date;
  /** Day 0, which is not counted (民法典 art. 201); null for hours. */
  readonly countsFrom: CalendarDate | null;
  /** Days that came by and were not counted: rest days of a count in working days, and those before a late start. */
  readonly skipped: readonly ExplainedDay[];
  /** The last counted day, when it is a rest day; the limit then ends with the next working day (民法典 art. 203). */
  readonly rolledFrom: ExplainedDay | null;
  readonly lastDay: CalendarDate;
  /** 暂定: a notice still to come may move it. */
  readonly provisional: boolean;
};

export function explainDeadline({ trigger, dueAt, explanation, provisional }: PlannedDeadline): DeadlineStory {
  const start = explanation.find(({ part }) => part === 'start');
  const counted = explanation.filter(({ part }) => part === 'counted');
  const last = counted.at(-1) ?? start;
  return {
    trigger,
    countsFrom: start?.date ?? null,
    skipped: explanation.filter(({ part }) => part === 'passed'),
    rolledFrom: last !== undefined && !last.working ? last : null,
    lastDay: dayOf(new Date(dueAt.getTime() - 1)), // 24:00 belongs to the day that it ends
    provisional,
  };
}

/** The story in sentences, as an officer would tell it to a citizen. */
export function deadlineSentences({ countsFrom, skipped, rolledFrom, lastDay, provisional }: DeadlineStory): string[] {
  if (countsFrom === null) return ['按小时计算，夜间和休息日不停止'];
  const passed = skipped.map((day) => `${day.date}（${dayWords(day)}）`).join('、');
  return [
    `${countsFrom} 为起始日，不计入`,
    ...(passed === '' ? [] : [`不计入：${passed}`]),
    ...(rolledFrom === null ? [] : [`${rolledFrom.date}为${dayWords(rolledFrom)}，顺延至其后第一个工作日`]),
    `${lastDay} 24时截止`,
    ...(provisional ? ['所涉年份放假安排尚未公布，暂定'] : []),
  ];
}

function dayWords({ reason, holiday }: ExplainedDay): string {
  return holiday ?? DAY_REASON_NAMES[reason];
}
