import type { CaseCommand } from '../domain/case-commands.ts';
import { createCaseNumber } from '../domain/case-number.ts';
import { OPENING_CLOCKS } from '../domain/case.ts';
import { planDeadline, profileAt } from '../domain/deadlines.ts';
import type { Channel, Viewer } from '../domain/vocabulary.ts';
import type { Random } from '../platform/random.ts';
import { applyCommand, type Timing } from './case-change.ts';
import type { Clock } from './ports.ts';
import type { CaseChange } from './records.ts';

/** The machine itself, row 1 of `users`. */
export const SYSTEM: Viewer = { userId: 1, role: 'system' };

export type OpenCaseContext = { readonly timing: Timing; readonly clock: Clock; readonly random: Random };

type Opening = {
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly by: Viewer;
};

export function openingCommand({ timing, clock, random }: OpenCaseContext, opening: Opening): CaseCommand {
  const { channel, receivedAt, by } = opening;
  const profile = profileAt(receivedAt);
  return {
    type: 'open',
    by,
    at: clock.now(),
    number: createCaseNumber((count) => random.bytes(count)),
    channel,
    profile,
    receivedAt,
    deadlines: OPENING_CLOCKS[channel].map((kind) =>
      planDeadline(timing.clocks, timing.calendar, kind, profile, receivedAt),
    ),
  };
}

/** A provisional case: it exists before anybody has read the item, so that a mail that kills the parser is on the clock too. */
export function openingChange(
  context: OpenCaseContext,
  item: { readonly caseId: number; readonly channel: Channel; readonly receivedAt: Date },
): CaseChange {
  const { caseId, channel, receivedAt } = item;
  const command = openingCommand(context, { channel, receivedAt, by: SYSTEM });
  const result = applyCommand(context.timing, caseId, null, command);
  if (result.kind === 'refused') throw new Error(`unreachable: opening was refused: ${result.reason}`);
  return result.change;
}
