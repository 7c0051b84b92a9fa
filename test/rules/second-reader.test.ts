import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownTextsByFile } from '../../scripts/labelled-texts.ts';
import { judgeHeldOut } from '../../scripts/training/fit-certainty.ts';
import { learnPairs } from '../../scripts/training/learn-pairs.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { certaintyOf } from '../../src/rules/certainty.ts';
import { classify } from '../../src/rules/classify.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();
const files = ownTextsByFile();

describe('the second reader', () => {
  it('has learned from the labelled texts as they are: else npm run second-reader', () => {
    const { pairs } = learnPairs(files.flat());
    const kept = readFileSync(join(projectRoot(), 'rules/second-reader.yaml'), 'utf8').split('pairs: |\n')[1] ?? '';
    expect(kept.replaceAll(/^ {2}/gmu, '').trimEnd()).toBe(pairs.trimEnd());
  });

  it('is asked about every text, and does not change what the rules decide', () => {
    const text = '学校收取补课费每人六百元,不给收据。';
    const verdict = classify(rules, { channel: 'email', text });
    expect(verdict).toMatchObject({ category: 7, vote: { category: 7 } });
    const blind = { ...rules, secondReader: { ...rules.secondReader, keys: new Int32Array(2) } };
    const { confidence: _c, review: _r, vote: _v, ...rest } = verdict;
    expect(classify(blind, { channel: 'email', text })).toMatchObject(rest);
  });
});

describe('certainty', () => {
  const judged = judgeHeldOut(rules, files).map(({ signs, right }) => ({
    at: certaintyOf(rules.certainty, signs),
    right,
  }));

  it.each([0, 0.2, 0.4, 0.6, 0.8])(
    'of %f and a fifth more is how often such answers are right, on files held out',
    (from) => {
      const bin = judged.filter(({ at }) => at >= from && at < from + 0.2);
      const said = bin.reduce((sum, { at }) => sum + at, 0) / bin.length;
      const right = bin.filter((answer) => answer.right).length / bin.length;
      expect(bin.length).toBeGreaterThan(50);
      expect(Math.abs(said - right)).toBeLessThan(0.08);
    },
  );

  it('leaves to the machine only what is right in at least 19 of 20 texts held out', () => {
    const alone = judged.filter(({ at }) => at >= rules.scoring.confidence.review_below);
    expect(alone.length / judged.length).toBeGreaterThan(0.4);
    expect(alone.filter(({ right }) => right).length / alone.length).toBeGreaterThanOrEqual(0.95);
  });
});
