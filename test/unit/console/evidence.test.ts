import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitMarks } from '../../../src/console/evidence/split-marks.ts';

const words = (rule: string, start: number, end: number) => ({ rule, start, end });

describe('splitting a text at its marks', () => {
  test('a text without marks is one plain piece', () => {
    expect(splitMarks('开学一个月还没有课本', [], [])).toEqual([
      { start: 0, text: '开学一个月还没有课本', deciding: [], ignored: [] },
    ]);
  });

  test('an empty text has no pieces', () => {
    expect(splitMarks('', [words('a', 0, 3)], [])).toEqual([]);
  });

  test('where two rules overlap the shared words name both', () => {
    const pieces = splitMarks('强制收取资料费', [words('compulsion', 0, 4), words('fee', 2, 7)], []);
    expect(pieces.map(({ text, deciding }) => [text, deciding.map(({ rule }) => rule)])).toEqual([
      ['强制', ['compulsion']],
      ['收取', ['compulsion', 'fee']],
      ['资料费', ['fee']],
    ]);
  });

  test('ignored words keep why they do not count', () => {
    const [plain, ignored] = splitMarks('不是收费', [], [{ ...words('fee', 2, 4), why: 'negated' }]);
    expect(plain?.ignored).toEqual([]);
    expect(ignored?.ignored.map(({ why }) => why)).toEqual(['negated']);
  });

  test('a mark that begins inside a character takes the whole character', () => {
    const pieces = splitMarks('𠮷校', [words('a', 1, 3)], []);
    expect(pieces.map(({ text }) => text)).toEqual(['𠮷校']);
  });

  test('marks outside the text, empty ones and turned ones mark nothing', () => {
    const pieces = splitMarks('校长', [words('a', 5, 9), words('b', 1, 1), words('c', 2, 0), words('d', -4, 0)], []);
    expect(pieces).toHaveLength(1);
    expect(pieces[0]?.deciding).toEqual([]);
  });

  test('whatever the marks, the pieces joined are the text and every piece begins where it says', () => {
    const mark = fc.record({
      rule: fc.string(),
      start: fc.integer({ min: -5, max: 60 }),
      end: fc.integer({ min: -5, max: 60 }),
    });
    const ignored = fc.record({ rule: fc.string(), start: fc.nat(60), end: fc.nat(60), why: fc.string() });
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(mark), fc.array(ignored), (text, a, b) => {
        const pieces = splitMarks(text, a, b);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const { start, text: piece } of pieces) expect(text.startsWith(piece, start)).toBe(true);
      }),
    );
  });
});
