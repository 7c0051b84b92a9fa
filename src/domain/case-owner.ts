import type { CaseFile } from './case-file.ts';
import type { CaseState } from './case-states.ts';

/** Who has to do the next thing: never two at once. `nobody`: the case is over. */
export const OWNERS = ['machine', 'office', 'officer', 'unit', 'nobody'] as const;
export type Owner = (typeof OWNERS)[number];

const OF_THE_HANDLER: readonly CaseState[] = ['DISPATCHED', 'IN_PROGRESS', 'EXT_REQUESTED'];

export function ownerOf({ state, assignment, life }: CaseFile): Owner {
  if (state === 'RECEIVED') return 'machine';
  if (state === 'FOLDED' || state === 'ARCHIVED') return 'nobody';
  if (!OF_THE_HANDLER.includes(state)) return 'office';
  if (assignment !== null) return 'unit';
  return life.takenBy === null ? 'office' : 'officer';
}
