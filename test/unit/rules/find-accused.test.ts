import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/rules/classify.ts';
import { loadRules } from '../../rules/load-rules.ts';

const rules = loadRules();
const read = (text: string) => classify(rules, { channel: 'email', text });

describe('a unit that is named', () => {
  it('is not accused by thanks in a letter without any grievance, and has the letter', () => {
    const verdict = read('写信谢谢师资处的同志，来我们教学点听课，讲得很好。');
    expect(verdict.deny).toEqual([]);
    expect(verdict.unit).toBe('TEACHER');
  });

  it('is accused when the thanks are bitter', () => {
    const verdict = read('真要谢谢师资处，材料交了半年没有人办，推来推去，电话没人接。');
    expect(verdict.deny).toContain('TEACHER');
    expect(verdict.unit).not.toBe('TEACHER');
  });

  it('of a school or of a county is not the department’s', () => {
    expect(read('学校的人事处材料交了半年没有人办，推来推去，电话没人接。').deny).toEqual([]);
    expect(read('县上资助中心推来推去，电话没人接。').deny).toEqual([]);
    expect(read('省教育厅资助中心推来推去，电话没人接。').deny).toContain('AID');
  });

  it('is accused when something was handed to it and nothing came back', () => {
    expect(read('申请书一月份就交给基教处了，推来推去，到现在没人答复。').deny).toContain('BASIC');
  });

  it('is the department’s when it is "yours", even in a letter about a university', () => {
    expect(read('我们学院的新校区图纸报给你们规划处，处长推来推去，不给签字。').deny).toContain('PLAN');
  });

  it('has the question that is put to it', () => {
    const verdict = read('请问校服的检测标准，省教育装备办有没有公布过？');
    expect(verdict).toMatchObject({ deny: [], unit: 'EQUIP' });
  });

  it.each(['人某处', '基*处', '体卫YI处', '彩务处'])('is found behind the nickname %s', (name) => {
    expect(read(`省教育厅${name}，材料交了半年没有人办，推来推去，电话没人接。`).deny).not.toEqual([]);
  });
});

describe('a leader of the department', () => {
  it('is accused by whoever tells of presents to him, and the case leaves sealed', () => {
    expect(read('有人给厅里一位副厅长送了两块手表，发票在我手里。')).toMatchObject({
      lane: 'sealed',
      unit: 'UNRESOLVED',
    });
  });

  it('is not accused by whoever asks him for help', () => {
    expect(read('尊敬的厅领导您好，请看看我们学校的屋顶，下雨就漏。').lane).not.toBe('sealed');
  });
});
