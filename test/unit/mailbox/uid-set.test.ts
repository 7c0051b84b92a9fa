import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uidBatches, uidSet } from '../../../src/mailbox/uid-set.ts';

test('neighbours become a range', () => {
  expect(uidSet([1, 2, 3, 7, 9, 10])).toBe('1:3,7,9:10');
  expect(uidSet([5])).toBe('5');
});

test('batches hold every UID once, ascending, and their sets name exactly them', () => {
  const uid = fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 4_294_967_295 }));
  fc.assert(
    fc.property(fc.array(uid, { maxLength: 500 }), (uids) => {
      const batches = uidBatches(uids);
      expect(batches.flat()).toEqual([...new Set(uids)].toSorted((a, b) => a - b));
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(uidSet(batch).length).toBeLessThan(2_000); // far below the 8192 bytes of RFC 7162 section 4
        expect(expanded(uidSet(batch))).toEqual(batch);
      }
    }),
  );
});

function expanded(set: string): number[] {
  return set.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split(':').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
