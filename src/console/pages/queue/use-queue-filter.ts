import { useCallback, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { filterText, readFilter, type QueueFilter } from './queue-filter.ts';
import { recallFilter, rememberFilter } from './queue-place.ts';

/** The filter stands in the address. An address without one is the queue as it was last narrowed, until that is cleared. */
export function useQueueFilter(): readonly [QueueFilter, (filter: QueueFilter) => void] {
  const [params, setParams] = useSearchParams();
  const text = filterText(readFilter(params));
  const filter = useMemo(() => readFilter(new URLSearchParams(text)), [text]);
  const setFilter = useCallback(
    (next: QueueFilter) => {
      rememberFilter(next);
      setParams(filterText(next), { replace: true });
    },
    [setParams],
  );
  useEffect(() => {
    const last = filterText(recallFilter());
    if (text === '' && last !== '') setParams(last, { replace: true });
  }, [text, setParams]);
  return [filter, setFilter];
}
