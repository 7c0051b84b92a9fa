import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { listenToChanges } from './change-stream.ts';

/** Asked again together: many changes in a row are one reading. */
const GATHER_MS = 150;

/** Keeps what is on the screen as it is in the office: what others change is asked for again within a moment, or when it is looked at. */
export function useLive(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const changed = new Set<number | null>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refreshShown = (): void => {
      timer = undefined;
      if (document.hidden || changed.size === 0) return; // nobody reads there, and each reading of a case is journalled
      refresh(queries, changed);
      changed.clear();
    };
    const stop = listenToChanges(({ caseId }) => {
      changed.add(caseId);
      timer ??= setTimeout(refreshShown, GATHER_MS);
    });
    document.addEventListener('visibilitychange', refreshShown);
    return () => {
      document.removeEventListener('visibilitychange', refreshShown);
      clearTimeout(timer);
      stop();
    };
  }, [queries]);
}

function refresh(queries: QueryClient, changed: ReadonlySet<number | null>): void {
  const keys: (readonly (string | number)[])[] = [['cases'], ['counts'], ['tasks'], ['today'], ['answers']];
  if (changed.has(null)) keys.push(['case'], ['folders']);
  else for (const caseId of changed) if (caseId !== null) keys.push(['case', caseId]);
  for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
}
