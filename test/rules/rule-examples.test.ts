import { describe, expect, it } from 'vitest';
import { testRules } from '../../src/rules/test-rules.ts';
import { loadRules, readTextFolder } from './load-rules.ts';

const rules = loadRules();
const baseline = readTextFolder('fixtures/baseline');
const report = testRules(rules, baseline);

describe('the rules of the checkout', () => {
  it('were looked at: there are rules, examples and neutral texts', () => {
    expect(report.rulesTested).toBeGreaterThan(150);
    expect(report.examplesTested).toBeGreaterThan(300);
    expect(report.baselineTested).toBeGreaterThanOrEqual(12);
  });

  it('every rule matches and ignores what it says', () => {
    expect(report.failed).toEqual([]);
  });

  it('no neutral text gets a category, an alarm or an accused unit', () => {
    expect(report.baseline).toEqual([]);
  });

  it('no concept is without an example that contains it', () => {
    expect(report.uncoveredConcepts).toEqual([]);
  });

  it('a rule that breaks its promise is reported by name', () => {
    const [first] = rules.rules;
    if (first === undefined) throw new Error('expected rules');
    const broken = { ...rules, rules: [{ ...first, matches: ['天气好'], ignores: first.matches }] };
    const failed = testRules(broken).failed.map(({ rule, expected }) => `${rule} ${expected}`);
    expect(failed).toEqual([`${first.id} match`, ...first.matches.map(() => `${first.id} ignore`)]);
  });
});
