import { describe, expect, it } from 'vitest';
import { findMissing } from '../../src/rules/find-missing.ts';
import { loadRules } from './load-rules.ts';

const lacks = (text: string) => findMissing(loadRules(), { channel: 'phone', text }).missing;
const placeIn = (text: string) => findMissing(loadRules(), { channel: 'phone', text }).place;

describe('what a record still lacks', () => {
  it('is everything before anything was said', () => {
    expect(lacks('')).toEqual(['who', 'where', 'when', 'unit', 'wish']);
    expect(lacks('学校收费，家长都有意见')).toEqual(['who', 'where', 'when', 'unit', 'wish']);
  });

  it('is nothing once who, where, when, which unit and what is wanted are said', () => {
    expect(lacks('我姓王，榆中县第九中学上个月收了每人三百元补课费，希望退还。')).toEqual([]);
  });

  it.each([
    '我叫张三丰',
    '我是李明，家住城里',
    '王女士反映',
    '来电人：刘强',
    '他要求匿名',
    '不愿透露姓名',
    '不方便留姓名',
    '我的电话13900000000',
    '联系方式：在信末',
  ])('who: %s', (text) => {
    expect(lacks(text)).not.toContain('who');
  });

  it.each(['我是一名家长', '我是高三学生家长', '王家庄的孩子', '孩子叫什么不说了'])(
    'who is still asked: %s',
    (text) => {
      expect(lacks(text)).toContain('who');
    },
  );

  it.each([
    ['榆中县的一所学校', '兰州市榆中县'],
    ['我在天水', '天水市'],
    ['会宁县和白银市都有', '白银市会宁县'],
    ['陇西有家幼儿园', '定西市陇西县'],
  ])('where: %s', (text, place) => {
    expect(lacks(text)).not.toContain('where');
    expect(placeIn(text)).toBe(place);
  });

  it('where: a university is a place as well, but none of the list', () => {
    expect(lacks('西北师范大学宿舍漏水')).not.toContain('where');
    expect(placeIn('西北师范大学宿舍漏水')).toBeNull();
  });

  it('where: a road that is named after a place is none', () => {
    expect(lacks('酒泉路上的一所学校')).toContain('where');
  });

  it.each([
    '二〇一四年三月收的',
    '2014年7月22日',
    '昨天下午',
    '上个月底',
    '这学期开学以来',
    '三个多月了还没办',
    '国庆放假期间',
    '至今没有答复',
    '五号那天',
    '每学期都收',
    '星期三',
    '暑假补课',
  ])('when: %s', (text) => {
    expect(lacks(text)).not.toContain('when');
  });

  it.each(['学校收了三百元', '找了十二号线客服', '初三五班', '排第一名'])('when is still asked: %s', (text) => {
    expect(lacks(text)).toContain('when');
  });

  it.each(['城东中学', '县教育局', '你们厅财务处', '兰州理工大学', '阳光幼儿园'])('unit: %s', (text) => {
    expect(lacks(text)).not.toContain('unit');
  });

  it.each(['学校', '老师让交钱', '孩子班上'])('unit is still asked: %s', (text) => {
    expect(lacks(text)).toContain('unit');
  });

  it.each(['希望退钱', '请你们查一查', '能不能转学', '要求给个说法', '想问一下怎么报名', '建议取消', '该找谁，怎么办'])(
    'wish: %s',
    (text) => {
      expect(lacks(text)).not.toContain('wish');
    },
  );

  it('asks on when only the operator has said it', () => {
    const text = '话务员：请问您贵姓？大约是什么时候的事？希望怎么解决？\n来电人：学校乱收费。';
    expect(lacks(text)).toEqual(expect.arrayContaining(['who', 'when', 'wish']));
    expect(lacks(`${text}\n话务员：好的。\n来电人：我姓周，上周的事，希望退费。`)).toEqual(['where', 'unit']);
  });

  it('has an answer for any text, in time in line with its length', () => {
    for (const piece of ['我姓', '一二三', '请', '来电人：', '13', '王', '希望…', '\ud83d', '省'])
      expect(lacks(piece.repeat(50_000)).length).toBeLessThanOrEqual(5);
  });
});
