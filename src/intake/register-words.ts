import { FINDINGS, type Finding } from '../domain/case-reasons.ts';
import type { Category, Channel } from '../domain/vocabulary.ts';
import { plainWord } from './register-mapping.ts';

/** What the words of a register mean without being told. Keys as `plainWord` makes them. */
const CHANNEL_WORDS: Readonly<Record<string, Channel>> = {
  email: 'email',
  mail: 'email',
  邮件: 'email',
  电子邮件: 'email',
  邮箱: 'email',
  来信: 'email',
  phone: 'phone',
  电话: 'phone',
  来电: 'phone',
  热线: 'phone',
};

/** Whether a row of a register still waits for an answer. */
export const REGISTER_STATES = ['open', 'closed'] as const;
export type RegisterState = (typeof REGISTER_STATES)[number];

const STATE_WORDS: Readonly<Record<string, RegisterState>> = {
  open: 'open',
  在办: 'open',
  办理中: 'open',
  正在办理: 'open',
  未办结: 'open',
  待办: 'open',
  否: 'open',
  closed: 'closed',
  办结: 'closed',
  已办结: 'closed',
  已结: 'closed',
  结案: 'closed',
  已答复: 'closed',
  已回复: 'closed',
  已归档: 'closed',
  不予受理: 'closed',
  不再受理: 'closed',
  已转送: 'closed',
  是: 'closed',
};

const NUMERALS = '一二三四五六七八';

export function channelOf(word: string): Channel | null {
  return own(CHANNEL_WORDS, plainWord(word));
}

export function stateOf(word: string): RegisterState | null {
  return own(STATE_WORDS, plainWord(word));
}

/** 属实, 部分属实, 不属实, 待查, or the code itself. */
export function findingOf(word: string): Finding | null {
  const plain = plainWord(word);
  const found = (Object.entries(FINDINGS) as [Finding, string][]).find(([code, name]) => [code, name].includes(plain));
  return found === undefined ? null : found[0];
}

/** 7, （七）, 七 or (七)教育乱收费治理: the eight categories of the notice. */
export function categoryOf(word: string): Category | null {
  const [, sign = ''] = /^[(]?([1-8一二三四五六七八])(?![0-9一二三四五六七八九十])[)]?/u.exec(plainWord(word)) ?? [];
  const number = NUMERALS.includes(sign) ? NUMERALS.indexOf(sign) + 1 : Number(sign);
  return sign === '' ? null : (number as Category); // 1 to 8, by the expression
}

function own<T>(words: Readonly<Record<string, T>>, word: string): T | null {
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}
