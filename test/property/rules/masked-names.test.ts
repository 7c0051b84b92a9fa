import { describe, expect, it } from 'vitest';
import { classify, readText } from '../../../src/rules/classify.ts';
import { occurrencesOf } from '../../../src/rules/find-occurrences.ts';
import { findMaskedNames } from '../../../src/rules/find-masked-names.ts';
import type { HiddenName } from '../../../src/rules/name-trie.ts';
import { loadRules } from '../../rules/load-rules.ts';

const rules = loadRules();
const { names } = rules.masked;

/** Every way to write a name with a disguise of one sort: one for each place in which it fits. */
type Disguise = (name: HiddenName) => readonly string[];

const letters = (name: HiddenName): readonly string[] => [...name.text];
const spread =
  (before: string, after = ''): Disguise =>
  (name) => [
    letters(name)
      .map((letter, i) => (i === 0 ? letter : before + letter) + (i < name.text.length - 1 ? after : ''))
      .join(''),
  ];
const around =
  (open: string, close: string): Disguise =>
  (name) => [
    letters(name)
      .map((letter) => open + letter + close)
      .join(''),
  ];
/** The sign between two characters, wherever it may stand. */
const inserted =
  (sign: string, mayStand: (name: HiddenName, at: number) => boolean = () => true): Disguise =>
  (name) =>
    letters(name).flatMap((_, at) =>
      at > 0 && mayStand(name, at) ? [name.text.slice(0, at) + sign + name.text.slice(at)] : [],
    );
/** The sign in place of a character. At the ends only where what is left is no word of its own. */
const covered =
  (sign: string, mayStand: (name: HiddenName, at: number) => boolean = () => true): Disguise =>
  (name) =>
    letters(name).flatMap((_, at) => {
      if (at === 0 && !name.mayLoseFirst) return [];
      if (at === name.text.length - 1 && !name.mayLoseLast) return [];
      return mayStand(name, at) ? [name.text.slice(0, at) + sign + name.text.slice(at + 1)] : [];
    });
const isInner = (name: HiddenName, at: number): boolean => at > 0 && at < name.text.length - 1;
const isBeforeLastWord = (name: HiddenName, at: number): boolean => at === name.text.length - name.suffix;

const soundAlikes: readonly (readonly string[])[] = [
  '处触',
  '教叫',
  '育玉',
  '局居',
  '厅听',
  '院愿',
  '务误',
  '学雪',
  '办伴',
].map((pair) => [...pair]);
const lookAlikes: readonly (readonly string[])[] = [
  '教孝',
  '育盲',
  '处咎',
  '厅斤',
  '师帅',
  '试拭',
  '基墓',
  '财贩',
  '导寻',
].map((pair) => [...pair]);
const exchanged =
  (pairs: readonly (readonly string[])[], mayStand: (name: HiddenName, at: number) => boolean = () => true): Disguise =>
  (name) =>
    pairs.flatMap(([right = '', wrong = '']) => {
      const at = name.text.indexOf(right);
      return at >= 0 && mayStand(name, at) ? [name.text.replace(right, wrong)] : [];
    });

const DISGUISES: readonly (readonly [string, Disguise])[] = [
  ['a stroke between all characters', spread('丨')],
  ['a dot stroke between all characters', spread('丶')],
  ['a radical between two', inserted('亻')],
  ['an enclosure between two', inserted('囗')],
  ['katakana between two', inserted('ク')],
  ['katakana between all', spread('ノ')],
  ['hiragana between two', inserted('の')],
  ['bopomofo between two', inserted('ㄧ')],
  ['hangul between two', inserted('의')],
  ['a Latin letter between two', inserted('A')],
  ['a Latin word between two', inserted('haha')],
  ['Cyrillic between two', inserted('Ж')],
  ['a multiplication sign between two', inserted('×')],
  ['multiplication signs between all', spread('×')],
  ['two signs between two', inserted('××')],
  ['a square between two', inserted('□')],
  ['a circle between two', inserted('●')],
  ['a picture between two', inserted('😀')],
  ['a family of pictures between two', inserted('👨‍👩‍👧')],
  ['digits between all', spread('1')],
  ['stars and strokes between all', spread('*', '丨')],
  ['spaces and signs between all', spread(' ', '×')],
  ['commas between all', spread('，')],
  ['full stops between all', spread('。')],
  ['ideographic commas between all', spread('、')],
  ['brackets around all', around('【', '】')],
  ['round brackets around all', around('(', ')')],
  ['a strange character between two', inserted('喵', (name, at) => !isBeforeLastWord(name, at))],
  ['a damaged character between two', inserted('\ufffd')],
  ['a star for a character', covered('*')],
  ['a full-width star for a character', covered('＊')],
  ['a multiplication sign for a character', covered('×')],
  ['a square for a character', covered('□')],
  ['an empty circle for a character', covered('○')],
  ['two circles for a character', covered('●●')],
  ['an underscore for a character', covered('_')],
  ['the letter X for a character', covered('X', isInner)],
  ['a syllable for a character', covered('jiao')],
  ['a capital syllable for a character', covered('YUAN')],
  ['a picture for a character', covered('🐶')],
  ['某 for a character', covered('某', isInner)],
  ['a character that sounds alike', exchanged(soundAlikes, isInner)],
  ['a character that looks alike', exchanged(lookAlikes)],
];

function isFound(text: string, term: number): boolean {
  const { reading } = readText(rules, { channel: 'email', text });
  if (occurrencesOf(reading.found, term, 1).length > 0) return true;
  return findMaskedNames(rules.masked, rules.secondReader, reading.text).hits.some((hit) => hit.term === term);
}

const isOneOf = (kind: string) => (name: HiddenName) => rules.terms[name.term]?.kind === kind;

describe('all names of units, leaders, bureaus and of the department', () => {
  it('are enough to speak of all: each unit, and hundreds', () => {
    const units = new Set(names.filter(isOneOf('unit')).map(({ term }) => (rules.terms[term] as { id: string }).id));
    expect(units.size).toBe(rules.units.length);
    expect(names.length).toBeGreaterThan(500);
    expect(names.some(isOneOf('concept'))).toBe(true);
    expect(DISGUISES.length).toBeGreaterThanOrEqual(30);
  });

  it.each(DISGUISES)('P17 are found behind %s', (_title, disguise) => {
    const written = names.flatMap((name) => disguise(name).map((text) => ({ text, term: name.term })));
    expect(written.length).toBeGreaterThan(150);
    expect(written.filter(({ text, term }) => !isFound(`我投诉${text}，没有人管。`, term))).toEqual([]);
  });
});

describe('every unit that is accused under a disguise', () => {
  it.each(DISGUISES)('P17 is denied, and a person looks: %s', (_title, disguise) => {
    const missed: string[] = [];
    for (const name of names.filter(isOneOf('unit'))) {
      const { id } = rules.terms[name.term] as { id: string };
      const [text] = disguise(name);
      if (text === undefined || id === rules.department.supervisor) continue;
      const verdict = classify(rules, {
        channel: 'email',
        text: `我投诉你们厅的${text}，三天没有人接电话，推来推去。`,
      });
      if (!verdict.deny.includes(id) || verdict.unit === id) missed.push(text);
    }
    expect(missed).toEqual([]);
  });
});
