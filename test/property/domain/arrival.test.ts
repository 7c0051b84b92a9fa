import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideArrival } from '../../../src/domain/arrival.ts';

/** One mail as the decision sees it. Small sets, so that random pairs really coincide. */
const someMail = fc.record({
  raw: fc.nat(6),
  messageId: fc.option(fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org')),
  content: fc.nat(2),
  sender: fc.nat(1),
  day: fc.double({ min: 0, max: 20, noNaN: true }),
});

describe('a pair of mails', () => {
  test('is one mail only when bytes, or Message-ID and content, are the same: 100,000 random pairs', () => {
    const seen = { sighting: 0, new: 0, 'message-id-reused': 0, 'possibly-duplicate': 0 };
    fc.assert(
      fc.property(someMail, someMail, (earlier, arriving) => {
        const sameRaw = earlier.raw === arriving.raw;
        const sameMessageId = earlier.messageId !== null && earlier.messageId === arriving.messageId;
        const sameContent = earlier.content === arriving.content;
        const sameSender = earlier.sender === arriving.sender;
        const ageDays = Math.abs(arriving.day - earlier.day);
        const arrival = decideArrival({ sameRaw, sameMessageId, sameContent, sameSender, ageDays });
        expect(arrival.kind === 'sighting').toBe(sameRaw || (sameMessageId && sameContent));
        if (arrival.kind === 'sighting') {
          seen.sighting += 1;
          return;
        }
        expect(arrival.flag === 'message-id-reused').toBe(sameMessageId);
        expect(arrival.flag === 'possibly-duplicate').toBe(!sameMessageId && sameContent && sameSender && ageDays <= 7);
        seen[arrival.flag ?? 'new'] += 1;
      }),
      { numRuns: 100_000 },
    );
    // Every row of the table was really met.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(1_000);
  });
});
