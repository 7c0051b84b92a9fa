import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useKeys } from '../../shell/key-commands.ts';
import { useTexts } from '../../texts/texts.ts';
import { HEAD_HEIGHT, ROW_HEIGHT } from './queue-row.tsx';
import type { QueuePlace } from './queue-memory.ts';
import type { QueueRows } from './use-queue-rows.ts';

type Options = {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly rowCount: number;
  /** Where somebody comes back to. */
  readonly place: QueuePlace | null;
  readonly onOpen: () => void;
};

/** Which row the keyboard is on. It stays with its case when rows come or go above, and with its place when the case leaves. */
export function useActiveRow({ scroller, rowCount, place, onOpen }: Options) {
  const t = useTexts('queue');
  const last = rowCount - 1;
  const [chosen, setChosen] = useState({ index: place?.index ?? 0, caseId: place?.caseId ?? null });
  const index = Math.max(0, Math.min(chosen.index, last));
  const isTouched = useRef(place !== null);
  const wantsFocus = useRef(place !== null);
  const choose = useCallback((to: number) => {
    isTouched.current = true;
    wantsFocus.current = true;
    setChosen({ index: to, caseId: null });
  }, []);
  const move = (to: number): void => choose(Math.max(0, Math.min(to, last)));
  const step = (by: number): void => move(isTouched.current ? index + by : index);

  useLayoutEffect(() => {
    const list = scroller.current;
    const row = list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    if (list === null || row === null || row === undefined) return;
    const isOnRow = list.contains(document.activeElement) && document.activeElement !== row;
    if (!wantsFocus.current && !isOnRow) return;
    if (wantsFocus.current) showRow(list, index);
    wantsFocus.current = false;
    row.focus({ preventScroll: true });
  });

  useKeys({
    j: { label: t('keyNext'), run: () => step(1) },
    k: { label: t('keyPrevious'), run: () => step(-1) },
    Enter: { label: t('keyOpen'), run: onOpen },
    g: { label: t('keyFirst'), run: () => move(0) },
    G: { label: t('keyLast'), run: () => move(last) },
  });

  return {
    index,
    choose,
    onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const rowsShown = Math.max(1, Math.floor(event.currentTarget.clientHeight / ROW_HEIGHT) - 1);
      const to = target(event.key, index, last, rowsShown);
      if (to === null) return;
      event.preventDefault();
      move(to);
    },
    /** Keeps to the case that the row shows. To be called with the rows of each render. */
    follow(rows: QueueRows): void {
      const caseId = rows.rowAt(index)?.id ?? null;
      const now = chosen.caseId === null ? undefined : rows.indexOf(chosen.caseId);
      // Compared with what was chosen, not with what is shown: rows may be here before their number is, and this would not end.
      if (now !== undefined && now !== chosen.index) setChosen({ index: now, caseId: chosen.caseId });
      else if (now === undefined && caseId !== null && caseId !== chosen.caseId) setChosen({ index, caseId });
    },
  };
}

function target(key: string, index: number, last: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + page;
    case 'PageUp':
      return index - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** Scrolls no further than it takes to see the whole row. */
function showRow(list: HTMLElement, index: number): void {
  const above = index * ROW_HEIGHT - list.scrollTop;
  const below = HEAD_HEIGHT + above + ROW_HEIGHT - list.clientHeight;
  if (above < 0) list.scrollTop += above;
  else if (below > 0) list.scrollTop += below;
}
