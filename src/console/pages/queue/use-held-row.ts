import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { ROW_HEIGHT } from './queue-row.tsx';
import type { QueueRows } from './use-queue-rows.ts';

type Held = {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rows: QueueRows;
  /** The first row that is seen. */
  readonly startIndex: number;
};

/**
 * When rows come or go above what somebody reads, the list is scrolled along so that he goes on reading the same ones. At the
 * very top it is not: what is new there is to be seen.
 */
export function useHeldRow({ scroller, rows, startIndex }: Held): void {
  const held = useRef<{ readonly id: number; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    const place = scroller.current;
    if (held.current === null || place === null || place.scrollTop === 0) return;
    const now = rows.indexOf(held.current.id);
    if (now !== undefined && now !== held.current.index) place.scrollTop += (now - held.current.index) * ROW_HEIGHT;
  }, [rows]);
  useEffect(() => {
    const row = rows.rowAt(startIndex);
    held.current = row === undefined ? null : { id: row.id, index: startIndex };
  }, [rows, startIndex]);
}
