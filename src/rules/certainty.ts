import { CERTAINTY_SIGNS } from './certainty-signs.ts';
import type { CertaintySign, CertaintyWeights } from './certainty-signs.ts';
import { strengthOf } from './confidence.ts';
import type { CategoryDecision } from './decide-category.ts';
import type { RuleSet } from './rule-set.ts';
import { shareOf } from './second-reader.ts';
import type { SecondOpinion } from './second-reader.ts';
import type { Tally } from './tally.ts';

/** What is known of an answer when its certainty is asked for. */
export type Answer = {
  readonly decision: CategoryDecision;
  /** Points of its category, or of its sort when it has none. */
  readonly evidence: number;
  readonly tallied: Tally;
  readonly opinion: SecondOpinion;
  readonly notEducation: boolean;
  /** UTF-16 units. */
  readonly length: number;
};

/** A share of 0 would have no logarithm. */
const LEAST_SHARE = 0.001;

export function certaintySigns(rules: RuleSet, answer: Answer): CertaintyWeights {
  const { decision, evidence, tallied, opinion, notEducation, length } = answer;
  const { category, lead } = decision;
  const strength = strengthOf(rules, evidence, lead);
  const [first = 0, second = 0] = [...tallied.categories.values()].toSorted((a, b) => b - a).map((n) => Math.max(0, n));
  return {
    base: 1,
    strength,
    strength_squared: strength ** 2,
    agreement: opinion.category === category ? 1 : 0,
    share_of_answer: Math.log(shareOf(rules.secondReader, opinion, category) + LEAST_SHARE),
    share_of_vote: opinion.share,
    points: Math.log(1 + first),
    distance: first > 0 ? (first - second) / first : 0,
    no_category: category === null ? 1 : 0,
    residual_category: category === rules.scoring.residual.category ? 1 : 0,
    not_education: notEducation ? 1 : 0,
    length: Math.log(1 + length),
  };
}

/** How often an answer with these signs is right: never 0 and never 1. */
export function certaintyOf(weights: CertaintyWeights, signs: CertaintyWeights): number {
  const sum = CERTAINTY_SIGNS.reduce((total, sign: CertaintySign) => total + weights[sign] * signs[sign], 0);
  return Math.round(1000 * Math.min(0.98, Math.max(0.02, 1 / (1 + Math.exp(-sum))))) / 1000;
}
