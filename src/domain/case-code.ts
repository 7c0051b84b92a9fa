import { randomDigits, type RandomSource } from './random-digits.ts';
import { groupDigits, readDigits } from './spoken-digits.ts';

declare const caseCode: unique symbol;

/** Sixteen random digits (53 bits), the secret half of a lookup. Stored only as a salted, slow hash. */
export type CaseCode = string & { readonly [caseCode]: true };

function isCaseCode(digits: string): digits is CaseCode {
  return /^\d{16}$/.test(digits);
}

export function createCaseCode(random: RandomSource): CaseCode {
  return randomDigits(random, 16) as CaseCode; // sixteen digits by construction
}

/** Reads a code as people write it; null when it cannot be one. */
export function readCode(text: string): CaseCode | null {
  const digits = readDigits(text);
  return isCaseCode(digits) ? digits : null;
}

/** "2718 2818 2845 9045". */
export function showCode(code: CaseCode): string {
  return groupDigits(code, 4);
}
