import { describe, expect, it } from 'vitest';
import { countMoves, replayText } from '../../src/rules/replay-rules.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import { loadRules, readJsonLines } from './load-rules.ts';
import type { ClassifyInput } from '../../src/rules/verdict.ts';

const rules = loadRules();
/** The same rules, with those of one category silenced: a candidate that forgot something. */
const without = (category: number): RuleSet => ({
  ...rules,
  rules: rules.rules.map((rule) => (rule.category === category ? { ...rule, weight: 0, category: null } : rule)),
});
const texts = readJsonLines('fixtures/labelled/public.jsonl') as (ClassifyInput & {
  id: string;
  gold: { category: number };
})[];

describe('a candidate tried on the past', () => {
  it('changes nothing where nothing changed', () => {
    expect(texts.map((text) => replayText(rules, rules, text.id, text))).toEqual(texts.map(() => null));
  });

  it('shows who would move from where to where, the most frequent first', () => {
    const candidate = without(7);
    const changes = texts
      .map((text) => replayText(rules, candidate, text.id, text))
      .filter((change) => change !== null);
    const charged = texts.filter(({ gold }) => gold.category === 7).map(({ id }) => id);
    expect(changes.map(({ id }) => id)).toEqual(expect.arrayContaining(charged.slice(0, 5)));
    const moves = countMoves(changes);
    const categories = moves.filter(({ field }) => field === 'category');
    expect(categories.every(({ before }) => before === '7')).toBe(true);
    expect(categories.map(({ texts: count }) => count)).toEqual(
      categories.map(({ texts: count }) => count).toSorted((a, b) => b - a),
    );
  });

  it('shows a unit that would no longer be denied', () => {
    const candidate: RuleSet = {
      ...rules,
      units: rules.units,
      terms: rules.terms.map((term) => (term.kind === 'unit' && term.id === 'BASIC' ? { ...term, id: 'FIN' } : term)),
    };
    const change = replayText(rules, candidate, 1, {
      channel: 'email',
      text: '给你们厅基础教育处打电话没人接，接了说不归他管。',
    });
    expect(change?.fields.find(({ field }) => field === 'deny')?.before).toContain('BASIC');
  });
});
