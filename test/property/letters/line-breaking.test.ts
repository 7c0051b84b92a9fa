import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../src/letters/line-breaking.ts';

/** Full width 1, everything of ASCII one half. */
const measure = (text: string): number => [...text].reduce((sum, one) => sum + (one < '\u0080' ? 0.5 : 1), 0);
const official = fc.string({
  unit: fc.constantFrom(...'的一是受理告知书学校年月日，。；：、（）《》“”0123456789ab ', '…', '—'),
  maxLength: 200,
});
const width = fc.integer({ min: 4, max: 28 });

describe('lines', () => {
  it('joined are the text, and none is wider than its place', () => {
    fc.assert(
      fc.property(official, width, width, (text, first, rest) => {
        const room = (n: number): number => (n === 0 ? first : rest);
        const lines = breakLines(text, room, measure);
        expect(lines.join('')).toBe(text);
        lines.forEach((line, n) => expect(measure(line)).toBeLessThanOrEqual(room(n)));
      }),
    );
  });

  it('do not begin with a closing mark or end with an opening one, as long as marks do not fill a line', () => {
    const words = fc.array(fc.constantFrom('受理', '告知书', '（编号', '）', '，', '《条例》', '2026年', '。'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('').replaceAll(/[，。）]{2,}/gu, '。');
        const lines = breakLines(text, () => 12, measure);
        for (const line of lines.slice(1)) expect(line).not.toMatch(/^[，。）》]/u);
        for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/[（《]$/u);
      }),
    );
  });

  it('keep a number in one piece, and cut one that is wider than a line', () => {
    expect(breakLines('编号为483920176的来件', () => 6, measure)).toEqual(['编号为', '483920176的', '来件']);
    expect(breakLines('12345678901234567890', () => 4, measure)).toEqual(['12345678', '90123456', '7890']);
    expect(breakLines('', () => 4, measure)).toEqual(['']);
  });
});
