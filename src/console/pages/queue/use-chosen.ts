import { useCallback, useState } from 'react';
import type { QueueRow } from './use-queue-rows.ts';

/** Cases that one order is to be given to, as they were on the screen when they were chosen. */
export type Chosen = ReadonlyMap<number, QueueRow>;

/** The most that the service takes at once. */
const MOST_CHOSEN = 200;
const NONE: Chosen = new Map();

/** What is chosen of the list that a filter shows. Another filter is another list, of which nothing is chosen yet. */
export function useChosen(filter: string) {
  const [held, setHeld] = useState({ filter, rows: NONE });
  const rows = held.filter === filter ? held.rows : NONE;
  const toggle = useCallback(
    (row: QueueRow) =>
      setHeld((before) => {
        const now = new Map(before.filter === filter ? before.rows : NONE);
        if (!now.delete(row.id) && now.size < MOST_CHOSEN) now.set(row.id, row);
        return { filter, rows: now };
      }),
    [filter],
  );
  /** Only these stay chosen. */
  const keep = (ids: ReadonlySet<number>): void =>
    setHeld({ filter, rows: new Map([...rows].filter(([id]) => ids.has(id))) });
  return { rows, toggle, keep };
}
