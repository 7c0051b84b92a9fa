import { answerTo } from '../../src/rules/classify.ts';
import { certaintySigns } from '../../src/rules/certainty.ts';
import { CERTAINTY_SIGNS, type CertaintyWeights } from '../../src/rules/certainty-signs.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import { compileSecondReader } from '../../src/rules/second-reader.ts';
import { rightCategories, type LabelledText } from '../labelled-texts.ts';
import { learnPairs } from './learn-pairs.ts';

/** An answer to a text that the second reader had not read: what its certainty is made from, and whether it was right. */
export type JudgedAnswer = { readonly signs: CertaintyWeights; readonly right: boolean };

const ROUNDS = 4_000;
const RATE = 1.5;
/** Keeps weights small where few texts speak. */
const SHRINKAGE = 0.001;

/** Each file is answered by a second reader that learned from all the others. */
export function judgeHeldOut(rules: RuleSet, files: readonly (readonly LabelledText[])[]): JudgedAnswer[] {
  return files.flatMap((held) => {
    const learned = learnPairs(files.filter((file) => file !== held).flat());
    const secondReader = compileSecondReader({ ...learned, certainty: rules.certainty });
    const reading: RuleSet = { ...rules, secondReader };
    return held.map((text) => judge(reading, text));
  });
}

function judge(rules: RuleSet, text: LabelledText): JudgedAnswer {
  const answer = answerTo(rules, { ...text, channel: text.channel ?? 'email' });
  return { signs: certaintySigns(rules, answer), right: rightCategories(text).includes(answer.decision.category) };
}

/** Logistic regression by plain gradient descent: a dozen weights and a few thousand texts need no more. */
export function fitCertainty(judged: readonly JudgedAnswer[]): CertaintyWeights {
  const rows = judged.map(({ signs, right }) => ({ x: CERTAINTY_SIGNS.map((sign) => signs[sign]), y: right ? 1 : 0 }));
  const { means, spreads } = scaleOf(rows.map(({ x }) => x));
  const scaled = rows.map(({ x, y }) => ({ x: x.map((n, i) => (n - (means[i] ?? 0)) / (spreads[i] ?? 1)), y }));
  let weights = CERTAINTY_SIGNS.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = weights.map((weight, i) => (i === 0 ? 0 : SHRINKAGE * weight));
    for (const { x, y } of scaled) {
      const error = 1 / (1 + Math.exp(-x.reduce((sum, n, i) => sum + n * (weights[i] ?? 0), 0))) - y;
      x.forEach((n, i) => (gradient[i] = (gradient[i] ?? 0) + (error * n) / scaled.length));
    }
    weights = weights.map((weight, i) => weight - RATE * (gradient[i] ?? 0));
  }
  return unscaled(weights, means, spreads);
}

/** The first sign is always 1 and stays as it is. */
function scaleOf(rows: readonly (readonly number[])[]): { means: number[]; spreads: number[] } {
  const means = CERTAINTY_SIGNS.map((_, i) =>
    i === 0 ? 0 : rows.reduce((sum, x) => sum + (x[i] ?? 0), 0) / rows.length,
  );
  const spreads = means.map((mean, i) =>
    i === 0 ? 1 : Math.sqrt(rows.reduce((sum, x) => sum + ((x[i] ?? 0) - mean) ** 2, 0) / rows.length) || 1,
  );
  return { means, spreads };
}

function unscaled(weights: readonly number[], means: readonly number[], spreads: readonly number[]): CertaintyWeights {
  const plain = weights.map((weight, i) => weight / (spreads[i] ?? 1));
  plain[0] = (weights[0] ?? 0) - plain.slice(1).reduce((sum, weight, i) => sum + weight * (means[i + 1] ?? 0), 0);
  const rounded = plain.map((weight) => Math.round(weight * 1000) / 1000);
  // Every sign has its weight: they were walked in this order.
  return Object.fromEntries(CERTAINTY_SIGNS.map((sign, i) => [sign, rounded[i] ?? 0])) as Record<
    keyof CertaintyWeights,
    number
  >;
}
