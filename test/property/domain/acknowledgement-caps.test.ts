import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideCap, type WindowCount } from '../../../src/domain/acknowledgement-caps.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Sent = { readonly at: number; readonly sender: string; readonly domain: string };

function windowOf(letters: readonly Sent[], now: number, ms: number): WindowCount {
  const inside = letters.filter(({ at }) => at > now - ms);
  return { letters: inside.length, oldestAgeMs: now - (inside[0]?.at ?? now) };
}

/** The most letters that any window of this length holds. */
function fullestWindow(letters: readonly Sent[], ms: number): number {
  return Math.max(0, ...letters.map((last) => letters.filter(({ at }) => at <= last.at && at > last.at - ms).length));
}

const someBurst = fc.array(
  fc.record({ gapMs: fc.nat(60_000), sender: fc.nat(19), domain: fc.constantFrom('example.org', 'qq.com') }),
  { minLength: 50, maxLength: 250 },
);

describe('letters sent only when decideCap says free', () => {
  test('keep every cap in every sliding window, and each refused letter is free again when it was told to come back', () => {
    fc.assert(
      fc.property(someBurst, (burst) => {
        const sent: Sent[] = [];
        let now = 0;
        let refused = 0;
        for (const { gapMs, sender: index, domain } of burst) {
          now += gapMs;
          const sender = `${index}@${domain}`;
          const decideAt = (instant: number) => {
            const toSender = sent.filter((letter) => letter.sender === sender);
            const toDomain = sent.filter((letter) => letter.domain === domain);
            return decideCap({
              senderHour: windowOf(toSender, instant, HOUR_MS),
              senderDay: windowOf(toSender, instant, DAY_MS),
              domainHour: windowOf(toDomain, instant, HOUR_MS),
              allHour: windowOf(sent, instant, HOUR_MS),
              publicDomain: domain === 'qq.com',
            });
          };
          const decision = decideAt(now);
          if (decision.kind === 'free') sent.push({ at: now, sender, domain });
          else {
            refused += 1;
            expect(decideAt(now + decision.retryAfterMs)).toEqual({ kind: 'free' });
          }
        }
        for (const sender of new Set(sent.map((letter) => letter.sender))) {
          const letters = sent.filter((letter) => letter.sender === sender);
          expect(fullestWindow(letters, HOUR_MS)).toBeLessThanOrEqual(3);
          expect(fullestWindow(letters, DAY_MS)).toBeLessThanOrEqual(10);
        }
        const toPrivate = sent.filter(({ domain }) => domain === 'example.org');
        expect(fullestWindow(toPrivate, HOUR_MS)).toBeLessThanOrEqual(30);
        expect(refused + sent.length).toBe(burst.length);
      }),
      { numRuns: 40 },
    );
  });
});
