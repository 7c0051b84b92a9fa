import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { PageHead } from '../../shell/page.tsx';
import { useKeys } from '../../shell/key-commands.ts';
import { useTexts } from '../../texts/texts.ts';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterText } from './queue-filter.ts';
import { FlagChips } from './flag-chips.tsx';
import { NoRows } from './no-rows.tsx';
import { recallPlace, rememberFilter } from './queue-place.ts';
import { QueueList } from './queue-list.tsx';
import { shownCount, type QueueCounts } from './shown-count.ts';
import { useChosen } from './use-chosen.ts';
import { useQueueFilter } from './use-queue-filter.ts';
import { usePrefetchedRows, useQueueCounts } from './use-queue-rows.ts';
import './queue.css';

const SEARCH_FIELD = 'queue-search';

/** Everything that waits, in the order in which it is due. */
export function QueuePage() {
  const t = useTexts('queue');
  const [filter, setFilter] = useQueueFilter();
  const text = filterText(filter);
  const chosen = useChosen(text);
  const counts = useQueueCounts(filter);
  usePrefetchedRows(filter, recallPlace(filter)?.index ?? 0); // beside the counts, not after them
  const isAnswered = counts.isSuccess && !counts.isPlaceholderData;
  useEffect(() => {
    if (isAnswered && text !== '') rememberFilter(filter); // not one that the service refuses
  }, [filter, text, isAnswered]);
  const refresh = useRefresh();
  useKeys({
    '/': { label: t('keySearch'), run: focusSearch },
    r: { label: t('keyRefresh'), run: refresh },
  });
  // That there were none with the filter before says nothing about this one.
  const total = counts.isPlaceholderData && counts.data?.total === 0 ? undefined : counts.data?.total;
  const problem = counts.failureReason; // while it is still being tried again, too
  return (
    <div className="queue">
      <PageHead title={t('title')}>
        <Total isFiltered={text !== ''} counts={isAnswered ? counts.data : undefined} />
        <FlagChips filter={filter} onFilter={setFilter} />
      </PageHead>
      <FilterBar searchField={SEARCH_FIELD} filter={filter} onFilter={setFilter} />
      <BulkBar chosen={chosen.rows} onKeep={chosen.keep} />
      {total === undefined || total === 0 ? (
        <NoRows
          isLoading={problem === null && total === undefined}
          error={problem}
          filter={filter}
          onFilter={setFilter}
        />
      ) : (
        <QueueList key={text} filter={filter} rowCount={total} chosen={chosen.rows} onToggle={chosen.toggle} />
      )}
    </div>
  );
}

/** Said to whoever listens; shown when it says more than the chips do. */
function Total({ isFiltered, counts }: { readonly isFiltered: boolean; readonly counts: QueueCounts | undefined }) {
  const t = useTexts('queue');
  return (
    <p role="status" className={isFiltered ? 'queue-total' : 'desk-unseen'}>
      {counts !== undefined && t(isFiltered ? 'found' : 'total', { count: shownCount(counts, 'total') })}
    </p>
  );
}

function focusSearch(): void {
  const field = document.getElementById(SEARCH_FIELD);
  if (field instanceof HTMLInputElement) field.select();
  field?.focus();
}

/** Asks again for what is looked at. */
function useRefresh(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['cases'] });
    void queries.invalidateQueries({ queryKey: ['counts'] });
  }, [queries]);
}
