import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { components, paths } from '../../api/schema.ts';
import type { Chosen } from './use-chosen.ts';

export type BulkAction = paths['/api/bulk-orders']['post']['requestBody']['content']['application/json']['action'];
type BulkAnswer = components['schemas']['BulkAnswers']['answers'][number];
/** How many came off well, and what the others said, under the numbers that they have on the screen. */
export type BulkOutcome = {
  readonly done: number;
  readonly left: readonly (BulkAnswer & { readonly number: string })[];
};

type Order = { readonly key: string; readonly action: BulkAction; readonly chosen: Chosen };

export type BulkOrder = {
  readonly sending: boolean;
  readonly report: BulkOutcome | null;
  readonly fault: unknown;
  send(action: BulkAction): void;
  /** The same order under the same key: what was done is not done twice. */
  again(): void;
  /** Puts what became of the last order away. */
  dismiss(): void;
};

/** Gives one order to all that is chosen. What did not come off stays chosen; after claiming everything does. */
export function useBulkOrder(chosen: Chosen, onKeep: (ids: ReadonlySet<number>) => void): BulkOrder {
  const queries = useQueryClient();
  const [report, setReport] = useState<BulkOutcome | null>(null);
  const { mutate, reset, isPending, error, variables } = useMutation({
    mutationFn: sendOrder,
    onSuccess: ({ answers }, order) => {
      const left = answers.filter(({ outcome }) => outcome !== 'done');
      setReport({
        done: answers.length - left.length,
        left: left.map((one) => ({ ...one, number: order.chosen.get(one.caseId)?.numberShown ?? '' })),
      });
      if (order.action.type !== 'claim') onKeep(new Set(left.map(({ caseId }) => caseId)));
    },
    onSettled: () => {
      for (const key of ['cases', 'counts', 'tasks', 'today']) void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  return {
    sending: isPending,
    report,
    fault: error,
    send: (action) => {
      setReport(null);
      mutate({ key: crypto.randomUUID(), action, chosen });
    },
    again: () => {
      if (variables !== undefined) mutate(variables);
    },
    dismiss: () => {
      setReport(null);
      reset();
    },
  };
}

async function sendOrder({ key, action, chosen }: Order): Promise<{ readonly answers: readonly BulkAnswer[] }> {
  const items = [...chosen.values()].map(({ id, version }) => ({ caseId: id, version }));
  return ask(api.POST('/api/bulk-orders', { params: { header: { 'idempotency-key': key } }, body: { action, items } }));
}
