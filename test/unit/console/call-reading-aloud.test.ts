import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completions } from '../../../src/console/pages/call/completions.ts';
import { sayDigits } from '../../../src/console/pages/call/say-digits.ts';
import { digitOf } from '../../../src/intake/caller-digits.ts';

describe('what is read aloud', () => {
  it('says 幺 for 1 and keeps the groups apart', () => {
    expect(sayDigits('483 920 176')).toBe('四八三，九二零，幺七六');
  });

  it('can be written down again by whoever listens', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{4}( \d{4}){3}$/u), (code) => {
        const heard = Array.from(sayDigits(code), (word) => digitOf(word) ?? ' ');
        expect(heard.join('')).toBe(code);
      }),
    );
  });
});

describe('names that complete what is typed', () => {
  const names = ['兰州市', '兰州市城关区', '永登县', '皋兰县'];

  it('begin with those that begin like it, the shorter first', () => {
    expect(completions('兰', names, null).map(({ value }) => value)).toEqual(['兰州市', '兰州市城关区', '皋兰县']);
  });

  it('offer what the rules heard before anything was typed, and not again once it stands there', () => {
    expect(completions('', names, '永登县')).toEqual([{ value: '永登县' }]);
    expect(completions('永登县', names, '永登县')).toEqual([]);
    expect(completions('兰州', names, '永登县').map(({ value }) => value)).not.toContain('永登县');
  });
});
