import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createCaseCode, readCode, showCode } from '../../../src/domain/case-code.ts';
import { checkNumber, createCaseNumber, showNumber } from '../../../src/domain/case-number.ts';
import { randomBelow } from '../../../src/domain/random-digits.ts';

/** Yields the given bytes over and over. */
function repeating(...bytes: number[]): (count: number) => Uint8Array {
  let next = 0;
  return (count) => Uint8Array.from({ length: count }, () => bytes[next++ % bytes.length] ?? 0);
}

describe('a case number', () => {
  test('is eight drawn digits and their check digit', () => {
    // 572 has the check digit 4; a number that is met stays met by zeros.
    expect(createCaseNumber(repeating(5, 7, 2, 4, 0, 0, 0, 0))).toBe('572400000');
    expect(createCaseNumber(repeating(4, 8, 3, 9, 2, 0, 1, 7))).toMatch(/^48392017\d$/);
  });

  test('never begins with a zero, so that it stays whole as a number', () => {
    expect(createCaseNumber(repeating(0, 0, 0, 0, 0, 0, 0, 1, 7, 2, 3, 4, 5, 6, 7, 8))).toMatch(/^72345678\d$/);
    for (let drawn = 0; drawn < 2_000; drawn += 1) expect(createCaseNumber(randomBytes)).toMatch(/^[1-9]\d{8}$/);
  });

  test('is shown in three groups of three', () => {
    const checked = checkNumber('572400004');
    expect(checked).toEqual({ kind: 'invalid', reason: 'mistyped' });
    expect(showNumber(createCaseNumber(repeating(1, 2, 3, 4, 5, 6, 7, 8)))).toMatch(/^123 456 78\d$/);
  });

  test('is read with spaces, hyphens and full-width digits', () => {
    const number = createCaseNumber(repeating(4, 8, 3, 9, 2, 0, 1, 7));
    const wide = Array.from(number, (digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
    for (const text of [
      number,
      showNumber(number),
      ` ${number}\n`,
      wide,
      `${number.slice(0, 4)}-${number.slice(4)}`,
      wide.replace(/(...)/gu, '$1\u3000'),
    ]) {
      expect(checkNumber(text)).toEqual({ kind: 'valid', number });
    }
  });

  test.each(['', '12345678', '1234567890', '12345678a', '012345678', '一二三四五六七八九', '1'.repeat(100_000)])(
    'is not "%.20s"',
    (text) => {
      expect(checkNumber(text).kind).toBe('invalid');
    },
  );

  test('tells a slip of the pen from something else altogether', () => {
    const number = createCaseNumber(repeating(4, 8, 3, 9, 2, 0, 1, 7));
    const wrong = `${number.slice(0, 8)}${(Number(number[8]) + 1) % 10}`;
    expect(checkNumber(wrong)).toEqual({ kind: 'invalid', reason: 'mistyped' });
    expect(checkNumber(number.slice(1))).toEqual({ kind: 'invalid', reason: 'not-nine-digits' });
  });
});

describe('a lookup code', () => {
  test('is sixteen drawn digits in groups of four', () => {
    const code = createCaseCode(repeating(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    expect(code).toBe('0123456789012345');
    expect(showCode(code)).toBe('0123 4567 8901 2345');
  });

  test('is read with spaces and full-width digits, and refused otherwise', () => {
    const code = createCaseCode(randomBytes);
    expect(readCode(showCode(code))).toBe(code);
    expect(readCode(`\u3000${showCode(code)} `)).toBe(code);
    expect(readCode(code.slice(1))).toBeNull();
    expect(readCode(`${code}0`)).toBeNull();
    expect(readCode(`${code.slice(1)}x`)).toBeNull();
  });
});

describe('a random source', () => {
  test('that yields nothing usable is reported, not waited for', () => {
    expect(() => randomBelow(repeating(255), 10)).toThrow(RangeError);
    expect(() => randomBelow(() => new Uint8Array(0), 10)).toThrow(RangeError);
    expect(() => createCaseNumber(repeating(0))).toThrow(RangeError);
  });

  test('has its uneven end cut off', () => {
    expect(randomBelow(repeating(255, 250, 249), 10)).toBe(9);
    expect(randomBelow(repeating(255), 256)).toBe(255);
  });
});
