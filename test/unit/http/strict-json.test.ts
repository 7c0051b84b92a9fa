import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../src/http/strict-json.ts';

const read = (text: string) => parseStrictJson(Buffer.from(text));

describe('a JSON body', () => {
  it('that JSON.stringify can write is read as it was meant', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const text = JSON.stringify(value);
        expect(read(text)).toEqual({ kind: 'ok', value: JSON.parse(text) });
      }),
    );
  });

  it('of any bytes at all is read or refused, and never more leniently than by JSON.parse', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '\\',
      ':',
      ',',
      ' ',
      '\n',
      'a',
      'b',
      '\\u0061',
      '1',
      'null',
      '\u{1f4de}',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(pieces).map((some) => Buffer.from(some.join(''))),
        ),
        (bytes) => {
          const result = parseStrictJson(bytes);
          if (result.kind === 'ok') expect(result.value).toEqual(JSON.parse(Buffer.from(bytes).toString('utf8')));
          else expect(['body.not-utf8', 'body.not-json', 'body.duplicate-key', 'body.too-deep']).toContain(result.code);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"a":1 , "b":{}, "a" : null}',
    '[{"x":{"a":[],"b":1,"a":[]}}]',
    '{"":1,"":1}',
    '{"__proto__":1,"__proto__":2}',
  ])('with a key twice in one object is refused: %s', (text) => {
    expect(read(text)).toEqual({ kind: 'refused', code: 'body.duplicate-key' });
  });

  it.each(['{"a":{"a":1},"b":{"a":2}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a"}', '["a","a"]', '{"a":"{\\"a\\":1}"}'])(
    'with the same word in different places is fine: %s',
    (text) => {
      expect(read(text)).toEqual({ kind: 'ok', value: JSON.parse(text) });
    },
  );

  it('nests 32 deep and no deeper, whatever it nests', () => {
    expect(read('['.repeat(32) + ']'.repeat(32)).kind).toBe('ok');
    expect(read('['.repeat(33) + ']'.repeat(33))).toEqual({ kind: 'refused', code: 'body.too-deep' });
    expect(read('{"a":'.repeat(33) + '1' + '}'.repeat(33))).toEqual({ kind: 'refused', code: 'body.too-deep' });
    expect(read('['.repeat(200_000))).toEqual({ kind: 'refused', code: 'body.too-deep' });
  });

  it.each([
    '',
    ' ',
    '{',
    '{"a"',
    '{"a":',
    '"a',
    '{"a":1}x',
    "{'a':1}",
    '{a:1}',
    '[1,]',
    'NaN',
    '01',
    '"\t"',
    '"\\x"',
    '["a":1]',
    '\ufeff{}',
  ])('cut or malformed is refused: %j', (text) => {
    expect(read(text)).toEqual({ kind: 'refused', code: 'body.not-json' });
  });

  it.each([
    [[0xff]],
    [[0x22, 0xc3, 0x22]],
    [[0x22, 0xc0, 0x80, 0x22]],
    [[0x22, 0xed, 0xa0, 0x80, 0x22]],
    [[0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]],
  ])('of invalid UTF-8 is refused: %j', (bytes) => {
    expect(parseStrictJson(Buffer.from(bytes))).toEqual({ kind: 'refused', code: 'body.not-utf8' });
  });

  it('of one megabyte of quotes and backslashes is scanned once', () => {
    // A scanner that goes back for every quote would need minutes; the test's own limit is the assertion.
    for (const piece of ['\\"', '"', '\\', '{"a":', '""'])
      expect(read(`"${piece.repeat(1_000_000 / piece.length)}`).kind).toBe('refused');
  });
});
