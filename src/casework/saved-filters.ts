import type { Viewer } from '../domain/vocabulary.ts';
import type { PersonRef } from './life-view.ts';

/** What somebody narrows the queue by, under a name: parameters of the queue's own query. Never words that were searched. */
export type NamedFilter = {
  readonly name: string;
  readonly filter: Readonly<Record<string, string>>;
  /** Everybody at the desk has it. */
  readonly shared: boolean;
};
export type SavedFilter = NamedFilter & { readonly id: number; readonly by: PersonRef };

export type SaveFilterResult =
  | { readonly kind: 'saved'; readonly id: number }
  | { readonly kind: 'refused'; readonly reason: FilterRefusal; readonly message: string };

/** Why a filter was not kept. */
export const FILTER_REFUSALS = {
  'sharing-is-for-supervisors': '只有督办岗位可以设置共用筛选',
  'too-many-filters': '每人最多保存五十个筛选，请先删除不用的',
} as const;
export type FilterRefusal = keyof typeof FILTER_REFUSALS;

const MOST_FILTERS = 50;

/** Whether this person may keep one more filter under a new name, or null. */
export function filterRefusal({ role }: Viewer, { shared }: NamedFilter, others: number): FilterRefusal | null {
  if (shared && role !== 'supervisor') return 'sharing-is-for-supervisors';
  return others >= MOST_FILTERS ? 'too-many-filters' : null;
}
