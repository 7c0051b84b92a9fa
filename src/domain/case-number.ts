import { randomDigits, type RandomSource } from './random-digits.ts';
import { groupDigits, readDigits } from './spoken-digits.ts';

declare const caseNumber: unique symbol;

/** Nine digits, the last a check digit, the first never 0. Random: neither order nor volume can be read from it. */
export type CaseNumber = string & { readonly [caseNumber]: true };

/** Damm's quasigroup of order 10: row the digit so far, column the next digit. Catches every single wrong digit and every swap of neighbours. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

function checkDigit(digits: string): number {
  return Array.from(digits, Number).reduce((row, digit) => Number(DAMM[row]?.[digit]), 0);
}

function isCaseNumber(digits: string): digits is CaseNumber {
  return /^[1-9]\d{8}$/.test(digits) && checkDigit(digits) === 0;
}

/** A source that begins with 0 this often in a row is broken. */
const MOST_DRAWS = 100;

/** Eight random digits and their check digit. Uniqueness is the caller's: draw again when the number is taken. */
export function createCaseNumber(random: RandomSource): CaseNumber {
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const digits = randomDigits(random, 8);
    const number = `${digits}${checkDigit(digits)}`;
    if (isCaseNumber(number)) return number;
  }
  throw new RangeError('the random source yields nothing but zeros');
}

export type NumberCheck =
  | { readonly kind: 'valid'; readonly number: CaseNumber }
  | { readonly kind: 'invalid'; readonly reason: 'not-nine-digits' | 'mistyped' };

/** Reads a number as people write it. `mistyped`: nine digits, but a digit is wrong or two have changed places. */
export function checkNumber(text: string): NumberCheck {
  const digits = readDigits(text);
  if (isCaseNumber(digits)) return { kind: 'valid', number: digits };
  return { kind: 'invalid', reason: /^\d{9}$/.test(digits) ? 'mistyped' : 'not-nine-digits' };
}

/** "483 920 176": three groups of three, each one breath and one span of memory. */
export function showNumber(number: CaseNumber): string {
  return groupDigits(number, 3);
}
