import { cancelKinds, meetKinds, runningKinds } from './case-deadlines.ts';
import type { Happening } from './case-events.ts';
import { armedDeadline, type CaseFile } from './case-file.ts';
import { stageClock } from './case-life-clocks.ts';
import type { LifeCommandOf } from './case-life-commands.ts';
import type { CaseRefusal } from './case-refusals.ts';

type Outcome = readonly Happening[] | CaseRefusal;
type ReviewCommand = LifeCommandOf<'retract' | 'ask-review' | 'answer-review'> & { readonly at: Date };

/** What the citizen does to the case: takes it back, or goes to the body above (复查, then 复核, then no further). */
export function decideReview(file: CaseFile, command: ReviewCommand): Outcome {
  switch (command.type) {
    case 'retract':
      // Whoever reports misconduct does not own the inquiry.
      if (file.verdict?.lane === 'accusation') return 'accusation-goes-on';
      return [
        { type: 'case-closed', as: 'retracted', notes: command.notes },
        ...cancelKinds(file, runningKinds(file), 'retracted'),
      ];
    case 'ask-review':
      return decideAsking(file, command);
    case 'answer-review':
      return decideAnswering(file, command);
  }
}

function decideAsking(
  file: CaseFile,
  { askedAt, at, notes }: ReviewCommand & { readonly type: 'ask-review' },
): Outcome {
  const { review } = file.life;
  if (review === 'final') return 'review-ended';
  if (review === 'asked' || review === 'recheck-asked') return 'review-running';
  if (askedAt.getTime() > at.getTime()) return 'in-the-future';
  const stage = review === null ? 'review' : 'recheck';
  const right = stage === 'review' ? 'REVIEW_ASK' : 'RECHECK_ASK';
  const window = file.deadlines.findLast(({ kind }) => kind === right);
  if (window === undefined) return 'no-review';
  // Asked in time and told to us late is in time: the lapsed clock still says until when.
  if (Date.parse(window.dueAt) <= askedAt.getTime()) return 'review-too-late';
  return [
    { type: 'review-asked', stage, askedAt: askedAt.toISOString(), notes },
    ...(armedDeadline(file, right) === null ? [] : meetKinds(file, [right])),
  ];
}

function decideAnswering(file: CaseFile, command: ReviewCommand & { readonly type: 'answer-review' }): Outcome {
  const { outcome, document, notes } = command;
  const { review } = file.life;
  if (review !== 'asked' && review !== 'recheck-asked') return 'no-review';
  if (document.trim() === '') return 'document-missing';
  const stage = review === 'asked' ? 'review' : 'recheck';
  const state = outcome === 'returned' ? 'IN_PROGRESS' : file.state;
  return [
    { type: 'review-answered', stage, outcome, document, state, notes },
    ...meetKinds(file, [stageClock(file)]),
    ...(outcome === 'returned' ? cancelKinds(file, ['CALLBACK3', 'REVIEW_ASK'], 'redone') : []),
  ];
}
