/**
 * What the certainty of an answer is made from, as a logistic function of it: `base` is there always, the others count as often
 * as they say. Fitted on held-out files of our own labelled texts by `npm run second-reader`.
 */
export const CERTAINTY_SIGNS = [
  'base',
  /** Points behind the answer and its lead over the runner-up, as one number 0..1; and its square. */
  'strength',
  'strength_squared',
  /** 1 when the second reader comes to the same category. */
  'agreement',
  /** Logarithm of the share that the second reader gives the answer. */
  'share_of_answer',
  /** The share of what it thinks itself. */
  'share_of_vote',
  /** Logarithm of the points behind the strongest category. */
  'points',
  /** How far the second category is behind, 0..1. */
  'distance',
  'no_category',
  'residual_category',
  'not_education',
  /** Logarithm of the length. */
  'length',
] as const;
export type CertaintySign = (typeof CERTAINTY_SIGNS)[number];
export type CertaintyWeights = Readonly<Record<CertaintySign, number>>;
