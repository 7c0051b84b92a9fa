import { expect, test } from 'vitest';
import { isStrictAddress, needsSmtpUtf8 } from '../../../src/mailbox/strict-address.ts';

test.each([
  'citizen@example.org',
  'bounce+7f3a.x_y-z@office.example',
  "o'brien@example.org",
  '13900000000@example.cn',
  'a@xn--fsqu00a.example',
  '群众@例子.example',
  `${'a'.repeat(64)}@example.org`,
])('%s may stand in an envelope', (address) => {
  expect(isStrictAddress(address)).toBe(true);
});

test.each([
  '',
  '@',
  'citizen',
  'citizen@',
  '@example.org',
  'a@b@example.org',
  'citizen@example.org, victim@example.org',
  'citizen@example.org victim@example.org',
  'citizen@example.org\r\nRCPT TO:<victim@example.org>',
  'citizen@example.org\0',
  '<citizen@example.org>',
  '"citizen"@example.org',
  'citizen(x)@example.org',
  'citizen@[192.0.2.1]',
  '.citizen@example.org',
  'citizen.@example.org',
  'ci..tizen@example.org',
  'citizen@example..org',
  'citizen@-example.org',
  'citizen@example.org.',
  'citizen＠victim.example@example.org', // U+FF20 becomes "@" when normalised
  'ｃitizen@example.org',
  'citi\u200bzen@example.org',
  'citi\u202ezen@example.org',
  '\ud800@example.org',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b'.repeat(250)}.org`,
])('%j may not', (address) => {
  expect(isStrictAddress(address)).toBe(false);
});

test('only letters outside ASCII need SMTPUTF8', () => {
  expect(needsSmtpUtf8('citizen@example.org')).toBe(false);
  expect(needsSmtpUtf8('群众@example.org')).toBe(true);
});
