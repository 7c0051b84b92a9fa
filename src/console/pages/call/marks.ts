import type { DecidingWords, IgnoredWords } from '../../evidence/split-marks.ts';

/** What counted in a text and what only looked like it. */
export type Marks = { readonly counted: readonly DecidingWords[]; readonly ignored: readonly IgnoredWords[] };
export const NO_MARKS: Marks = { counted: [], ignored: [] };

/** The marks within `[from, from + length)` of the text that was read, counted from `from`. */
export function marksWithin({ counted, ignored }: Marks, from: number, length: number): Marks {
  const within = <M extends DecidingWords>(marks: readonly M[]): M[] =>
    marks
      .filter(({ start, end }) => start >= from && end <= from + length)
      .map((mark) => ({ ...mark, start: mark.start - from, end: mark.end - from }));
  return { counted: within(counted), ignored: within(ignored) };
}

/**
 * Marks of an older text on a newer one, until the newer one has been read: what stands before and after the change keeps its
 * marks, what was changed loses them.
 */
export function carryMarks(marks: Marks, before: string, after: string): Marks {
  if (before === after) return marks;
  const head = sharedHead(before, after);
  const tail = sharedTail(before, after, head);
  const shift = after.length - before.length;
  const carried = <M extends DecidingWords>(old: readonly M[]): M[] =>
    old.flatMap((mark) => {
      if (mark.end <= head) return mark;
      if (mark.start < before.length - tail) return [];
      return { ...mark, start: mark.start + shift, end: mark.end + shift };
    });
  return { counted: carried(marks.counted), ignored: carried(marks.ignored) };
}

function sharedHead(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one[head] === other[head]) head += 1;
  return head;
}

function sharedTail(one: string, other: string, head: number): number {
  const most = Math.min(one.length, other.length) - head;
  let tail = 0;
  while (tail < most && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return tail;
}
