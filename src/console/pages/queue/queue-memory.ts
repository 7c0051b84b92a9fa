import { filterText, readFilter, withFilter, type QueueFilter } from './queue-filter.ts';

/** Where somebody was in the queue: on which case, at which row, and how far the list was scrolled (CSS pixels). */
export type QueuePlace = {
  readonly filter: string;
  readonly index: number;
  readonly caseId: number | null;
  readonly scrollTop: number;
};

/** What keeps texts by name: a browser's Storage. */
export type Keep = { getItem(name: string): string | null; setItem(name: string, value: string): void };

/** A run of the list as it was last shown: the row that it begins with, and its cases. */
type Shown = { readonly first: number; readonly ids: readonly number[] };

const PLACE = 'queue-place';
const SHOWN = 'queue-shown';
const FILTER = 'queue-filter';

/**
 * What is remembered of the queue. `tab` ends with the tab and outlives a reload; `browser` is for whoever sits down next as
 * well. What was sought may name a person: it is kept with the tab and nowhere else.
 */
export function createQueueMemory(tab: Keep, browser: Keep) {
  const shown = () => (read(tab, SHOWN) as Shown | null) ?? { first: 0, ids: [] };
  const lastPlace = () => read(tab, PLACE) as QueuePlace | null;
  const neighbour = (caseId: number, step: 1 | -1): number | null => {
    const { ids } = shown();
    const at = ids.indexOf(caseId);
    return at < 0 ? null : (ids[at + step] ?? null);
  };
  return {
    /** The case after this one in the queue as it was last shown; null when none is known. */
    nextInQueue: (caseId: number) => neighbour(caseId, 1),
    previousInQueue: (caseId: number) => neighbour(caseId, -1),
    rememberShown: (first: number, ids: readonly number[]) => write(tab, SHOWN, { first, ids } satisfies Shown),

    rememberPlace: (place: QueuePlace) => write(tab, PLACE, place),
    /** null: nobody was there yet with this filter. */
    recallPlace(filter: QueueFilter): QueuePlace | null {
      const place = lastPlace();
      return place?.filter === filterText(filter) ? place : null;
    },
    /** Going on from case to case moves the place along, so that coming back finds the last one. */
    rememberVisited(caseId: number): void {
      const place = lastPlace();
      const { first, ids } = shown();
      const at = ids.indexOf(caseId);
      if (place !== null && at >= 0) write(tab, PLACE, { ...place, index: first + at, caseId } satisfies QueuePlace);
    },

    rememberFilter(filter: QueueFilter): void {
      write(tab, FILTER, filterText(filter));
      write(browser, FILTER, filterText(withFilter(filter, 'search', null)));
    },
    /** The filter last used: in this tab, else in this browser. */
    recallFilter(): QueueFilter {
      const text = read(tab, FILTER) ?? read(browser, FILTER) ?? '';
      return readFilter(new URLSearchParams(text as string));
    },
  };
}

/** Only what this file wrote under its own names is ever read. */
function read(keep: Keep, name: string): unknown {
  const text = keep.getItem(name);
  return text === null ? null : JSON.parse(text);
}

function write(keep: Keep, name: string, value: unknown): void {
  keep.setItem(name, JSON.stringify(value));
}
