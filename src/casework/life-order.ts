import type { LifeCommand, LifeCommandOf, MergeTarget } from '../domain/case-life-commands.ts';
import { clocksStartedBy } from '../domain/case-life-clocks.ts';
import type { CaseCommand } from '../domain/case-commands.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { planDeadline } from '../domain/deadlines.ts';
import type { Notes, TextField } from '../domain/note-ref.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Timing } from './case-change.ts';

/** An order without what follows from it: texts and clocks. */
export type Bare<C extends LifeCommand> = C extends LifeCommand ? Omit<C, 'notes' | 'deadlines'> : never;

/** An order as an officer gives it: without the clocks, which follow from it, and with the other case by its id. */
export type LifeOrder =
  Bare<Exclude<LifeCommand, LifeCommandOf<'merge'>>> | { readonly type: 'merge'; readonly into: number };

/** What officers wrote with it, under the names of TEXT_FIELDS. */
export type OrderTexts = Readonly<Partial<Record<TextField, string>>>;

/** The other case that an order names, if any. */
export function otherCaseOf(order: LifeOrder): number | null {
  if (order.type === 'merge') return order.into;
  return order.type === 'link' ? order.to : null;
}

/** The order as a command on this case: with exactly the clocks that it starts, planned by the calendar of today. */
export function lifeCommand(
  { clocks, calendar }: Timing,
  file: CaseFile,
  given: { readonly by: Viewer; readonly at: Date },
  order: Bare<LifeCommand>,
  notes: Notes = {},
): CaseCommand {
  const bare = { ...order, notes, deadlines: [], ...given } as LifeCommand & typeof given; // what Omit took off is back
  const deadlines = clocksStartedBy(file, bare).map(({ kind, trigger, amount }) =>
    planDeadline(clocks, calendar, kind, file.profile, trigger, amount),
  );
  return { ...bare, deadlines };
}

export function mergeTarget(caseId: number, { state, verdict, assignment }: CaseFile): MergeTarget {
  const units = assignment === null ? [] : [assignment.unit, ...assignment.helpers];
  return { caseId, state, lane: verdict?.lane ?? null, units };
}
