import { describe, expect, test } from 'vitest';
import { type CapCounts, decideCap, type WindowCount } from '../../../src/domain/acknowledgement-caps.ts';

const HOUR_MS = 3_600_000;
const none: WindowCount = { letters: 0, oldestAgeMs: 0 };
const idle: CapCounts = { senderHour: none, senderDay: none, domainHour: none, allHour: none, publicDomain: false };

function full(letters: number, oldestAgeMs = 600_000): WindowCount {
  return { letters, oldestAgeMs };
}

describe('one more letter', () => {
  test.each<[string, Partial<CapCounts>]>([
    ['the first of all', {}],
    ['the third to a sender in an hour', { senderHour: full(2) }],
    ['the tenth to a sender in a day', { senderDay: full(9) }],
    ['the thirtieth to a domain in an hour', { domainHour: full(29) }],
    ['the five hundredth to a public provider', { domainHour: full(499), publicDomain: true }],
    ['the six hundredth of an hour', { allHour: full(599) }],
  ])('%s is free', (_what, counts) => {
    expect(decideCap({ ...idle, ...counts })).toEqual({ kind: 'free' });
  });

  test.each<[string, Partial<CapCounts>, string]>([
    ['the fourth to a sender in an hour', { senderHour: full(3) }, 'sender-hour'],
    ['the thirty-first to a domain in an hour', { domainHour: full(30) }, 'domain-hour'],
    ['the next after five hundred to a public provider', { domainHour: full(500), publicDomain: true }, 'domain-hour'],
    ['the next after six hundred in all', { allHour: full(600) }, 'all-hour'],
  ])('%s waits until the oldest leaves the hour', (_what, counts, cap) => {
    expect(decideCap({ ...idle, ...counts })).toEqual({ kind: 'over', cap, retryAfterMs: HOUR_MS - 600_000 });
  });

  test('the eleventh to a sender in a day waits until the oldest leaves the day', () => {
    expect(decideCap({ ...idle, senderDay: full(10) })).toEqual({
      kind: 'over',
      cap: 'sender-day',
      retryAfterMs: 24 * HOUR_MS - 600_000,
    });
  });

  test('waits at the hourly limit that the office set itself', () => {
    expect(decideCap({ ...idle, allHour: full(50) }, { perHour: 51 })).toEqual({ kind: 'free' });
    expect(decideCap({ ...idle, allHour: full(50) }, { perHour: 50 })).toMatchObject({ kind: 'over', cap: 'all-hour' });
  });

  test('over several caps waits for the last of them', () => {
    expect(decideCap({ ...idle, senderHour: full(3), senderDay: full(10), allHour: full(700) })).toMatchObject({
      cap: 'sender-day',
    });
  });

  test('is never asked for again in the same instant', () => {
    expect(decideCap({ ...idle, senderHour: full(3, HOUR_MS + 5) })).toMatchObject({ kind: 'over', retryAfterMs: 1 });
  });
});
