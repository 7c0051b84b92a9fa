import { describe, expect, it } from 'vitest';
import { shippedRules } from '../../../../src/compose.ts';
import { unitNamed, unitWords } from '../../../../src/intake/register-units.ts';

const UNIT = { former_names: [], aliases: [], shared_aliases: [] };

describe('what a register calls a unit', () => {
  const words = unitWords(shippedRules().rules.units);
  it.each([
    ['财务处', 'FIN'],
    ['省教育厅财务处', 'FIN'],
    ['FIN', 'FIN'],
    ['基础教育处', 'BASIC'],
    ['NONEDU', 'NONEDU'],
    ['后勤处', null],
  ])('%s is %s', (word, unit) => {
    expect(unitNamed(words, word)).toBe(unit);
  });

  it('means none when two are called so, but a name is a name', () => {
    const two = unitWords([
      { ...UNIT, id: 'ONE', name: '教育厅甲处', aliases: ['共处'] },
      { ...UNIT, id: 'TWO', name: '教育厅乙处', aliases: ['共处', '甲处', '(乙|已)处'] },
    ]);
    expect(['甲处', '共处', '乙处', '(乙|已)处'].map((word) => two.get(word))).toEqual([
      'ONE',
      undefined,
      'TWO',
      undefined,
    ]);
  });
});
