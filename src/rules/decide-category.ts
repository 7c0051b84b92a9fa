import type { Category } from '../domain/vocabulary.ts';
import type { RuleSet, Scoring } from './rule-set.ts';
import { highest } from './tally.ts';
import type { Tally } from './tally.ts';

export type CategoryDecision = {
  readonly category: Category | null;
  readonly secondary: Category | null;
  /** How far ahead the category is: 0 nothing, 1 nobody near. */
  readonly lead: number;
};

type Step = Scoring['precedence'][number];

/** A step of the precedence takes its category when it is strong enough, alone and beside the strongest of all. */
function takes(
  step: Step,
  scores: ReadonlyMap<Category, number>,
  tally: Tally,
  urgent: boolean,
  best: number,
): boolean {
  const score = scores.get(step.category) ?? 0;
  if (step.only === 'urgent') return urgent && score >= step.floor;
  if (step.only === 'hard') return tally.hard.has(step.category);
  return score >= step.floor && (tally.hard.has(step.category) || score >= step.share * best);
}

/** domain.md 4.2 as an ordered layer over the scores: the first step that takes its category decides. */
export function decideCategory(rules: RuleSet, tally: Tally, urgent: boolean): CategoryDecision {
  const { precedence, secondary, residual } = rules.scoring;
  const scores = tally.categories;
  // Category 8 is what is left when nothing else fits: it may not push the others out at full strength.
  const best = Math.max(
    ...[...scores].map(([id, score]) => (id === residual.category ? residual.strength * score : score)),
  );
  const category = precedence.find((step) => takes(step, scores, tally, urgent, best))?.category ?? null;
  if (category === null) return { category, secondary: null, lead: 0 };
  const others = new Map([...scores].filter(([other]) => other !== category));
  const second = highest(others, secondary.floor);
  const own = scores.get(category) ?? 0;
  const isArgued = second !== null && second.score >= secondary.share * own;
  const lead = own <= 0 ? 0 : Math.max(0, own - (second?.score ?? 0)) / own;
  return { category, secondary: isArgued ? second.key : null, lead };
}
