import type { paths } from '../../api/schema.ts';

export type QueueCounts = paths['/api/cases/counts']['get']['responses'][200]['content']['application/json'];

/** A count as it is read: "37", "5,000+" where counting stopped, "–" while it is on its way. */
export function shownCount(counts: QueueCounts | undefined, of: keyof QueueCounts['more']): string {
  if (counts === undefined) return '–';
  return `${counts[of].toLocaleString('en')}${counts.more[of] ? '+' : ''}`;
}
