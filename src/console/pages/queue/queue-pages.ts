/** Rows asked for at a time: the most that the service gives. */
export const PAGE_ROWS = 200;
/** Pages kept on either side of what is looked at: memory stays the same however far somebody scrolls. */
const KEPT_PAGES = 10;

export function pageOf(index: number): number {
  return Math.floor(index / PAGE_ROWS);
}

/** The pages of the rows from `first` to `last`, and one more on either side so that scrolling on finds them there. */
export function pagesAround(first: number, last: number, rowCount: number): readonly number[] {
  const end = Math.max(0, pageOf(rowCount - 1));
  const from = Math.min(end, Math.max(0, pageOf(first) - 1));
  const to = Math.min(end, pageOf(last) + 1);
  return Array.from({ length: Math.max(0, to - from) + 1 }, (_, n) => from + n);
}

/** With the page of one more row, in their order. */
export function withPageOf(pages: readonly number[], index: number): readonly number[] {
  const page = pageOf(index);
  return pages.includes(page) ? pages : [...pages, page].toSorted((a, b) => a - b);
}

/** Whether a page is too far from those looked at to be kept. */
export function isFarPage(page: number, looked: readonly number[]): boolean {
  return looked.every((one) => Math.abs(one - page) > KEPT_PAGES);
}

/** The run of rows without a gap that `index` stands in: where it begins, and the rows. Empty when `index` itself is not there. */
export function runAround<Row>(
  rowAt: (index: number) => Row | undefined,
  index: number,
): { first: number; rows: Row[] } {
  const rows: Row[] = [];
  let first = index;
  for (let at = index, row = rowAt(at); row !== undefined; row = rowAt(at)) {
    rows.push(row);
    at += 1;
  }
  if (rows.length === 0) return { first, rows };
  const before: Row[] = [];
  for (let at = index - 1, row = rowAt(at); row !== undefined; row = rowAt(at)) {
    before.push(row);
    first = at;
    at -= 1;
  }
  return { first, rows: [...before.toReversed(), ...rows] };
}
