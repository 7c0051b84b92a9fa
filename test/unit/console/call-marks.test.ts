import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carryMarks, marksWithin, type Marks } from '../../../src/console/pages/call/marks.ts';

const letters = fc.string({ unit: fc.constantFrom(...'乱收费补课'), maxLength: 30 });

function marksOf(text: string, spans: readonly (readonly [number, number])[]): Marks {
  const counted = spans
    .map(
      ([one, other]) => [Math.min(one, other) % (text.length + 1), Math.max(one, other) % (text.length + 1)] as const,
    )
    .filter(([start, end]) => start < end)
    .map(([start, end]) => ({ rule: 'a.b', start, end, reason: '' }));
  return { counted, ignored: [] };
}

describe('marks on a text that is being changed', () => {
  it('still lie on the words on which they lay, whatever was typed before, between or after them', () => {
    fc.assert(
      fc.property(letters, letters, letters, fc.nat(30), fc.nat(30), (head, middle, typed, from, size) => {
        const before = head + middle;
        const at = from % (before.length + 1);
        const cut = Math.min(size, before.length - at);
        const after = before.slice(0, at) + typed + before.slice(at + cut);
        const marks = marksOf(before, [
          [0, 2],
          [at, before.length],
          [2, 5],
        ]);
        const words = marks.counted.map(({ start, end }) => before.slice(start, end));
        for (const { start, end } of carryMarks(marks, before, after).counted) {
          expect(words).toContain(after.slice(start, end));
        }
      }),
    );
  });

  it('stay and move with the text behind an insertion', () => {
    const marks = marksOf('学校乱收费', [[2, 5]]);
    expect(carryMarks(marks, '学校乱收费', '我们学校乱收费').counted).toMatchObject([{ start: 4, end: 7 }]);
  });

  it('go when the words below them are changed', () => {
    const marks = marksOf('学校乱收费', [[2, 5]]);
    expect(carryMarks(marks, '学校乱收费', '学校乱花费').counted).toEqual([]);
  });

  it('are counted from the part of the record that holds them, and left out when they lie across its end', () => {
    const marks: Marks = {
      counted: [
        { rule: 'a', start: 0, end: 2 },
        { rule: 'b', start: 3, end: 5 },
        { rule: 'c', start: 1, end: 4 },
      ],
      ignored: [],
    };
    expect(marksWithin(marks, 3, 4).counted).toEqual([{ rule: 'b', start: 0, end: 2 }]);
    expect(marksWithin(marks, 0, 2).counted).toEqual([{ rule: 'a', start: 0, end: 2 }]);
  });
});
