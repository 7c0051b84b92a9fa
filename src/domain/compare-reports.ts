import { countEntries, entryKey, type Figure } from './count-report.ts';
import type { Entry } from './report.ts';

/** Why an entry of the frozen list is another today. */
export const DIFFERENCE_REASONS = {
  'done-since': '通报之后办结或者完成',
  'ended-since': '通报之后终止计时，不再计算',
  'due-moved': '时限按新公布的放假安排重新计算',
  recategorised: '问题类别已更正',
  'unit-changed': '承办单位有变',
  'came-in': '通报之后读取、登记或者恢复单独立件',
  'clock-started': '通报之后开始计时',
  'called-back': '通报之后补记回访',
  folded: '已认定为不单独立件',
  corrected: '记录有更正',
} as const;
export type DifferenceReason = keyof typeof DIFFERENCE_REASONS;

/** One entry that was counted otherwise then, or not at all (`before` null), or is no longer counted (`now` null). */
export type Difference = {
  readonly before: Entry | null;
  readonly now: Entry | null;
  /** At least one. */
  readonly reasons: readonly DifferenceReason[];
};

/** A figure that the differences have moved. Totals; null: there was, or is, no such row. */
export type MovedFigure = Omit<Figure, 'counts' | 'total' | 'rate'> & {
  readonly before: Figure | null;
  readonly now: Figure | null;
};

export type Comparison = { readonly differences: readonly Difference[]; readonly moved: readonly MovedFigure[] };

/**
 * What has changed since a list was frozen. `today` is the list of the same period as of the same moment, from the cases as
 * they are now; `folded` names the cases of the frozen list that are none of their own any more.
 */
export function compareLists(
  frozen: readonly Entry[],
  today: readonly Entry[],
  folded: ReadonlySet<number>,
): Comparison {
  const now = new Map(today.map((entry) => [entryKey(entry), entry]));
  const then = new Map(frozen.map((entry) => [entryKey(entry), entry]));
  const known = new Set(frozen.map(({ caseId }) => caseId));
  const changed = frozen.flatMap((before): readonly Difference[] => {
    const after = now.get(entryKey(before)) ?? null;
    const reasons = after === null ? [whyGone(before, folded)] : whyChanged(before, after);
    return reasons.length === 0 ? [] : [{ before, now: after, reasons }];
  });
  const added = today
    .filter((entry) => !then.has(entryKey(entry)))
    .map((entry): Difference => ({ before: null, now: entry, reasons: [whyNew(entry, known)] }));
  return { differences: [...changed, ...added], moved: movedFigures(countEntries(frozen), countEntries(today)) };
}

function whyGone({ caseId, measure }: Entry, folded: ReadonlySet<number>): DifferenceReason {
  if (folded.has(caseId)) return 'folded';
  return measure === 'timeliness' || measure === 'backlog' ? 'ended-since' : 'corrected';
}

function whyNew({ caseId, measure }: Entry, known: ReadonlySet<number>): DifferenceReason {
  if (measure === 'callback') return 'called-back';
  return measure !== 'intake' && known.has(caseId) ? 'clock-started' : 'came-in';
}

function whyChanged(before: Entry, now: Entry): readonly DifferenceReason[] {
  const reasons: DifferenceReason[] = [];
  if (!isSameInstant(before.doneAt, now.doneAt)) reasons.push('done-since');
  if (!isSameInstant(before.dueAt, now.dueAt)) reasons.push('due-moved');
  if (before.category !== now.category) reasons.push('recategorised');
  if (before.unit !== now.unit) reasons.push('unit-changed');
  if (before.channel !== now.channel || before.number !== now.number) reasons.push('corrected');
  // A clock that was cancelled after its time was overdue before and stays so: no other field tells of it.
  if (reasons.length === 0 && before.counted !== now.counted) reasons.push('ended-since');
  return reasons;
}

function isSameInstant(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}

function movedFigures(then: readonly Figure[], now: readonly Figure[]): readonly MovedFigure[] {
  const place = ({ measure, stage, legal, by, key }: Figure): string =>
    JSON.stringify([measure, stage, legal, by, key]);
  const today = new Map(now.map((figure) => [place(figure), figure]));
  const before = new Map(then.map((figure) => [place(figure), figure]));
  return [...new Map([...before, ...today])].flatMap(([at, { measure, stage, legal, by, key }]) => {
    const [was, is] = [before.get(at) ?? null, today.get(at) ?? null];
    const same = JSON.stringify(was?.counts) === JSON.stringify(is?.counts);
    return same ? [] : [{ measure, stage, legal, by, key, before: was, now: is }];
  });
}
