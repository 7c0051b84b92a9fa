import type { CaseBody } from '../decision-draft.ts';
import type { Order } from './order-draft.ts';

export type Clock = CaseBody['clocks'][number];

/** What was done last on this page, and the clocks as they were before. */
export type Done = { readonly order: Order; readonly clocks: readonly Clock[] };

/** Which clocks began to run and which stopped between two looks at a case. */
export function clockChanges(
  before: readonly Clock[],
  now: readonly Clock[],
): { readonly started: readonly Clock[]; readonly ended: readonly Clock[] } {
  const running = new Set(before.flatMap(({ id, state }) => (state.code === 'armed' ? [id] : [])));
  return {
    started: now.filter(({ id, state }) => state.code === 'armed' && !running.has(id)),
    ended: now.filter(({ id, state }) => state.code !== 'armed' && running.has(id)),
  };
}
