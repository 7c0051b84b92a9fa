import { describe, expect, it } from 'vitest';
import { isForwardSubject, ownText } from '../../../../src/intake/mail-own-text.ts';

const OWN = '材料已补交，请继续办理。';
const QUOTED = '您反映的乱收费问题已登记。';

describe('the sender’s own words', () => {
  it.each([
    ['QQ', `------------------ 原始邮件 ------------------\n发件人: "效能办"\n${QUOTED}`],
    ['Foxmail', `-----原始邮件-----\n${QUOTED}`],
    ['163', `At 2014-07-22 18:26:00, "xiaoneng" <x@shouli.example> wrote:\n>${QUOTED}`],
    ['163 in Chinese', `在 2014-07-22 18:26:00，"效能办" <x@shouli.example> 写道：\n>${QUOTED}`],
    ['Gmail', `On Tue, Jul 22, 2014 at 6:26 PM Office <x@shouli.example> wrote:\n> ${QUOTED}`],
    ['Gmail in Chinese', `2014年7月22日 18:26，效能办 <x@shouli.example> 写道：\n> ${QUOTED}`],
    ['Outlook', `________________________________\n发件人: 效能办\n发送时间: 2014年7月22日\n${QUOTED}`],
    ['Outlook without a rule', `发件人: 效能办\n发送时间: 2014年7月22日\n收件人: 王\n主题: 回执\n\n${QUOTED}`],
    ['Outlook in English', `From: Office\nSent: Tuesday\nTo: Wang\nSubject: receipt\n\n${QUOTED}`],
    ['quote marks alone', `> ${QUOTED}\n> 第二行`],
  ])('end where a thread of %s begins', (_program, thread) => {
    expect(ownText(`${OWN}\n\n${thread}\n`, false)).toBe(OWN);
  });

  it('do not include quotes between which they were written', () => {
    expect(ownText(`> 您何时交的?\n七月二十日交的。\n> 交给谁?\n交给窗口。`, false)).toBe(
      '七月二十日交的。\n交给窗口。',
    );
  });

  it.each([
    '-- \n王小明\n13900000000',
    '发自我的 iPhone',
    '发自我的华为手机',
    'Sent from my iPhone',
    '来自QQ邮箱',
    '从 Windows 版邮件发送',
  ])('do not include the signature %j', (signature) => {
    expect(ownText(`${OWN}\n\n${signature}`, false)).toBe(OWN);
  });

  it('are everything when nothing is quoted', () => {
    const text = '一、收费\n二、补课\n---\n三、发件人:我不知道是谁';
    expect(ownText(text, false)).toBe(text);
  });

  it('are the thread itself when there is nothing else, and in what is passed on', () => {
    const thread = `-----原始邮件-----\n${QUOTED}`;
    expect(ownText(thread, false)).toBe(thread);
    expect(ownText(`请处理\n${thread}`, true)).toContain(QUOTED);
  });

  it('keep a rule of dashes in the middle of a letter', () => {
    const letter = `一\n-- \n${'二\n'.repeat(20)}三`;
    expect(ownText(letter, false)).toBe(letter);
  });
});

describe('subjects', () => {
  it.each([
    ['转发：举报信', true],
    ['Fw: a', true],
    ['FWD: a', true],
    ['Re: a', false],
    ['转学难', false],
    ['举报转发不实信息', false],
  ])('%s passes something on: %s', (subject, forwards) => {
    expect(isForwardSubject(subject)).toBe(forwards);
  });
});
