import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../../src/domain/vocabulary.ts';
import { callScriptFile } from '../../../src/rules/call-script.ts';
import { MISSING } from '../../../src/rules/find-missing.ts';
import { readRuleFile } from '../domain/rule-files.ts';

const FILE = readRuleFile('call-script.yaml') as Readonly<Record<string, unknown>>;

function script() {
  return callScriptFile.parse(FILE);
}

describe('the call script of the office', () => {
  it('asks once for each thing that a record needs, and has a word for every category', () => {
    expect(
      script()
        .ask.map(({ about }) => about)
        .toSorted(),
    ).toEqual(MISSING.toSorted());
    expect(script().categories.map(({ category }) => category)).toEqual(CATEGORIES);
  });

  it('promises what the clocks hold: fifteen days to say whether it is taken on', () => {
    expect(script().promise.join('')).toMatch(/15日内.*60日内.*30日/u);
  });

  it('sends somebody in danger to 110 and 120 before anything is written down', () => {
    expect(script().urgent.join('')).toMatch(/110.*120/u);
  });

  it('is Chinese with full-width marks, as it is said', () => {
    const { opening, ask, anonymous, secret, urgent, promise, closing, categories } = script();
    const said = [
      ...[opening, anonymous, secret, urgent, promise, closing].flat(),
      ...ask.map(({ say }) => say),
      ...categories.flatMap(({ say }) => say),
    ];
    for (const sentence of said) expect(sentence).toMatch(/^[\p{Script=Han}0-9，、。；：？“”]+[。？]$/u);
  });
});

describe('a script that does not take effect', () => {
  it.each<[string, object]>([
    ['a misspelt part', { ...FILE, closin: ['再见。'] }],
    ['a part without a line', { ...FILE, opening: [] }],
    ['a thing that is asked twice', { ...FILE, ask: MISSING.map(() => ({ about: 'who', say: '怎么称呼？' })) }],
    ['a ninth category', { ...FILE, categories: [{ category: 9, say: ['还有吗？'] }] }],
    [
      'two entries of one category',
      { ...FILE, categories: [1, 1].map((category) => ({ category, say: ['哪一项？'] })) },
    ],
    ['no file at all', {}],
  ])('%s', (_name, data) => {
    expect(callScriptFile.safeParse(data).success).toBe(false);
  });
});
