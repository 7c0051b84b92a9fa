import { describe, expect, it } from 'vitest';
import { CATEGORIES, CHANNELS } from '../../src/domain/vocabulary.ts';
import { classify } from '../../src/rules/classify.ts';
import { routeAround } from '../../src/rules/decide-unit.ts';
import { denyClosure } from '../../src/rules/deny.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();
const ids = rules.units.map(({ id }) => id);

describe('the unit that receives a case is never one that is denied', () => {
  it('for every competent unit and every accused set of up to two units', () => {
    const pairs = ids.flatMap((a, i) => [[], [a], ...ids.slice(i + 1).map((b) => [a, b])]);
    let looked = 0;
    for (const accused of pairs) {
      const deny = new Set(denyClosure(rules, accused));
      for (const competent of [...ids, 'NONEDU', 'UNRESOLVED']) {
        const { unit, sealed } = routeAround(rules, competent, deny, false);
        looked += 1;
        if (deny.has(unit)) throw new Error(`${unit} receives a case that accuses ${accused.join(' ')}`);
        if (unit === 'UNRESOLVED' && competent !== 'UNRESOLVED' && !sealed)
          throw new Error(`${competent} fell to nobody unsealed`);
      }
    }
    expect(looked).toBe(pairs.length * (ids.length + 2));
  });

  it('an allowed unit keeps its case, a denied one loses it to the supervision', () => {
    expect(routeAround(rules, 'FIN', new Set(['BASIC']), false)).toEqual({ unit: 'FIN', sealed: false });
    expect(routeAround(rules, 'FIN', new Set(['FIN']), false)).toEqual({ unit: 'DISC', sealed: false });
  });

  it('when the supervision is denied too, the case leaves the house sealed: there is no default unit', () => {
    expect(routeAround(rules, 'FIN', new Set(['FIN', 'DISC']), false)).toEqual({ unit: 'UNRESOLVED', sealed: true });
    expect(routeAround(rules, 'FIN', new Set(), true)).toEqual({ unit: 'UNRESOLVED', sealed: true });
  });
});

describe.each(CHANNELS)('each unit accused by %s', (channel) => {
  it.each(rules.units.filter(({ id }) => id !== 'DISC').map(({ id, name }) => [id, name] as const))(
    '%s %s',
    (id, name) => {
      const verdict = classify(rules, { channel, text: `我投诉${name}，材料交了半年没有人办，推来推去，电话没人接。` });
      expect(verdict.deny).toContain(id);
      expect(verdict.deny).not.toContain(verdict.unit);
      expect(verdict.unit).not.toBe('UNRESOLVED');
      expect(verdict.accused.length).toBeGreaterThan(0);
    },
  );
});

describe('naming everybody silences nobody', () => {
  it('all units in one letter: the supervision has it', () => {
    const everybody = rules.units.filter(({ id }) => id !== 'DISC').map(({ name }) => name);
    const verdict = classify(rules, {
      channel: 'email',
      text: `我举报${everybody.join('、')}，全都推诿扯皮，没人管。`,
    });
    expect(verdict.deny).toEqual(expect.arrayContaining(ids.filter((id) => id !== 'DISC')));
    expect(verdict.unit).toBe('DISC');
  });

  it.each([
    ['the receiving office', '投诉的就是你们效能办，四十多天没有一个人理我'],
    ['the stationed group’s head', '举报驻厅纪检组组长收受购物卡'],
    ['a deputy director', '举报一位副厅长包庇亲戚，收受礼金'],
    ['the whole house', '你们全厅上上下下没有一个管事的，推来推去没人理'],
  ])('R34-R37 %s: sealed, outside, and a person knows', (_title, text) => {
    const verdict = classify(rules, { channel: 'email', text });
    expect(verdict).toMatchObject({
      unit: 'UNRESOLVED',
      lane: 'sealed',
      review: true,
      target: { level: 'other', name: '省纪委监委' },
    });
  });

  it('a leader who is only greeted or asked is not accused', () => {
    for (const text of [
      '尊敬的厅长：县一中乱收费，请查处。',
      '厅长您好，我想反映学校乱收费。',
      '请厅领导派人查处学校乱收费。',
    ])
      expect(classify(rules, { channel: 'email', text }).lane).not.toBe('sealed');
  });

  it('R33 a unit named as helpful is still presumed a conflict', () => {
    expect(
      classify(rules, { channel: 'email', text: '学校乱收费，基教处的同志态度很好，可是教育局不管。' }).deny,
    ).toContain('BASIC');
  });

  it('a unit that is only asked to act keeps the case', () => {
    expect(
      classify(rules, { channel: 'email', text: '小学大班额严重，一个班七十九人。\n\n请基础教育处派人来看看。' }).unit,
    ).toBe('BASIC');
  });

  it('R38 a unit under an old name is the same unit', () => {
    const text = '职业教育与成人教育处的人推来推去，没人理。';
    expect(classify(rules, { channel: 'email', text }).deny).toContain('VOC');
  });

  it('a school’s own office is not the department’s', () => {
    for (const text of ['学院财务处乱收重修费，态度差', '某大学学生处推来推去不给开证明', '县教育局人事处拖着不办'])
      expect(classify(rules, { channel: 'email', text }).deny).toEqual([]);
    expect(classify(rules, { channel: 'email', text: '你们厅的财务处推来推去，没人理' }).deny).toContain('FIN');
  });
});

describe('danger comes first', () => {
  it.each([
    ['学校刚才食堂吃完饭，七个娃上吐下泻送到医院了，学校还乱收费'],
    ['有个女娃坐在学校楼顶上要跳楼，现在底下围了一圈人'],
  ])('%s', (text) => {
    expect(classify(rules, { channel: 'phone', text })).toMatchObject({ urgent: true, category: 4 });
  });
});

describe('the precedence covers every category', () => {
  it('so that none can be lost', () => {
    expect(new Set(rules.scoring.precedence.map(({ category }) => category))).toEqual(new Set(CATEGORIES));
  });
});
