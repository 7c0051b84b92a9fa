import { describe, expect, it } from 'vitest';
import { colours, explainVerdict, plain } from '../../../src/commands/explain-verdict.ts';
import { classify } from '../../../src/rules/classify.ts';
import { loadRules } from '../../rules/load-rules.ts';

const rules = loadRules();

function explained(text: string, subject?: string): string {
  const input = { channel: 'email', text, ...(subject === undefined ? {} : { subject }) } as const;
  return explainVerdict(rules, input, classify(rules, input), plain);
}

describe('what a rule writer is told of a text', () => {
  it('marks the words that counted where they stand, and leaves the rest as it was written', () => {
    const told = explained('补课费每人收三百元。\n第二行', '学校乱收费');
    expect(told.replace(/[【】〔〕]/gu, '')).toContain('学校乱收费\n补课费每人收三百元。\n第二行');
    expect(told).toContain('【学校乱收费】');
  });

  it('names each rule that fired with its reason, its id and its points', () => {
    expect(explained('高二寒假补课费每人六百')).toContain('补课而且收钱  charging.paid-tutoring: +5 category 7, FIN');
  });

  it('shows what was found and did not count, once a place, with why', () => {
    const told = explained('学校没有乱收费，就是食堂的菜里有虫子。');
    const lines = told.split('\n').filter((line) => line.includes('〔乱收费〕') && line.includes('negated'));
    expect(lines).toHaveLength(1);
  });

  it('says by how much the others lost', () => {
    expect(explained('学校补课，收了补课费三百元，孩子作业太多，班主任还打骂学生。')).toMatch(/█ 8 其他突出问题  -\d/u);
  });

  it('says loudly who must not see it', () => {
    expect(explained('给你们厅基础教育处打电话没人接，接了说不归他管。')).toMatch(
      /must not see {2}.*基础教育处 \(BASIC\)/u,
    );
    expect(explained('想问一下转学手续')).toMatch(/must not see {2}nobody/u);
  });

  it('takes colours only for a terminal', () => {
    const input = { channel: 'email', text: '学校乱收费' } as const;
    const coloured = explainVerdict(rules, input, classify(rules, input), colours);
    expect(coloured).toContain('\u001B[1;32m');
    expect(explained('学校乱收费')).not.toContain('\u001B');
  });
});
