import { deliveryRefusal } from './case-acceptance.ts';
import { cancelKinds, meetKinds, runningKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import type { CaseFile } from './case-file.ts';
import { feedbackRefusal } from './case-handling.ts';
import type { LifeCommandOf } from './case-life-commands.ts';
import type { LifeHappening } from './case-life-events.ts';
import type { CaseRefusal } from './case-refusals.ts';
import type { DeadlineKind } from './deadlines.ts';
import type { Viewer } from './vocabulary.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type AnswerCommand = LifeCommandOf<
  | 'submit-result'
  | 'approve-result'
  | 'send-back-result'
  | 'sign-answer'
  | 'deliver'
  | 'record-callback'
  | 'redo'
  | 'close'
  | 'archive'
> & { readonly at: Date; readonly by: Viewer };

/** After so many calls in vain a case may be closed without one. */
const MOST_CALLS = 3;

/** From the unit's report to the archive: 办结报告, 审核, 答复意见书, 送达, 回访, 重办, 办结, 归档. */
export function decideAnswer(file: CaseFile, command: AnswerCommand): Outcome {
  const { notes } = command;
  switch (command.type) {
    case 'submit-result':
      return decideResult(file, command);
    case 'approve-result':
      // What one has found another approves.
      if (file.life.result?.by === command.by.userId) return 'same-person';
      return [{ type: 'result-approved', notes }, ...meetKinds(file, ['CHECK3'])];
    case 'send-back-result': {
      const refusal = feedbackRefusal(file, { ...command, form: 'pass' });
      return refusal ?? [{ type: 'result-sent-back', notes }, ...meetKinds(file, ['CHECK3'])];
    }
    case 'sign-answer':
      if (file.life.signed) return 'already-signed';
      return [{ type: 'answer-signed', document: command.document, notes }];
    case 'deliver':
      return decideDelivery(file, command);
    case 'record-callback':
      return decideCallback(file, command);
    case 'redo':
      if (file.life.satisfaction !== 'dissatisfied') return 'not-dissatisfied';
      if (file.life.redone) return 'already-redone';
      return [{ type: 'case-redone', notes }, ...cancelKinds(file, ['REVIEW_ASK', 'TARGET30'], 'redone')];
    case 'close':
      return decideClosing(file, command.notes);
    case 'archive':
      return decideArchiving(file, command.notes);
  }
}

type Of<T extends AnswerCommand['type']> = Extract<AnswerCommand, { readonly type: T }>;

function decideResult(file: CaseFile, command: Of<'submit-result'>): Outcome {
  const { finding, contacted, refundFen, notes } = command;
  if (refundFen !== null && (!Number.isSafeInteger(refundFen) || refundFen < 0)) return 'refund-impossible';
  return [
    { type: 'result-submitted', finding, contacted, refundFen, notes },
    ...meetKinds(file, ['FEEDBACK']),
    ...cancelKinds(file, ['OBJECT5'], 'lapsed'),
  ];
}

/** What the answer to the citizen fulfils. */
const MET_BY_ANSWER: readonly DeadlineKind[] = [
  'NOTICE15',
  'NOTICE15_FWD',
  'NAMED15',
  'NAMED_FB15',
  'DONE60',
  'EXT30',
  'TARGET30',
  'LEADER15',
  'SUPERIOR',
];

function decideDelivery(file: CaseFile, { delivery, callback, notes }: Of<'deliver'>): Outcome {
  if (!file.life.signed) return 'not-signed';
  const refusal = deliveryRefusal(delivery);
  if (refusal !== null) return refusal;
  if (callback && delivery.way === 'impossible') return 'nobody-to-call';
  return [
    { type: 'answer-delivered', delivery, state: callback ? 'CALLBACK' : 'REPLIED', notes },
    ...meetKinds(file, MET_BY_ANSWER),
  ];
}

function decideCallback(file: CaseFile, { reached, satisfaction, notes }: Of<'record-callback'>): Outcome {
  if (reached !== (satisfaction !== null)) return 'satisfaction-mismatch';
  const event: LifeHappening = {
    type: 'callback-made',
    reached,
    satisfaction,
    state: reached ? 'REPLIED' : 'CALLBACK',
    notes,
  };
  return reached ? [event, ...meetKinds(file, ['CALLBACK3'])] : [event];
}

/** What goes on after closing: the citizen's rights, what the body above does, and what a person was asked to do. */
const OUTLIVES: readonly DeadlineKind[] = ['REVIEW_ASK', 'REVIEW', 'RECHECK_ASK', 'RECHECK', 'CALLBACK', 'PERSON'];

function decideClosing(file: CaseFile, notes: AnswerCommand['notes']): Outcome {
  const { satisfaction, redone, callbacks } = file.life;
  if (file.state === 'CALLBACK' && callbacks < MOST_CALLS) return 'call-back-first';
  if (satisfaction === 'dissatisfied' && !redone) return 'redo-first';
  const rest = runningKinds(file).filter((kind) => !OUTLIVES.includes(kind));
  return [{ type: 'case-closed', as: 'done', notes }, ...cancelKinds(file, rest, 'closed')];
}

function decideArchiving(file: CaseFile, notes: AnswerCommand['notes']): Outcome {
  if (file.state !== 'CLOSED' && file.life.told === null) return 'not-told';
  if (runningKinds(file).length > 0) return 'clock-running';
  return [{ type: 'case-archived', notes }];
}
