import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUnsafeText } from '../../../src/http/unsafe-text.ts';

describe('text that no database can keep', () => {
  it.each([
    ['a\0b', ''],
    [{ a: { b: ['x', '\0'] } }, 'a.b.1'],
    [{ a: '\ud83d' }, 'a'],
    [{ a: '\udcde\ud83d' }, 'a'],
    [{ a: { 'b\0': 1 } }, 'a'],
    [['ok', { '\udfff': 1 }], '1'],
  ])('is found by its place: %j', (value, place) => {
    expect(findUnsafeText(value)).toBe(place);
  });

  it.each([null, 1, true, '', '报名\n\u{1f4de}\u{20000}', { a: [null, { b: '\u200b' }] }])(
    'is not what people write: %j',
    (value) => {
      expect(findUnsafeText(value)).toBeNull();
    },
  );

  it('is found wherever it is put', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('\0', '\ud800', '\udfff'), (value, bad) => {
        expect(findUnsafeText({ deep: [value, { x: `一${bad}二` }] })).not.toBeNull();
      }),
    );
  });
});
