import { decideAcceptance } from './case-acceptance.ts';
import { decideAnswer } from './case-answer.ts';
import { arm, cancel } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import { decideExtension } from './case-extension.ts';
import type { CaseFile } from './case-file.ts';
import { decideHandling } from './case-handling.ts';
import { arePlansOf, clocksStartedBy } from './case-life-clocks.ts';
import { LIFE_RULES, type LifeCommand, type LifeCommandType } from './case-life-commands.ts';
import { decideMark } from './case-marks.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { decideReview } from './case-review.ts';
import type { PlannedDeadline } from './deadlines.ts';
import type { Viewer } from './vocabulary.ts';

type Outcome = readonly Happening[] | CaseRefusal;

/** An order of the later life of a case, with who gives it and when. */
export type GivenLifeCommand = LifeCommand & { readonly by: Viewer; readonly at: Date };

export function isLifeCommand<T extends { readonly type: string }>(
  command: T,
): command is Extract<T, { readonly type: LifeCommandType }> {
  return Object.hasOwn(LIFE_RULES, command.type);
}

/** State and texts are checked by the table, what is left by the family of the order; then its clocks start. */
export function decideLife(file: CaseFile, command: GivenLifeCommand): Outcome {
  const { from, texts } = LIFE_RULES[command.type];
  if (!from.includes(file.state)) return 'wrong-state';
  if (texts.some((field) => command.notes[field] === undefined)) return 'text-missing';
  const outcome = byFamily(file, command);
  if (typeof outcome === 'string') return outcome;
  if (!arePlansOf(clocksStartedBy(file, command), command.deadlines)) return 'wrong-deadline';
  return [...outcome, ...command.deadlines.flatMap((plan) => start(file, outcome, plan, command.type))];
}

function byFamily(file: CaseFile, command: GivenLifeCommand): Outcome {
  switch (command.type) {
    case 'ask-for-more':
    case 'receive-more':
    case 'accept':
    case 'refuse':
    case 'refuse-for-good':
    case 'merge':
    case 'transfer':
    case 'hand-up':
    case 'tell':
      return decideAcceptance(file, command);
    case 'take':
    case 'dispatch':
    case 'rule':
    case 'sign-for':
    case 'object':
      return decideHandling(file, command);
    case 'request-extension':
    case 'grant-extension':
    case 'refuse-extension':
      return decideExtension(file, command);
    case 'submit-result':
    case 'approve-result':
    case 'send-back-result':
    case 'sign-answer':
    case 'deliver':
    case 'record-callback':
    case 'redo':
    case 'close':
    case 'archive':
      return decideAnswer(file, command);
    case 'retract':
    case 'ask-review':
    case 'answer-review':
      return decideReview(file, command);
    case 'link':
    case 'raise-flag':
    case 'lower-flag':
    case 'handle-clue':
      return decideMark(file, command);
  }
}

/** Of each kind one clock runs: an earlier one that still does gives way. */
function start(
  file: CaseFile,
  before: readonly Happening[],
  plan: PlannedDeadline,
  type: LifeCommandType,
): readonly Happening[] {
  const ended = before.some(
    (one) => (one.type === 'deadline-met' || one.type === 'deadline-cancelled') && one.kind === plan.kind,
  );
  const reason = type === 'grant-extension' && plan.kind === 'PERSON' ? 'extension-granted' : null;
  return [...(ended ? [] : cancel(file, plan.kind, 'replaced')), arm(file, plan, reason)];
}
