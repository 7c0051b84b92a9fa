import type { Figure, Series } from '../domain/count-report.ts';
import type { Breakdown, Counted, Measure, Month, Period, Stage } from '../domain/report.ts';
import { OTHER_UNITS, type UnitView } from '../domain/suppress-units.ts';
import type { Category } from '../domain/vocabulary.ts';
import { CHANNEL_NAMES } from './labels.ts';
import { showUnit, type Names } from './names.ts';

/** How a 通报 reads. */

export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  intake: '收件',
  timeliness: '按期',
  backlog: '期末逾期未办',
  callback: '回访满意',
};

export const STAGE_NAMES: Readonly<Record<Stage, string>> = { acceptance: '受理', handling: '办理', answer: '答复' };

export const COUNTED_NAMES: Readonly<Record<Counted, string>> = {
  received: '收件',
  'on-time': '按期',
  late: '逾期完成',
  overdue: '逾期未完成',
  pending: '未到期',
  satisfied: '满意',
  fair: '基本满意',
  dissatisfied: '不满意',
  unrated: '未评价',
  unreached: '未接通',
};

export const BREAKDOWN_NAMES: Readonly<Record<Breakdown, string>> = {
  all: '合计',
  category: '按问题类别',
  unit: '按承办单位',
  month: '按月份',
  channel: '按渠道',
};

export const UNIT_VIEW_NOTES: Readonly<Record<UnitView, string | null>> = {
  all: null,
  merged: '承办单位中有不足5件的，并入“其他单位”；并入后仍不足5件的，不分单位列示。期末逾期未办不分单位列示。',
  closed: '统计时本期尚未结束，或者本期已有通报分单位列示，为避免比对推知个案，不再分单位列示。',
};

/** "受理（法定时限）". */
export function seriesName({ measure, stage, legal }: Series): string {
  const force = legal === null ? '' : `（${legal ? '法定时限' : '内部时限'}）`;
  return measure === 'timeliness' && stage !== null
    ? `${STAGE_NAMES[stage]}${force}`
    : `${MEASURE_NAMES[measure]}${force}`;
}

/** How the row of a breakdown is called. */
export function keyName({ by, key }: Pick<Figure, 'by' | 'key'>, names: Names): string {
  switch (by) {
    case 'all':
      return BREAKDOWN_NAMES.all;
    case 'category':
      return key === '' ? '类别未定' : names.category(Number(key) as Category); // written by breakdownKey from a category
    case 'unit':
      if (key === OTHER_UNITS) return '其他单位';
      return key === '' ? '未分办' : showUnit(names, key);
    case 'month':
      return monthName(key);
    case 'channel':
      return CHANNEL_NAMES[key as keyof typeof CHANNEL_NAMES]; // written by breakdownKey from a channel
  }
}

function monthName(month: string): string {
  return `${month.slice(0, 4)}年${String(Number(month.slice(5, 7)))}月`;
}

/** "2014年7月至9月". */
export function periodName({ from, to }: Period): string {
  if (from === to) return monthName(from);
  const isOneYear = yearOf(from) === yearOf(to);
  return `${monthName(from)}至${isOneYear ? `${String(Number(to.slice(5, 7)))}月` : monthName(to)}`;
}

function yearOf(month: Month): string {
  return month.slice(0, 4);
}

/** "85.7%"; "/" where nothing has been judged. */
export function percent(rate: number | null): string {
  return rate === null ? '/' : `${(rate * 100).toFixed(1)}%`;
}
