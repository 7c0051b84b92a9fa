import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, KINDS } from '../../../src/domain/vocabulary.ts';
import type { Category } from '../../../src/domain/vocabulary.ts';
import { strengthOf } from '../../../src/rules/confidence.ts';
import { decideCategory } from '../../../src/rules/decide-category.ts';
import type { Tally } from '../../../src/rules/tally.ts';
import { loadRules } from '../../rules/load-rules.ts';

const rules = loadRules();

function tallyOf(scores: Partial<Record<Category, number>>, hard: readonly Category[] = []): Tally {
  return {
    categories: new Map(CATEGORIES.map((category) => [category, scores[category] ?? 0])),
    hard: new Set(hard),
    kinds: new Map(KINDS.map((kind) => [kind, 0])),
    units: new Map(),
    notEducation: 0,
    agencies: new Map(),
    elsewhere: new Map(),
    urgent: 0,
  };
}
const decide = (scores: Partial<Record<Category, number>>, urgent = false, hard: readonly Category[] = []) =>
  decideCategory(rules, tallyOf(scores, hard), urgent).category;

describe('the precedence', () => {
  it('imminent danger comes before everything', () => {
    expect(decide({ 4: 3, 7: 20 }, true)).toBe(4);
    expect(decide({ 4: 3, 7: 20 }, false)).toBe(7);
  });

  it('discipline comes before the money it is about', () => {
    expect(decide({ 2: 6, 7: 8 })).toBe(2);
    expect(decide({ 3: 6, 5: 7 })).toBe(3);
  });

  it('a pending approval comes before the runaround in it', () => {
    expect(decide({ 6: 6, 5: 7 })).toBe(6);
  });

  it('charging comes before supervision and policy, policy before runaround', () => {
    expect(decide({ 7: 5, 4: 6 })).toBe(7);
    expect(decide({ 1: 5, 5: 5 })).toBe(1);
  });

  it('but a weak sign does not push out a strong one', () => {
    expect(decide({ 2: 3.5, 7: 20 })).toBe(7);
  });

  it('what fits nowhere else is 8, and nothing at all is no category', () => {
    expect(decide({ 8: 1 })).toBe(8);
    expect(decide({})).toBeNull();
  });

  it('a hard rule cannot be outvoted by share', () => {
    expect(decide({ 2: 4, 7: 50 }, false, [2])).toBe(2);
  });

  it('is deterministic, and answers only with a category that has points', () => {
    const scores = fc.record(
      Object.fromEntries(CATEGORIES.map((category) => [category, fc.float({ min: -5, max: 30, noNaN: true })])),
    );
    fc.assert(
      fc.property(scores, fc.boolean(), (given, urgent) => {
        const tally = tallyOf(given);
        const decided = decideCategory(rules, tally, urgent);
        expect(decideCategory(rules, tally, urgent)).toEqual(decided);
        if (decided.category !== null) expect(tally.categories.get(decided.category)).toBeGreaterThan(0);
        expect(decided.secondary === null || decided.secondary !== decided.category).toBe(true);
      }),
    );
  });
});

describe('confidence', () => {
  const evidence = fc.float({ min: 0, max: 100, noNaN: true });
  const lead = fc.float({ min: 0, max: 1, noNaN: true });

  it('rises with the evidence and with its lead, and stays between 0 and 1', () => {
    fc.assert(
      fc.property(evidence, evidence, lead, lead, (a, b, x, y) => {
        const low = strengthOf(rules, Math.min(a, b), Math.min(x, y));
        const high = strengthOf(rules, Math.max(a, b), Math.max(x, y));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }),
    );
  });
});
