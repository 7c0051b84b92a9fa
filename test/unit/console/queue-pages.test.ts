import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isFarPage,
  pageOf,
  PAGE_ROWS,
  pagesAround,
  runAround,
  withPageOf,
} from '../../../src/console/pages/queue/queue-pages.ts';

const ranges = fc
  .tuple(fc.nat(200_000), fc.nat(60), fc.integer({ min: 1, max: 200_000 }))
  .map(([first, shown, rowCount]) => ({
    first: Math.min(first, rowCount - 1),
    last: Math.min(first + shown, rowCount - 1),
    rowCount,
  }));

describe('the pages of the queue', () => {
  it('cover every row that is seen, in order, and never more than two beyond them', () => {
    fc.assert(
      fc.property(ranges, ({ first, last, rowCount }) => {
        const pages = pagesAround(first, last, rowCount);
        for (let row = first; row <= last; row += 1) expect(pages).toContain(pageOf(row));
        expect(pages).toEqual([...new Set(pages)].toSorted((a, b) => a - b));
        expect(pages.length).toBeLessThanOrEqual(pageOf(last) - pageOf(first) + 3);
        expect(pages.every((page) => page >= 0 && page * PAGE_ROWS < rowCount)).toBe(true);
      }),
    );
  });

  it('have the neighbours at hand before they are scrolled to', () => {
    expect(pagesAround(5_000, 5_020, 100_000)).toEqual([24, 25, 26]);
    expect(pagesAround(0, 20, 100_000)).toEqual([0, 1]);
    expect(pagesAround(99_980, 99_999, 100_000)).toEqual([498, 499]);
    expect(pagesAround(0, 20, 1)).toEqual([0]);
  });

  it('hold the page of the row with the focus as well, once', () => {
    expect(withPageOf([24, 25, 26], 10)).toEqual([0, 24, 25, 26]);
    expect(withPageOf([24, 25, 26], 5_001)).toEqual([24, 25, 26]);
  });

  it('are forgotten when they are far from all that is looked at, so that few are ever kept', () => {
    const looked = [0, 300, 301, 302];
    const kept = Array.from({ length: 500 }, (_, page) => page).filter((page) => !isFarPage(page, looked));
    expect(looked.every((page) => kept.includes(page))).toBe(true);
    expect(kept.length).toBeLessThan(40);
  });
});

describe('the run of rows around one', () => {
  const rowAt = (index: number) => (index >= 3 && index <= 7 && index !== 5 ? `row ${String(index)}` : undefined);

  it('ends at the first gap on either side', () => {
    expect(runAround(rowAt, 6)).toEqual({ first: 6, rows: ['row 6', 'row 7'] });
    expect(runAround(rowAt, 4)).toEqual({ first: 3, rows: ['row 3', 'row 4'] });
  });

  it('is empty where no row is yet', () => {
    expect(runAround(rowAt, 5).rows).toEqual([]);
  });
});
