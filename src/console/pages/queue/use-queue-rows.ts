import {
  keepPreviousData,
  queryOptions,
  usePrefetchQuery,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, ask } from '../../api/client.ts';
import type { components, paths } from '../../api/schema.ts';
import { filterText, type QueueFilter } from './queue-filter.ts';
import { isFarPage, pageOf, PAGE_ROWS } from './queue-pages.ts';

export type QueueRow = components['schemas']['QueueRow'];
type Query = NonNullable<paths['/api/cases']['get']['parameters']['query']>;

export type QueueRows = {
  /** undefined: not here yet. */
  rowAt(index: number): QueueRow | undefined;
  /** Where a case stands among the rows that are here. */
  indexOf(caseId: number): number | undefined;
};

/** How many cases there are with a filter; those of the filter before while they are being counted. */
export function useQueueCounts(filter: QueueFilter) {
  return useQuery({
    queryKey: ['counts', filterText(filter)],
    queryFn: async ({ signal }) => ask(api.GET('/api/cases/counts', { params: { query: asQuery(filter) }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Asks for the page of a row before there is a list that shows it. */
export function usePrefetchedRows(filter: QueueFilter, index: number): void {
  usePrefetchQuery(pageQuery(filter, pageOf(index)));
}

/** The rows of some pages. Each page is a query of its own: what is looked at is asked for again, and nothing else is. */
export function useQueueRows(filter: QueueFilter, pages: readonly number[]): QueueRows {
  useForgetFarPages(filter, pages);
  const answers = useQueries({ queries: pages.map((page) => pageQuery(filter, page)), combine: readAnswers });
  return useMemo(() => {
    const rows = new Map<number, QueueRow>();
    const places = new Map<number, number>();
    for (const [n, page] of pages.entries()) {
      for (const [at, row] of (answers[n] ?? []).entries()) {
        rows.set(page * PAGE_ROWS + at, row);
        places.set(row.id, page * PAGE_ROWS + at);
      }
    }
    return { rowAt: (index) => rows.get(index), indexOf: (caseId) => places.get(caseId) };
  }, [answers, pages]);
}

/** The address's words are checked by the service, which says what is wrong with them. */
function asQuery(filter: QueueFilter): Query {
  return filter as Query;
}

const pageKey = (filter: QueueFilter) => ['cases', 'queue', filterText(filter)] as const;

function pageQuery(filter: QueueFilter, page: number) {
  return queryOptions({
    queryKey: [...pageKey(filter), page],
    queryFn: async ({ signal }) => {
      const place = { limit: String(PAGE_ROWS), offset: String(page * PAGE_ROWS) };
      return (await ask(api.GET('/api/cases', { params: { query: { ...asQuery(filter), ...place } }, signal }))).rows;
    },
  });
}

function readAnswers(answers: readonly { readonly data: readonly QueueRow[] | undefined }[]) {
  return answers.map(({ data }) => data);
}

function useForgetFarPages(filter: QueueFilter, pages: readonly number[]): void {
  const queries = useQueryClient();
  useEffect(() => {
    queries.removeQueries({
      queryKey: pageKey(filter),
      predicate: ({ queryKey }) => isFarPage(Number(queryKey[3]), pages),
    });
  }, [queries, filter, pages]);
}
