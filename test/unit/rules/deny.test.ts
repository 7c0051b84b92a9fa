import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denyClosure, ownedMailDomain, unitsOfLeaders } from '../../../src/rules/deny.ts';
import { loadRules } from '../../rules/load-rules.ts';

const rules = loadRules();
const ids = rules.units.map(({ id }) => id);

const unit = (id: string, more: object = {}) => ({
  id,
  name: id,
  kind: 'office' as const,
  aliases: [],
  certainty: 'unsure' as const,
  ...more,
});

describe('the conflict closure', () => {
  it('takes in the unit, the units below it and theirs', () => {
    const units = [unit('TOP'), unit('MID', { parent: 'TOP' }), unit('LOW', { parent: 'MID' }), unit('ELSE')];
    expect(denyClosure({ units }, ['TOP'])).toEqual(['TOP', 'MID', 'LOW']);
    expect(denyClosure({ units }, ['LOW'])).toEqual(['LOW']);
  });

  it('takes in all units of the accused unit’s leader', () => {
    const units = [unit('A', { leader: 'x' }), unit('B', { leader: 'x' }), unit('C', { leader: 'y' })];
    expect(denyClosure({ units }, ['A'])).toEqual(['A', 'B']);
  });

  it('takes in a window and the unit whose people stand at it, either way', () => {
    const units = [unit('BACK', { same_people: ['WINDOW'] }), unit('WINDOW')];
    expect(denyClosure({ units }, ['WINDOW'])).toEqual(['BACK', 'WINDOW']);
    expect(denyClosure({ units }, ['BACK'])).toEqual(['BACK', 'WINDOW']);
  });

  it('keeps an id that the registry does not know', () => {
    expect(denyClosure(rules, ['GONE'])).toEqual(['GONE']);
  });

  it('contains what it was given, is closed, and grows with its input', () => {
    const some = fc.subarray(ids);
    fc.assert(
      fc.property(some, some, (a, b) => {
        const closed = denyClosure(rules, a);
        expect(closed).toEqual(expect.arrayContaining(a));
        expect(denyClosure(rules, closed)).toEqual(closed);
        expect(denyClosure(rules, [...a, ...b])).toEqual(expect.arrayContaining([...closed]));
      }),
    );
  });

  it('of leaders holds every unit but the stationed supervision', () => {
    expect(unitsOfLeaders(rules)).toEqual(ids.filter((id) => id !== 'DISC'));
  });
});

describe('mail domains of bodies in the registry', () => {
  it.each(['lzu.edu.cn', 'stu.lzu.edu.cn', 'LZU.EDU.CN', 'ganseea.cn', 'mail.ganseea.cn.'])('%s is owned', (domain) => {
    expect(ownedMailDomain(rules, domain)).toBe(true);
  });

  it.each(['example.cn', 'notlzu.edu.cn', 'lzu.edu.cn.example.org', 'edu.cn', ''])('%s is not', (domain) => {
    expect(ownedMailDomain(rules, domain)).toBe(false);
  });
});
