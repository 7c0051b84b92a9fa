import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

/** One case. Not fetched again for a mere look at the window: every reading is written into the journal. */
export function useCase(caseId: number) {
  return useQuery({
    queryKey: ['case', caseId],
    queryFn: async ({ signal }) =>
      ask(api.GET('/api/cases/{id}', { params: { path: { id: String(caseId) } }, signal })),
    refetchOnWindowFocus: false,
  });
}
