import type { CommandOf } from './case-commands.ts';
import type { Happening } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import type { CaseRefusal } from './case-refusals.ts';
import type { CaseState } from './case-states.ts';
import { isUnit } from './case-verdict.ts';

const SPLITTABLE: readonly CaseState[] = ['NEED_INFO', 'TRIAGE', 'ACCEPTED', 'DISPATCHED', 'IN_PROGRESS'];

/** The accusation never leaves: it stays with the letter, which names everybody. And sealed matter is not taken apart at all. */
export function decideSplit(file: CaseFile, { into, leaves }: CommandOf<'split'>): readonly Happening[] | CaseRefusal {
  if (file.verdict === null) return 'no-verdict';
  if (file.verdict.lane === 'sealed') return 'sealed-not-split';
  if (!SPLITTABLE.includes(file.state)) return 'wrong-state';
  if (leaves.kind === 'accusation' || leaves.lane === 'accusation' || leaves.lane === 'sealed')
    return 'accusation-stays';
  if (!isUnit(leaves.unit)) return 'not-a-unit';
  return leaves.deny.includes(leaves.unit) ? 'unit-denied' : [{ type: 'case-split', into }];
}
