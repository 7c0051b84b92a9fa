import { type CalendarDate, dayNumber, dayOf } from './calendar-date.ts';
import { cancelKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import { MOST_DAYS_AHEAD } from './case-life-clocks.ts';
import type { LifeCommandOf } from './case-life-commands.ts';
import { CASE_FLAGS, type CaseFlag } from './case-reasons.ts';
import type { CaseRefusal } from './case-refusals.ts';
import type { DeadlineKind } from './deadlines.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type MarkCommand = LifeCommandOf<'link' | 'raise-flag' | 'lower-flag' | 'handle-clue'> & { readonly at: Date };

/** What lies over the states: links, marks, and what the discipline inspection does with a clue. */
export function decideMark(file: CaseFile, command: MarkCommand): Outcome {
  const { notes } = command;
  switch (command.type) {
    case 'link': {
      const { to, as } = command;
      const known = file.life.links.some((link) => link.to === to && link.as === as);
      return known ? 'already-linked' : [{ type: 'case-linked', to, as, notes }];
    }
    case 'raise-flag':
      return decideRaising(file, command);
    case 'lower-flag': {
      const { flag } = command;
      if (file.life.flags[flag] === undefined) return 'flag-not-raised';
      if (CASE_FLAGS[flag].stays) return 'flag-stays';
      return [{ type: 'flag-lowered', flag, notes }, ...cancelKinds(file, CLOCKS_OF[flag] ?? [], 'withdrawn')];
    }
    case 'handle-clue':
      if (file.verdict?.lane !== 'accusation') return 'not-an-accusation';
      if (file.life.clue === command.way) return 'clue-unchanged';
      return [{ type: 'clue-handled', way: command.way, notes }];
  }
}

/** What ends with a mark that was set by mistake. */
const CLOCKS_OF: Readonly<Partial<Record<CaseFlag, readonly DeadlineKind[]>>> = {
  urgent: ['URGENT'],
  media: ['MEDIA48'],
  'major-media': ['MEDIA5', 'MEDIA24'],
  leader: ['LEADER15'],
  superior: ['SUPERIOR', 'NOTICE15_FWD'],
  named: ['NAMED15', 'NAMED_FB15'],
};

/** Of these a case has one. */
const EXCLUDES: Readonly<Partial<Record<CaseFlag, CaseFlag>>> = { named: 'anonymous', anonymous: 'named' };

function decideRaising(file: CaseFile, command: MarkCommand & { readonly type: 'raise-flag' }): Outcome {
  const { flag, why, since, dueOn, at, notes } = command;
  const { flags } = file.life;
  const other = EXCLUDES[flag];
  if (other !== undefined && flags[other] !== undefined) return 'flag-excluded';
  if (flags[flag] !== undefined && !CASE_FLAGS[flag].counted) return 'flag-already-raised';
  if ((flag === 'supervised') !== (why !== null)) return 'supervision-reason';
  if (since !== null && since.getTime() > at.getTime()) return 'in-the-future';
  return dueRefusal(dueOn, at) ?? [{ type: 'flag-raised', flag, why, notes }];
}

function dueRefusal(dueOn: CalendarDate | null, at: Date): CaseRefusal | null {
  if (dueOn === null) return null;
  if (dueOn <= dayOf(at)) return 'feedback-day-past';
  return dayNumber(dueOn) - dayNumber(dayOf(at)) > MOST_DAYS_AHEAD ? 'feedback-day-too-late' : null;
}
