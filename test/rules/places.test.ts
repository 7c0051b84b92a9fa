import { describe, expect, it } from 'vitest';
import { classify } from '../../src/rules/classify.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();

function targetOf(text: string): Verdict['target'] {
  return classify(rules, { channel: 'email', subject: '投诉学校乱收费', text }).target;
}
const county = (name: string): Verdict['target'] => ({ level: 'county', name });
const prefecture = (name: string): Verdict['target'] => ({ level: 'prefecture', name });

describe('a county is found as the longest name that stands there', () => {
  it.each([
    ['会宁县一中强制收资料费', '会宁县教育局'],
    ['静宁县一中强制收资料费', '静宁县教育局'],
    ['正宁县一中强制收资料费', '正宁县教育局'],
    ['宁县一中强制收资料费', '宁县教育局'],
    ['榆中的一所初中强制收资料费', '榆中县教育局'],
    ['高台县一中强制收资料费', '高台县教育局'],
    ['民乐一中强制收资料费', '民乐县教育局'],
    ['合作市一小强制收资料费', '合作市教育局'],
    ['临夏市一小强制收资料费', '临夏市教育局'],
    ['临夏县一小强制收资料费', '临夏县教育局'],
    ['甘谷县一中强制收资料费', '甘谷县教育局'],
    ['甘州区一中强制收资料费', '甘州区教育局'],
    ['兰州新区一所小学强制收资料费', '兰州新区教体局'],
  ])('%s', (text, bureau) => {
    expect(targetOf(text)).toEqual(county(bureau));
  });
});

describe('a prefecture is found when no county is named', () => {
  it.each([
    ['临夏的一所小学强制收资料费', '临夏州教育局'],
    ['甘南一所中学强制收资料费', '甘南州教育局'],
    ['嘉峪关一所中学强制收资料费', '嘉峪关市教育局'],
  ])('%s', (text, bureau) => {
    expect(targetOf(text)).toEqual(prefecture(bureau));
  });
});

describe('what only looks like a place is none', () => {
  it.each([
    ['校企合作市场化以后学校照样收资料费'],
    ['学校建成县级示范校以后照样收资料费'],
    ['人文县域里的学校照样收资料费'],
    ['健康县城里的学校照样收资料费'],
    ['循环县域经济里的学校照样收资料费'],
    ['为了社会安定区里的学校更要管好，照样收资料费'],
    ['学校门前的高台上贴着收资料费的通知'],
    ['酒泉路小学收资料费'],
    ['城关小学收资料费'],
    ['某市职业技术学校收资料费'],
    ['静宁路小学收资料费'],
    ['武都路小学、平凉路小学都收资料费'],
    ['学校的清水里照样收资料费'],
  ])('%s', (text) => {
    expect(['酒泉市教育局', '静宁县教育局', '武都区教育局', '平凉市教育局'].includes(targetOf(text).name ?? '')).toBe(
      false,
    );
    expect(targetOf(text).level).not.toBe('prefecture');
    expect(targetOf(text).name).toBeNull();
  });
});

describe('universities carry places in their names', () => {
  it.each([
    ['天水师范学院收就业指导费', '天水师范学院'],
    ['兰州城市学院收就业指导费', '兰州城市学院'],
    ['河西学院收就业指导费', '河西学院'],
    ['陇东学院收就业指导费', '陇东学院'],
    ['兰州商学院收重修费', '兰州财经大学'],
    ['甘肃政法学院收重修费', '甘肃政法大学'],
    ['黄河岸理工学院收重修费', '黄河岸理工学院'],
  ])('%s', (text, name) => {
    expect(targetOf(text)).toEqual({ level: 'university', name });
  });
});

describe('the level follows who has failed', () => {
  it('one county’s bureau was told and did nothing: its prefecture is asked', () => {
    expect(targetOf('榆中县一中收资料费，向县教育局反映过三次，教育局不管')).toEqual(prefecture('兰州市教育局'));
  });

  it('a department’s own unit is accused: the supervision of the department', () => {
    const { target } = classify(rules, { channel: 'email', text: '给基教处打电话没人接，推来推去' });
    expect(target).toEqual({ level: 'province', name: '厅效能办' });
  });

  it.each([
    [
      '一个县内两校之间转学籍',
      '学籍在榆中县一小，要转到榆中县二小，学籍系统里转不了',
      { level: 'county', name: '榆中县教育局' },
    ],
    [
      '一个市州内两个县之间转学籍',
      '学籍在榆中县一小，要转到永登县一小，学籍系统里转不了',
      { level: 'prefecture', name: '兰州市教育局' },
    ],
    [
      '两个市州之间转学籍',
      '学籍在榆中县一小，要转到会宁县一小，学籍系统里转不了',
      { level: 'province', name: '基础教育处' },
    ],
    ['两个省之间转学籍', '学籍在青海，要转到会宁县一小，学籍系统里转不了', { level: 'other', name: '教育部' }],
  ])('%s', (_title, text, target) => {
    expect(classify(rules, { channel: 'email', text }).target).toEqual(target);
  });

  it('a technical school belongs to another department', () => {
    expect(targetOf('技工学校收就业安置费一千八')).toEqual({ level: 'other', name: '省人社厅' });
  });
});
