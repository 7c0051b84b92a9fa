import { describe, expect, it } from 'vitest';
import { classify } from '../../src/rules/classify.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();
const deniedIn = (text: string): readonly string[] => classify(rules, { channel: 'email', text }).deny;

describe('a name that somebody hid', () => {
  it.each(['基*处', '基×教*处', '基础教丨育丨处'])('%s is denied, with its place, and a person looks', (name) => {
    const text = `省教育厅${name}的人向学校索要红包，不给就不批。`;
    const verdict = classify(rules, { channel: 'email', text });
    expect([verdict.deny.length > 0, verdict.review]).toEqual([true, true]);
    expect(verdict.unit === null || !verdict.deny.includes(verdict.unit)).toBe(true);
  });

  it.each([
    '学校组织外出研学，每人收费八百元，不去的要写检讨。',
    '学生*在宿舍被打，学校不管。',
    '孩子报考某院校，学校扣着档案不给。',
    '班主任说我不听领导的话，把我调到村小。',
  ])('is not in ordinary words: %s', (text) => {
    expect(deniedIn(text)).toEqual([]);
  });
});
