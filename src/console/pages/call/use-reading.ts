import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { components } from '../../api/schema.ts';
import { usePause } from './use-pause.ts';

/** With the way to the service and back, the answer stands within 150 ms of the last key. */
const READ_PAUSE_MS = 80;
const SIMILAR_PAUSE_MS = 600;
/** Fewer characters are like everything. */
const LEAST_FOR_SIMILAR = 12;

export type Verdict = components['schemas']['Verdict'];
export type Reading = Awaited<ReturnType<typeof read>>;

/**
 * What the rules say of the text so far. The last answer stays until the next one is there; a question that was overtaken is
 * called back. Nothing is kept: a query's key holds a citizen's words.
 */
export function useReading(text: string, isComposing: boolean): Reading | null {
  const paused = usePause(text, READ_PAUSE_MS, isComposing);
  const isBlank = paused.trim() === '';
  const { data } = useQuery({
    queryKey: ['reading', paused],
    queryFn: ({ signal }) => read(paused, signal),
    enabled: !isBlank,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
  return isBlank ? null : (data ?? null);
}

async function read(text: string, signal: AbortSignal) {
  const answer = await ask(api.POST('/api/classify', { body: { channel: 'phone', text }, signal }));
  return { text, ...answer };
}

/** Cases that read much like this call: who rings twice, and who rings about what a neighbour wrote. */
export function useSimilar(text: string, isComposing: boolean) {
  const paused = usePause(text, SIMILAR_PAUSE_MS, isComposing);
  const isShort = paused.trim().length < LEAST_FOR_SIMILAR;
  const { data } = useQuery({
    queryKey: ['similar', paused],
    queryFn: ({ signal }) => ask(api.POST('/api/similar', { body: { text: paused }, signal })),
    enabled: !isShort,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 0,
  });
  return isShort ? [] : (data?.rows ?? []);
}
