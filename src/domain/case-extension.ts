import { cancelKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import { handlingLimit } from './case-life-clocks.ts';
import type { LifeCommandOf } from './case-life-commands.ts';
import type { CaseRefusal } from './case-refusals.ts';
import type { Viewer } from './vocabulary.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type ExtensionCommand = LifeCommandOf<'request-extension' | 'grant-extension' | 'refuse-extension'> & {
  readonly at: Date;
  readonly by: Viewer;
};

/** 信访条例 art. 33, 信访工作条例 art. 34: not more than 30 days in all, however often it is asked. */
const MOST_DAYS = 30;

/** 延期: asked for before the limit is over, granted by another person, the reason told to the citizen. */
export function decideExtension(file: CaseFile, command: ExtensionCommand): Outcome {
  const { notes } = command;
  if (command.type === 'refuse-extension') return [{ type: 'extension-refused', notes }];
  const limit = handlingLimit(file);
  if (limit === null) return 'no-limit-to-extend';
  const refusal = daysRefusal(file, command.days);
  if (refusal !== null) return refusal;
  if (command.type === 'request-extension') {
    if (Date.parse(limit.dueAt) <= command.at.getTime()) return 'extension-too-late';
    return [{ type: 'extension-requested', days: command.days, notes }];
  }
  if (file.life.request?.by === command.by.userId) return 'same-person';
  return [
    { type: 'extension-granted', days: command.days, notes },
    ...cancelKinds(file, ['DONE60', 'EXT30', 'TARGET30', 'FEEDBACK'], 'extended'),
  ];
}

function daysRefusal({ life }: CaseFile, days: number): CaseRefusal | null {
  if (!Number.isInteger(days) || days < 1) return 'extension-too-short';
  return life.extendedDays + days > MOST_DAYS ? 'extension-too-long' : null;
}
