import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCaseCode } from '../../../src/domain/case-code.ts';
import { checkNumber, createCaseNumber } from '../../../src/domain/case-number.ts';

const someNumber = fc
  .uint8Array({ minLength: 200, maxLength: 200 })
  .filter((bytes) => bytes.some((byte) => byte % 10 !== 0 && byte < 250))
  .map((bytes) => {
    let next = 0;
    return createCaseNumber((count) => Uint8Array.from({ length: count }, () => bytes[next++ % bytes.length] ?? 0));
  });

function swap(digits: string, index: number): string {
  return `${digits.slice(0, index)}${digits[index + 1] ?? ''}${digits[index] ?? ''}${digits.slice(index + 2)}`;
}

describe('the check digit', () => {
  test('lets every fresh number pass and catches every single wrong digit', () => {
    fc.assert(
      fc.property(someNumber, (number) => {
        expect(checkNumber(number)).toEqual({ kind: 'valid', number });
        for (let index = 0; index < number.length; index += 1) {
          for (let digit = 0; digit <= 9; digit += 1) {
            const wrong = `${number.slice(0, index)}${digit}${number.slice(index + 1)}`;
            expect(checkNumber(wrong).kind).toBe(wrong === number ? 'valid' : 'invalid');
          }
        }
      }),
    );
  });

  test('catches every two neighbours that changed places', () => {
    fc.assert(
      fc.property(someNumber, (number) => {
        for (let index = 0; index < number.length - 1; index += 1) {
          const wrong = swap(number, index);
          expect(checkNumber(wrong).kind).toBe(wrong === number ? 'valid' : 'invalid');
        }
      }),
    );
  });

  test('is met by one number in ten, so that it carries one digit of information and no more', () => {
    let valid = 0;
    for (let number = 100_000_000; number < 100_010_000; number += 1) {
      if (checkNumber(String(number)).kind === 'valid') valid += 1;
    }
    expect(valid).toBe(1_000);
  });
});

/** Chi-square of how often each of `expected` values came, against all alike. */
function chiSquare(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
}

describe('drawn digits', () => {
  test('come equally often at every place', () => {
    const draws = 20_000;
    const places = Array.from({ length: 16 }, () => Array.from({ length: 10 }, () => 0));
    for (let drawn = 0; drawn < draws; drawn += 1) {
      for (const [place, digit] of Array.from(createCaseCode(randomBytes)).entries()) {
        const counts = places[place] ?? [];
        counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1;
      }
    }
    // 9 degrees of freedom: above 60 once in 10^9 for a fair source; a plain `byte % 10` (0 to 5 four percent more often) gives
    // a sum over the 16 places far above.
    for (const counts of places) expect(chiSquare(counts)).toBeLessThan(60);
    const sums = Array.from({ length: 10 }, (_, digit) =>
      places.reduce((sum, counts) => sum + (counts[digit] ?? 0), 0),
    );
    expect(chiSquare(sums)).toBeLessThan(60);
  });

  test('come equally often from every byte there is', () => {
    // Exhaustive where the statistics above are not: each accepted byte value once.
    const counts = Array.from({ length: 10 }, () => 0);
    for (let first = 0; first < 250; first += 1) {
      const digit = Number(createCaseCode(() => Uint8Array.of(first))[0]);
      counts[digit] = (counts[digit] ?? 0) + 1;
    }
    expect(counts).toEqual(Array.from({ length: 10 }, () => 25));
  });
});
