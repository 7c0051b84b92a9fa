import { describe, expect, it } from 'vitest';
import { classify } from '../../src/rules/classify.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();
const judge = (text: string) => classify(rules, { channel: 'email', text });

/** One sentence in which each of the eight problems is complained of. */
const EIGHT = [
  '乡村教师生活补助文件早就下了，一直没有落实到位。',
  '领导公款吃喝，公车私用。',
  '一把手不履行主体责任，对下属的违纪问题压着不报、包庇袒护。',
  '学校的专项资金被挪用，工程质量没有人监管。',
  '几个处室互相推诿，踢皮球，打电话没有人接。',
  '办学许可证申请了半年不批，还要求反复补材料。',
  '学校乱收费，每人强制收三百元补课费，不给收据。',
  '学校食堂伙食差，宿舍太挤，作业太多，孩子压力很大。',
];

describe('texts that a person has to decide', () => {
  it('R29 a text on which nothing fires has no category, and goes to a person', () => {
    expect(judge('天上云很多，鸽子飞走了。')).toMatchObject({ category: null, evidence: [] });
    expect(judge('你们好，那件事还是老样子，麻烦了，谢谢。')).toMatchObject({ category: null, review: true });
  });

  it('R30 a text on which everything fires goes to a person, who is shown all of it', () => {
    const verdict = judge(EIGHT.join(''));
    expect(verdict.review).toBe(true);
    expect(verdict.scores.length).toBeGreaterThanOrEqual(6);
    for (const one of verdict.scores) expect(one.score).toBeGreaterThan(0);
  });

  it('R31 irony and negation: what is denied is no evidence, and what is left is weak: a person decides', () => {
    const verdict = judge('我们学校没有乱收费。');
    expect(verdict).toMatchObject({ review: true, deny: [] });
    expect(verdict.category).not.toBe(7);
    expect(verdict.ignored.length).toBeGreaterThan(0);
    expect(judge('真是好学校啊，一分钱都不收，就是每人交三百元才让进门。').review).toBe(true);
  });

  it('R32 the notice itself, quoted, is one letter for a person, and accuses nobody of all eight', () => {
    const notice = rules.categories
      .map(({ notice: text }, n) => `（${'一二三四五六七八'[n] ?? ''}）${text}；`)
      .join('');
    const verdict = judge(`转发省教育厅通知：${notice}`);
    expect(verdict).toMatchObject({ review: true, accused: [] });
    expect(verdict.scores.length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    ['“', '‘', '’', '”'],
    ['「', '『', '』', '」'],
  ])("R32 the notice in quotes within quotes %s%s is nobody's complaint", (open, inner, innerEnd, end) => {
    const read = `${open}方案规定：${inner}严禁推诿扯皮、敷衍塞责、门难进、脸难看${innerEnd}${end}`;
    const verdict = judge(`孩子在县二中，学校每学期收取补课费八百元，不开票据。校长念给我们听：${read}，可是费照收。`);
    expect(verdict).toMatchObject({ category: 7, secondary: null });
  });
});
