import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterFailure, NO_FAILURES, type BackOff } from '../../../src/mailbox/back-off.ts';

const MINUTE = 60_000;
const failure = fc.constantFrom('refused-login', 'other' as const);
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('a refused login is tried five times, then every quarter of an hour with an alarm', () => {
  let state = NO_FAILURES;
  const seen: { delayMs: number; alarm: boolean }[] = [];
  for (let at = 0; at < 7; at += 1) {
    const next = afterFailure(state, 'refused-login', 0.5);
    state = next.state;
    seen.push({ delayMs: next.delayMs, alarm: next.alarm });
  }
  expect(seen.map(({ alarm }) => alarm)).toEqual([false, false, false, false, true, true, true]);
  expect(seen.slice(0, 4).every(({ delayMs }) => delayMs < MINUTE)).toBe(true);
  expect(seen.slice(4).every(({ delayMs }) => delayMs === 15 * MINUTE)).toBe(true);
});

test('a network failure after many refused logins neither hammers the login nor forgets it', () => {
  const lockedOut: BackOff = { failures: 6, refusedLogins: 6 };
  const next = afterFailure(lockedOut, 'other', 0);
  expect(next.alarm).toBe(true);
  expect(next.delayMs).toBeLessThanOrEqual(5 * MINUTE);
  expect(afterFailure(next.state, 'refused-login', 0).delayMs).toBe(15 * MINUTE);
});

test('without jitter the pause grows by 1.7 up to five minutes', () => {
  const pauses = [0, 1, 2, 3, 50].map((failures) => afterFailure({ failures, refusedLogins: 0 }, 'other', 0.999999));
  expect(pauses.map(({ delayMs }) => Math.round(delayMs / 100) / 10)).toEqual([1.7, 2.9, 4.9, 8.4, 300]);
});

test('whatever happened, the pause is at least half of its longest and never above it', () => {
  fc.assert(
    fc.property(fc.array(failure, { minLength: 1, maxLength: 40 }), random, (failures, luck) => {
      let state = NO_FAILURES;
      for (const kind of failures) {
        const longest = afterFailure(state, kind, 1).delayMs;
        const next = afterFailure(state, kind, luck);
        expect(next.delayMs).toBeGreaterThanOrEqual(Math.min(850, longest));
        expect(next.delayMs).toBeLessThanOrEqual(longest);
        expect(next.delayMs).toBeGreaterThanOrEqual(longest / 2);
        state = next.state;
      }
      expect(state.failures).toBe(failures.length);
      expect(state.refusedLogins).toBe(failures.filter((kind) => kind === 'refused-login').length);
    }),
  );
});
