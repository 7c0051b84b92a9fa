import { describe, expect, it } from 'vitest';
import type { Channel } from '../../src/domain/vocabulary.ts';
import { classify } from '../../src/rules/classify.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();

function read(text: string, channel: Channel = 'email'): Verdict {
  return classify(rules, { channel, text });
}
function scoreOf(text: string, category: number, channel: Channel = 'email'): number {
  return read(text, channel).scores.find((score) => score.category === category)?.score ?? 0;
}
function whyNot(text: string, words: string, channel: Channel = 'email'): string | undefined {
  return read(text, channel).ignored.find((ignored) => ignored.text === words)?.why;
}

describe('words that the citizen takes back are no evidence', () => {
  it.each([
    ['学校没有乱收费，就是作业太多', '乱收费', 'negated'],
    ['学校不存在体罚，就是作业太多', '体罚', 'negated'],
    ['不是乱收费的问题，是转学办不下来', '乱收费', 'contrasted'],
    ['不反映乱收费，只说作业太多', '乱收费', 'contrasted'],
    ['食堂我没意见，就是作业太多', '食堂', 'denied'],
  ])('%s', (text, words, why) => {
    expect(whyNot(text, words)).toBe(why);
  });

  it('but a rhetorical question asserts what it seems to deny', () => {
    expect(scoreOf('这难道不是乱收费吗？', 7)).toBeGreaterThan(0);
    expect(scoreOf('学校是不是乱收费？', 7)).toBeGreaterThan(0);
  });

  it('but what is missing stays evidence: no receipt, no answer, no qualification', () => {
    expect(scoreOf('收了三百元，没有收据', 7)).toBeGreaterThan(scoreOf('收了三百元', 7));
    expect(scoreOf('给教育局写信没有答复', 5)).toBeGreaterThan(0);
    expect(scoreOf('这所幼儿园没有办学许可证', 4)).toBeGreaterThan(0);
  });

  it('a longer word is not the word in it', () => {
    expect(scoreOf('高速路上的收费站', 7)).toBe(0);
    expect(scoreOf('国家教育投入逐年增加', 8)).toBe(0);
  });
});

describe('words of others are no evidence', () => {
  it('the title of a document and what it forbids', () => {
    expect(scoreOf('《关于治理教育乱收费的意见》我看了', 7)).toBe(0);
    expect(scoreOf('文件规定不得推诿扯皮、乱收费', 7)).toBe(0);
    expect(scoreOf('通知要求“坚决纠正乱收费”', 7)).toBe(0);
  });

  it('while the words that a citizen puts in quotes himself count', () => {
    expect(scoreOf('学校每学期收“补课费”三百元', 7)).toBeGreaterThan(0);
  });

  it('an earlier mail below the answer', () => {
    expect(scoreOf('收到，谢谢。\n> 你反映的乱收费已转办', 7)).toBe(0);
    expect(scoreOf('收到，谢谢。\n-----原始邮件-----\n主题：乱收费', 7)).toBe(0);
    expect(scoreOf('收到，谢谢。\n在 2014年9月1日，效能办写道：\n乱收费已转办', 7)).toBe(0);
  });

  it('a signature', () => {
    expect(scoreOf('作业太多。\n此致\n敬礼\n某校治理乱收费办公室 王某', 7)).toBe(0);
  });

  it('the operator, in every way of writing who speaks', () => {
    expect(scoreOf('话务员：您是反映乱收费吗？\n来电人：不，我问个路。', 7, 'phone')).toBe(0);
    expect(scoreOf('坐席：是乱收费吗？市民：作业太多。', 7, 'phone')).toBe(0);
    expect(scoreOf('spk0: 您好，请讲，是乱收费吗\nspk1: 作业太多', 7, 'phone')).toBe(0);
    expect(scoreOf('spk1: 您好，请讲，是乱收费吗\nspk0: 作业太多', 7, 'phone')).toBe(0);
  });

  it('but the caller, who is the other one', () => {
    expect(scoreOf('话务员：您请讲。\n来电人：学校乱收费。', 7, 'phone')).toBeGreaterThan(0);
    expect(scoreOf('spk0: 您好，请讲\nspk1: 学校乱收费', 7, 'phone')).toBeGreaterThan(0);
  });

  it('and speakers who cannot be told apart are both heard', () => {
    expect(scoreOf('spk0: 学校乱收费\nspk1: 就是乱收费', 7, 'phone')).toBeGreaterThan(0);
  });

  it('a unit that only the operator names is not accused, unless the caller says yes', () => {
    expect(read('话务员：是基教处吗？\n来电人：不是，是县上，推诿不管。', 'phone').deny).toEqual([]);
    expect(read('话务员：是基教处吗？\n来电人：对，就是他们，推诿不管。', 'phone').deny).toContain('BASIC');
  });
});

describe('a text that quotes the notice itself', () => {
  const notice =
    '推诿扯皮、慵懒散拖，教育行政审批不及时、手续繁杂、超过审批时限，教育乱收费，公款吃喝，主体责任不落实、包庇，重大隐患、截留资金，政策补助没有落实。';

  it('goes to a person, not to one of eight categories', () => {
    expect(read(notice).review).toBe(true);
  });

  it('is no complaint when it stands in quotes behind the name of the document', () => {
    expect(read(`方案说：“${notice}”`).category).toBeNull();
  });
});

describe('a text that cannot be trusted goes to a person', () => {
  it.each([
    ['damaged', `学校乱收费${'\ufffd'.repeat(5)}`],
    ['English', 'The school takes money from us every month and nobody answers.'],
    ['Tibetan', 'སློབ་གྲྭས་དངུལ་མང་པོ་བསྡུས་སོང་།'],
    ['empty', ''],
    ['too long', '学校乱收费。'.repeat(40_000)],
  ])('%s', (_title, text) => {
    expect(read(text).review).toBe(true);
  });
});

describe('a complaint in another language', () => {
  it.each([
    ['English', 'The school takes money from us every month and nobody answers.'],
    ['Tibetan', 'སློབ་གྲྭས་དངུལ་མང་པོ་བསྡུས་སོང་།'],
    ['Uyghur', 'مەكتەپ ھەر ئايدا پۇل ئالىدۇ'],
  ])('C27 %s is a matter for a person, not a message without concern', (_title, text) => {
    expect(read(text)).toMatchObject({ kind: 'complaint', lane: 'request', unit: 'UNRESOLVED', review: true });
  });
});
