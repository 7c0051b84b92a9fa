import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useKeys } from '../../shell/key-commands.ts';
import { useTexts } from '../../texts/texts.ts';
import { filterText, type QueueFilter } from './queue-filter.ts';
import { pagesAround, runAround, withPageOf } from './queue-pages.ts';
import type { QueuePlace } from './queue-memory.ts';
import { recallPlace, rememberPlace, rememberShown } from './queue-place.ts';
import { QueueRowLine, ROW_HEIGHT } from './queue-row.tsx';
import { useActiveRow } from './use-active-row.ts';
import { useHeldRow } from './use-held-row.ts';
import type { Chosen } from './use-chosen.ts';
import { useQueueRows, type QueueRow } from './use-queue-rows.ts';
import { useRested } from './use-rested.ts';

type QueueListProps = {
  readonly filter: QueueFilter;
  readonly rowCount: number;
  readonly chosen: Chosen;
  readonly onToggle: (row: QueueRow) => void;
};

const COLUMNS = ['columnNumber', 'columnSubject', 'columnCategory', 'columnUnit', 'columnState', 'columnDue'] as const;

/**
 * The rows as a grid (WAI-ARIA grid pattern): one stop for Tab, and from there by arrows or single keys. Only what is looked
 * at is in the document, so each row says which of how many it is.
 */
export function QueueList({ filter, rowCount, chosen, onToggle }: QueueListProps) {
  const t = useTexts('queue');
  const navigate = useNavigate();
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef(recallPlace(filter));
  const active = useActiveRow({ scroller, rowCount, place: place.current, onOpen: () => open(active.index) });
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    initialOffset: place.current?.scrollTop ?? 0,
    // The active row stays in the document wherever the list is scrolled to: what has the focus must not vanish.
    rangeExtractor: (range: Range) => withIndex(defaultRangeExtractor(range), active.index, rowCount),
  });
  const opening = Math.floor((place.current?.scrollTop ?? 0) / ROW_HEIGHT);
  const { startIndex, endIndex } = virtualizer.range ?? { startIndex: opening, endIndex: opening };
  const pages = useRested(withPageOf(pagesAround(startIndex, endIndex, rowCount), active.index));
  const rows = useQueueRows(filter, pages);
  useChoosing(rows.rowAt(active.index), onToggle);
  useHeldRow({ scroller, rows, startIndex });
  active.follow(rows);
  useRemembered({
    filter: filterText(filter),
    index: active.index,
    caseId: rows.rowAt(active.index)?.id ?? null,
    scrollTop: virtualizer.scrollOffset ?? 0,
  });
  useEffect(() => {
    const { first, rows: run } = runAround(rows.rowAt, startIndex);
    const ids = run.map(({ id }) => id);
    if (ids.length > 0) rememberShown(first, ids);
  }, [rows, startIndex]);
  const open = (index: number): void => {
    const row = rows.rowAt(index);
    if (row !== undefined) void navigate(`/cases/${row.id}`);
  };
  return (
    <div
      role="grid"
      aria-label={t('title')}
      aria-rowcount={rowCount + 1}
      aria-colcount={COLUMNS.length}
      className="queue-grid"
    >
      <div role="presentation" ref={scroller} className="queue-scroller" onKeyDown={active.onKeyDown}>
        <Head />
        <div role="rowgroup" className="queue-rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <QueueRowLine
              key={index}
              index={index}
              top={start}
              row={rows.rowAt(index)}
              isActive={index === active.index}
              isChosen={chosen.has(rows.rowAt(index)?.id ?? 0)}
              onToggle={onToggle}
              onChoose={active.choose}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** The row that the keyboard is on joins what is chosen, or leaves it. */
function useChoosing(row: QueueRow | undefined, onToggle: (row: QueueRow) => void): void {
  const t = useTexts('queue');
  useKeys({ x: { label: t('keyChoose'), run: () => row !== undefined && onToggle(row) } });
}

/** Within what scrolls, so that it stands above the rows whatever room a scroll bar takes. */
function Head() {
  const t = useTexts('queue');
  return (
    <div role="rowgroup" className="queue-head">
      <div role="row" aria-rowindex={1} className="queue-columns">
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader">
            {t(column)}
          </span>
        ))}
      </div>
    </div>
  );
}

function withIndex(indexes: number[], index: number, rowCount: number): number[] {
  if (index >= rowCount || indexes.includes(index)) return indexes;
  return [...indexes, index].toSorted((a, b) => a - b);
}

/** The place is written down when the list is left, by whatever way. */
function useRemembered(now: QueuePlace): void {
  const place = useRef(now);
  useEffect(() => {
    place.current = now;
  });
  useEffect(() => {
    const write = () => rememberPlace(place.current);
    addEventListener('pagehide', write);
    return () => {
      removeEventListener('pagehide', write);
      write();
    };
  }, []);
}
