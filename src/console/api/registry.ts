import { useQuery } from '@tanstack/react-query';
import { api, ask } from './client.ts';
import type { components } from './schema.ts';

export type Registry = components['schemas']['Registry'];

/** Units, places, categories and the words of the office; undefined until they are here. They change with its rule files only. */
export function useRegistry(): Registry | undefined {
  return useQuery({
    queryKey: ['registry'],
    queryFn: async ({ signal }) => ask(api.GET('/api/registry', { signal })),
    staleTime: 3_600_000,
  }).data;
}
