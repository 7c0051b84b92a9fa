import { describe, expect, it } from 'vitest';
import { classify } from '../../src/rules/classify.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();

/** Names that citizens write, one a unit; none is shared with other bodies. */
const NAMES: readonly (readonly [string, string])[] = [
  ['BASIC', '基础教育处'],
  ['BASIC', '基教处'],
  ['VOC', '职成教处'],
  ['HIGHER', '高教处'],
  ['TEACHER', '师资处'],
  ['PE', '体卫艺处'],
  ['SUPERV', '督导团'],
  ['EXAM', '考试院'],
  ['LAW', '法规处'],
  ['INTL', '国际合作与交流处'],
  ['SAFETY', '安稳处'],
  ['DEGREE', '省学位办'],
  ['PSC', '普通话测试中心'],
  ['EQUIP', '装备办'],
  ['TEXTBOOK', '教材中心'],
];

const spread = (mark: string) => (name: string) => [...name].join(mark);
const after = (mark: string) => (name: string) => name.slice(0, 1) + mark + name.slice(1);

const TRADITIONAL = new Map(
  [...'础礎教教处處职職师師体體艺藝团團试試规規国國学學话話测測装裝备備办辦材材'].reduce<[string, string][]>(
    (pairs, character, i, all) => (i % 2 === 0 ? [...pairs, [character, all[i + 1] ?? character]] : pairs),
    [],
  ),
);

const KINDS: readonly (readonly [string, (name: string) => string])[] = [
  ['zero-width space', after('\u200b')],
  ['zero-width joiner', after('\u200d')],
  ['bidi override', after('\u202e')],
  ['soft hyphen', after('\u00ad')],
  ['middle dots', spread('·')],
  ['spaces', spread(' ')],
  ['ideographic spaces', spread('　')],
  ['line breaks', spread('\n')],
  ['dashes', spread('-')],
  ['stars', spread('*')],
  ['combining marks', (name) => [...name].map((character) => `${character}\u0336`).join('')],
  ['traditional characters', (name) => [...name].map((character) => TRADITIONAL.get(character) ?? character).join('')],
];

describe.each(KINDS)('a unit written with %s', (_kind, disguise) => {
  it.each(NAMES)('%s %s is still found and denied', (id, name) => {
    const verdict = classify(rules, {
      channel: 'email',
      text: `我打电话给${disguise(name)}，三天没有人接，推来推去，不作为。`,
    });
    expect(verdict.deny).toContain(id);
    expect(verdict.unit).not.toBe(id);
  });
});

describe('a unit written in Latin letters', () => {
  it.each([
    ['jijiaochu', 'BASIC'],
    ['JiJiaoChu', 'BASIC'],
    ['JJC', 'BASIC'],
    ['J.J.C', 'BASIC'],
    ['ＪＪＣ', 'BASIC'],
    ['ЈЈС', 'BASIC'],
    ['ganseea', 'EXAM'],
    ['gaojiaochu', 'HIGHER'],
  ])('%s is found', (written, id) => {
    expect(classify(rules, { channel: 'email', text: `${written} 的人推来推去，没人理，不作为。` }).deny).toContain(id);
  });

  it('letters inside another word are no unit', () => {
    expect(classify(rules, { channel: 'email', text: '网址里有 objjcx 这串字，学校推诿不管。' }).deny).toEqual([]);
  });
});

describe('a unit written by ear', () => {
  it.each([
    ['鸡脚处', 'BASIC'],
    ['法归处', 'LAW'],
    ['毒导团', 'SUPERV'],
    ['高脚处', 'HIGHER'],
    ['体位艺处', 'PE'],
    ['装被办', 'EQUIP'],
    ['教才中心', 'TEXTBOOK'],
    ['后擎服务中心', 'LOGIS'],
  ])('%s is found, and a person looks', (written, id) => {
    const verdict = classify(rules, { channel: 'phone', text: `我给${written}打电话没人接推来推去` });
    expect(verdict.deny).toContain(id);
    expect(verdict.review).toBe(true);
  });

  it.each([
    '学生出了事谁负责',
    '配套教育设施不完善',
    '初三毕业班补课收费',
    '当时指出过没人管',
    '老师只交出一份材料推诿',
  ])('%s only sounds like a unit', (text) => {
    expect(classify(rules, { channel: 'email', text }).deny).toEqual([]);
  });
});

describe('a description in place of a name', () => {
  it.each([
    ['你们楼上管钱的那个处', 'FIN'],
    ['厅里管人事的那个处', 'HR'],
    ['你们管食堂的那个处', 'PE'],
    ['管高考的那个院', 'EXAM'],
    ['管离退休的那个处', 'RETIRE'],
  ])('%s', (words, id) => {
    expect(classify(rules, { channel: 'phone', text: `我反映${words}推诿不作为没人理` }).deny).toContain(id);
  });
});
