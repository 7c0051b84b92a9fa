import { cancelKinds, meetKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import { armedDeadline, type CaseFile } from './case-file.ts';
import type { LifeCommandOf, MergeTarget } from './case-life-commands.ts';
import type { LifeHappening } from './case-life-events.ts';
import { DELIVERY_WAYS, REFUSE_REASONS, type Delivery } from './case-reasons.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { UNANSWERED_STATES } from './case-states.ts';
import { isUnit } from './case-verdict.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type AcceptanceCommand = LifeCommandOf<
  'ask-for-more' | 'receive-more' | 'accept' | 'refuse' | 'refuse-for-good' | 'merge' | 'transfer' | 'hand-up' | 'tell'
> & { readonly at: Date };
type Exit = LifeCommandOf<'accept' | 'refuse' | 'refuse-for-good' | 'merge' | 'transfer' | 'hand-up'>;

/** From registration to one of the seven exits: 受理, 不予受理, 不再受理, 并案, 转送, 密件直送 (and 补正 on the way). */
export function decideAcceptance(file: CaseFile, command: AcceptanceCommand): Outcome {
  switch (command.type) {
    case 'ask-for-more':
      // The legal clocks run on: neither 信访条例 stops for missing material. Our own waits.
      return [{ type: 'more-asked', notes: command.notes }, ...cancelKinds(file, ['TRIAGE'], 'paused')];
    case 'receive-more':
      return decideSupplement(file, command);
    case 'tell':
      return decideTelling(file, command);
    case 'accept':
    case 'refuse':
    case 'refuse-for-good':
    case 'merge':
    case 'transfer':
    case 'hand-up':
      return decideExit(file, command);
  }
}

function decideSupplement(file: CaseFile, command: AcceptanceCommand & { readonly type: 'receive-more' }): Outcome {
  const { answered, notes, at } = command;
  const waiting = armedDeadline(file, 'SUPPLEMENT');
  if (!answered && waiting !== null && Date.parse(waiting.dueAt) > at.getTime()) return 'still-waiting';
  const event: LifeHappening = { type: 'more-received', answered, notes };
  return answered
    ? [event, ...meetKinds(file, ['SUPPLEMENT'])]
    : [event, ...cancelKinds(file, ['SUPPLEMENT'], 'lapsed')];
}

function decideExit(file: CaseFile, command: Exit): Outcome {
  const { verdict } = file;
  if (verdict === null || !file.confirmed) return 'not-confirmed';
  const sealed = verdict.lane === 'sealed';
  if (command.type === 'hand-up' && !sealed) return 'lane-not-sealed';
  // What is sealed leaves no trace but its stub: no refusal, no transfer, no second case beside it.
  if (command.type !== 'hand-up' && sealed) return 'lane-sealed';
  const event = exitEvent(file, command);
  return typeof event === 'string' ? event : [event, ...meetKinds(file, ['TRIAGE'])];
}

function exitEvent(file: CaseFile, command: Exit): LifeHappening | CaseRefusal {
  const { notes } = command;
  switch (command.type) {
    case 'accept':
      return file.verdict !== null && isUnit(file.verdict.unit) ? { type: 'case-accepted', notes } : 'not-a-unit';
    case 'refuse': {
      const { because, body } = command;
      if (REFUSE_REASONS[because].body && isBlank(body)) return 'body-missing';
      return { type: 'case-refused', because, body, notes };
    }
    case 'refuse-for-good': {
      const { document, decidedOn } = command;
      return isBlank(document) ? 'document-missing' : { type: 'case-refused-for-good', document, decidedOn, notes };
    }
    case 'merge':
      return mergeRefusal(file, command.into) ?? { type: 'case-merged', into: command.into.caseId, notes };
    case 'transfer': {
      const { to, basis } = command;
      if (isBlank(to.name)) return 'body-missing';
      // 信访条例 art. 23, 信访工作条例 art. 30: never to whom it speaks against.
      if (file.verdict?.lane === 'accusation' && to.name === file.verdict.target.name) return 'target-accused';
      return { type: 'case-transferred', to, basis, notes };
    }
    case 'hand-up':
      return { type: 'case-handed-up', to: command.to, notes };
  }
}

function mergeRefusal({ verdict }: CaseFile, { state, lane, units }: MergeTarget): CaseRefusal | null {
  // Only a case that still goes on can take another in.
  if (!UNANSWERED_STATES.includes(state)) return 'target-not-living';
  // An accusation beside a request would be read by whoever works the request.
  if (lane !== verdict?.lane) return 'other-lane';
  return units.some((unit) => verdict.deny.includes(unit)) ? 'unit-denied' : null;
}

function decideTelling(file: CaseFile, command: AcceptanceCommand & { readonly type: 'tell' }): Outcome {
  if (file.life.told !== null) return 'already-told';
  const refusal = deliveryRefusal(command.delivery);
  if (refusal !== null) return refusal;
  const event: LifeHappening = { type: 'citizen-told', delivery: command.delivery, notes: command.notes };
  return [event, ...meetKinds(file, ['NOTICE15', 'NOTICE15_FWD', 'NAMED15'])];
}

/** A letter without its number proves nothing. */
export function deliveryRefusal({ way, reference }: Delivery): CaseRefusal | null {
  return DELIVERY_WAYS[way].reference && isBlank(reference) ? 'reference-missing' : null;
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === '';
}
