import type { DocumentTrap, FillContext } from '../casework/document-press.ts';
import type { TrapWords } from './document-schema.ts';

/** What a typed text is checked against. `mayName`: here the citizen may be named. */
export type TrapCheck = {
  readonly words: TrapWords;
  readonly names: FillContext['names'];
  readonly days: readonly number[];
  readonly mayName: boolean;
};

/** Whether the text falls into the trap. Spaces, invisible characters and width do not hide anything. */
export function fallsInto(trap: DocumentTrap, text: string, { words, names, days, mayName }: TrapCheck): boolean {
  const plain = plainText(text);
  const says = (list: readonly string[]): boolean => list.some((word) => contains(plain, word));
  switch (trap) {
    case 'claims-truth':
    case 'promises-result':
    case 'names-category':
      return says(words[trap]);
    case 'names-handler':
      return says(words[trap]) || says(names.handlers);
    case 'names-accused':
      return says(names.accused);
    case 'names-complainant':
      return !mayName && says(names.complainant);
    case 'repeats-sensitive':
      return says(words[trap]) || PRIVATE_NUMBERS.some((pattern) => pattern.test(plain));
    case 'promises-days':
      return promisedDays(plain).some((length) => !days.includes(length));
  }
}

/** Whether the text names one of them. */
export function namesOne(text: string, names: readonly string[]): boolean {
  const plain = plainText(text);
  return names.some((name) => contains(plain, name));
}

function plainText(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\p{Cf}]/gu, '');
}

/** One character says too little to be a name. */
function contains(plain: string, word: string): boolean {
  const wanted = plainText(word);
  return [...wanted].length > 1 && plain.includes(wanted);
}

const PRIVATE_NUMBERS: readonly RegExp[] = [
  /(?<!\d)\d{17}[\dXx](?!\d)/u, // 居民身份证
  /(?<!\d)1[3-9]\d{9}(?!\d)/u, // mobile
  /(?<!\d)\d{16,19}(?!\d)/u, // bank card
  /[\w.+-]+@[\w-]+\.\w/u,
];

const PROMISED =
  /(?<![月第\d一二三四五六七八九十百两])(\d{1,3}|[一二三四五六七八九十百两]{1,4})个?(工作日|小时|日|天|周|月)(?:之内|以内|内|前(?!后))/gu;

/** Lengths in calendar days; what is no plain number of days counts as -1, which no law gives. */
function promisedDays(plain: string): readonly number[] {
  return [...plain.matchAll(PROMISED)].map(([, amount = '', unit]) =>
    unit === '日' || unit === '天' ? readAmount(amount) : -1,
  );
}

const DIGITS = '零一二三四五六七八九';

/** 1 to 99 in Chinese or Arabic numerals; otherwise -1. */
function readAmount(amount: string): number {
  if (/^\d+$/u.test(amount)) return Number(amount);
  const parts = /^([二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(amount.replace('两', '二'));
  if (parts === null) return -1;
  const [, tens, ten, ones] = parts;
  const digit = (character: string | undefined, otherwise: number): number =>
    character === undefined ? otherwise : DIGITS.indexOf(character);
  if (ten === undefined) return tens === undefined ? digit(ones, -1) : digit(tens, -1);
  return digit(tens, 1) * 10 + digit(ones, 0);
}
