import { dayNumber, dayOf } from './calendar-date.ts';
import { cancelKinds, meetKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import { armedDeadline, type CaseFile } from './case-file.ts';
import { handlingLimit, MOST_DAYS_AHEAD } from './case-life-clocks.ts';
import type { DispatchOrder, LifeCommandOf } from './case-life-commands.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { isUnit, OFFICE_UNIT } from './case-verdict.ts';
import type { Viewer } from './vocabulary.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type HandlingCommand = LifeCommandOf<'take' | 'dispatch' | 'rule' | 'sign-for' | 'object'> & {
  readonly at: Date;
  readonly by: Viewer;
};

/** Who works the case: 自办, 转办, 交办, 签收, 退回异议 and the ruling on it. */
export function decideHandling(file: CaseFile, command: HandlingCommand): Outcome {
  switch (command.type) {
    case 'take':
      if (file.life.objection !== null) return 'ruling-pending';
      if (file.verdict?.deny.includes(OFFICE_UNIT) === true) return 'office-denied';
      return [{ type: 'case-taken', userId: command.by.userId, notes: command.notes }];
    case 'dispatch':
      if (file.life.objection !== null) return 'ruling-pending';
      return dispatchTo(file, command, false);
    case 'rule':
      return file.life.objection === null ? 'nothing-to-rule' : dispatchTo(file, command, true);
    case 'sign-for':
      return [
        { type: 'case-signed-for', unit: file.assignment?.unit ?? '', notes: command.notes },
        ...meetKinds(file, ['SIGN1']),
      ];
    case 'object':
      return decideObjection(file, command);
  }
}

function dispatchTo(file: CaseFile, command: HandlingCommand & DispatchOrder, bound: boolean): Outcome {
  const { form, unit, helpers, userId, feedbackOn, notes } = command;
  const refusal = unitsRefusal(file, unit, helpers) ?? feedbackRefusal(file, command);
  if (refusal !== null) return refusal;
  const { assignment } = file;
  const same = assignment?.unit === unit && assignment.userId === userId && assignment.form === form;
  if (same && String(assignment.helpers) === String(helpers)) return 'already-assigned';
  return [
    { type: 'case-dispatched', form, unit, helpers, userId, feedbackOn, bound, notes },
    ...cancelKinds(file, ['SIGN1', 'OBJECT5', 'FEEDBACK'], 'withdrawn'),
  ];
}

function unitsRefusal({ verdict }: CaseFile, unit: string, helpers: readonly string[]): CaseRefusal | null {
  if (verdict === null) return 'no-verdict';
  if (verdict.lane === 'sealed') return 'lane-sealed';
  const units = [unit, ...helpers];
  if (!units.every(isUnit)) return 'not-a-unit';
  if (units.some((one) => verdict.deny.includes(one))) return 'unit-denied';
  return new Set(units).size === units.length ? null : 'unit-twice';
}

/** 交办 demands a report by a day; no unit may be given longer than the law gives the department. */
export function feedbackRefusal(
  file: CaseFile,
  { at, feedbackOn, form }: { readonly at: Date } & Pick<DispatchOrder, 'feedbackOn' | 'form'>,
): CaseRefusal | null {
  if (feedbackOn === null) return form === 'charge' ? 'feedback-day-missing' : null;
  if (feedbackOn <= dayOf(at)) return 'feedback-day-past';
  if (dayNumber(feedbackOn) - dayNumber(dayOf(at)) > MOST_DAYS_AHEAD) return 'feedback-day-too-late';
  const limit = handlingLimit(file);
  return limit !== null && feedbackOn > dayOf(new Date(Date.parse(limit.dueAt) - 1)) ? 'feedback-day-too-late' : null;
}

function decideObjection(file: CaseFile, command: HandlingCommand & { readonly type: 'object' }): Outcome {
  const { assignment } = file;
  if (assignment === null) return 'no-unit';
  if (assignment.bound) return 'bound-by-ruling';
  const window = armedDeadline(file, 'OBJECT5');
  if (window === null || Date.parse(window.dueAt) <= command.at.getTime()) return 'objection-too-late';
  return [
    { type: 'case-sent-back', unit: assignment.unit, because: command.because, notes: command.notes },
    ...meetKinds(file, ['OBJECT5']),
    ...cancelKinds(file, ['SIGN1', 'FEEDBACK'], 'sent-back'),
  ];
}
