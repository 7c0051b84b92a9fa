import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api, ApiProblem } from '../api/client.ts';

/** `back` for a moment after it was away. */
export type Connection = 'fine' | 'away' | 'back';

const LOOK_MS = 5_000;
const LOOK_AWAY_MS = 1_500;
const ANSWER_LIMIT_MS = 4_000;
const BACK_SHOWN_MS = 5_000;
const KEY = ['connection'];

/** Whether the service answers. Asked now and then, and at once when anything else was left without an answer. */
export function useConnection(): Connection {
  const queries = useQueryClient();
  const { data: answers = true } = useQuery({
    queryKey: KEY,
    queryFn: serviceAnswers,
    refetchInterval: ({ state }) => (state.data === false ? LOOK_AWAY_MS : LOOK_MS),
    refetchOnWindowFocus: 'always',
    staleTime: 0,
  });
  useEffect(() => onNoAnswer(queries, () => void queries.invalidateQueries({ queryKey: KEY })), [queries]);

  const wasAway = useRef(false);
  const [isBack, setIsBack] = useState(false);
  useEffect(() => {
    if (!answers) {
      wasAway.current = true;
      setIsBack(false);
      return;
    }
    if (!wasAway.current) return;
    wasAway.current = false;
    setIsBack(true);
    // What gave up meanwhile is asked again; nothing that somebody typed is a query.
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    const timer = setTimeout(() => setIsBack(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [answers, queries]);
  if (!answers) return 'away';
  return isBack ? 'back' : 'fine';
}

/** A service without its database can do nothing for us either. */
async function serviceAnswers(): Promise<boolean> {
  try {
    const { response, error } = await api.GET('/readyz', { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) });
    if (response.ok) return true;
    const causes = error !== undefined && 'causes' in error ? error.causes : null;
    return causes !== null && causes.every(({ part }) => part !== 'database');
  } catch {
    return false; // no answer, or not from our service
  }
}

function onNoAnswer(queries: QueryClient, tell: () => void): () => void {
  const isNoAnswer = (error: unknown): boolean =>
    error instanceof ApiProblem && (error.status === 0 || error.status === 503);
  const stops = [
    queries.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'failed' && isNoAnswer(event.action.error)) tell();
    }),
    queries.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error' && isNoAnswer(event.action.error)) tell();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
