import { describe, expect, it } from 'vitest';
import type { Firing } from '../../../src/rules/fire-rules.ts';
import type { Rule } from '../../../src/rules/rule-set.ts';
import { tally } from '../../../src/rules/tally.ts';
import { loadRules } from '../../rules/load-rules.ts';

const someRule = loadRules().rules[0];

function firing(points: Partial<Rule>): Firing {
  if (someRule === undefined) throw new Error('there are no rules');
  const silent = {
    category: null,
    kind: null,
    unit: null,
    agency: null,
    urgent: false,
    hard: false,
    lastResort: false,
  };
  return { rule: { ...someRule, ...silent, ...points }, score: 2, start: 0, end: 1 };
}

const resort = firing({ category: 8, kind: 'complaint', lastResort: true });

describe('a last resort', () => {
  it('speaks when nothing else does', () => {
    const { categories, kinds } = tally([resort]);
    expect(categories.get(8)).toBe(2);
    expect(kinds.get('complaint')).toBe(2);
  });

  it('gives no category when another rule gave one', () => {
    const { categories, kinds } = tally([firing({ category: 7 }), resort]);
    expect(categories.get(8)).toBe(0);
    expect(kinds.get('complaint')).toBe(0);
  });

  it('leaves the sort to a rule that knows it', () => {
    const { categories, kinds } = tally([resort, firing({ kind: 'consultation' })]);
    expect(kinds.get('complaint')).toBe(0);
    expect(categories.get(8)).toBe(2);
  });

  it('adds up with other last resorts, in any order', () => {
    const other = firing({ category: 1, lastResort: true });
    expect(tally([resort, other])).toEqual(tally([other, resort]));
    expect(tally([resort, other]).categories.get(1)).toBe(2);
  });
});
