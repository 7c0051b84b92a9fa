import { useQueryClient } from '@tanstack/react-query';

/** Everything that shows something of a case is asked for again; resolves when the case itself is here. */
export function useRefresh(caseId: number): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    for (const key of ['cases', 'counts', 'tasks', 'today', 'case-links'])
      void queries.invalidateQueries({ queryKey: [key] });
    await queries.invalidateQueries({ queryKey: ['case', caseId] });
  };
}
