import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from './client.ts';
import type { components } from './schema.ts';

export type Session = components['schemas']['Session'];

/** Who sits here and what kind of installation it is; undefined while nobody knows yet. */
export function useSession(): Session | undefined {
  return useQuery({
    queryKey: ['session'],
    queryFn: () => ask(api.GET('/api/session')),
    staleTime: Infinity,
  }).data;
}

/** Signs out here and on the server, and forgets everything that was shown. */
export function useSignOut(): () => void {
  const queries = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => ask(api.DELETE('/api/session')),
    onSettled: () => {
      queries.clear();
      sessionStorage.clear(); // what was sought may name a person
      location.assign('/sign-in');
    },
  });
  return () => mutate();
}
