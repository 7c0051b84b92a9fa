import type { CommandOf } from './case-commands.ts';
import { arm } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import type { CaseRefusal } from './case-refusals.ts';
import type { DeadlineKind } from './deadlines.ts';

/**
 * The clocks of an old case that still waits: whether the citizen was told cannot be read from a register, and that a person
 * confirms it. An acknowledgement is nobody's duty any more.
 */
export const IMPORT_CLOCKS: readonly DeadlineKind[] = ['NOTICE15', 'TRIAGE'];

/**
 * A case of the office's old register. What waits there waits here, for a person to confirm what the register says; what was
 * closed there is filed, and no clock of it ever runs.
 */
export function decideImport(command: CommandOf<'import'>): readonly Happening[] | CaseRefusal {
  const { number, channel, profile, receivedAt, deadlines, verdict, closed, note } = command;
  const wanted = closed === null ? IMPORT_CLOCKS : [];
  const complete = wanted.every((kind) => deadlines.some((deadline) => deadline.kind === kind));
  if (!complete || deadlines.length !== wanted.length) return 'wrong-deadline';
  if (verdict.deny.includes(verdict.unit)) return 'unit-denied';
  return [
    { type: 'case-opened', number, channel, profile, receivedAt: receivedAt.toISOString() },
    { type: 'case-registered' },
    { type: 'verdict-proposed', verdict },
    ...deadlines.map((deadline) => arm(null, deadline, null)),
    { type: 'case-imported', closed, note },
  ];
}

/** What was past when the case came is shown as past, but nobody is urged for it: the ladders of those clocks are over. */
export function changesByImport(
  file: CaseFile,
  {
    closed,
    at,
    by,
  }: Extract<Happening, { readonly type: 'case-imported' }> & { readonly at: string; readonly by: number },
): Partial<CaseFile> {
  const deadlines = file.deadlines.map((deadline) =>
    Date.parse(deadline.dueAt) <= Date.parse(at) ? { ...deadline, lastStep: 'raise' as const } : deadline,
  );
  if (closed === null) return { deadlines };
  const result = closed.finding === null ? null : { finding: closed.finding, by };
  return { state: 'ARCHIVED', confirmed: true, deadlines, life: { ...file.life, closedAs: 'done', result } };
}
