import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '../../../src/http/queue-cursor.ts';

describe('a place in the queue', () => {
  it('is read back as it was written', () => {
    const due = fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }));
    fc.assert(
      fc.property(fc.boolean(), due, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (urgent, nextDueAt, id) => {
        const cursor = { urgent, dueAt: nextDueAt?.toISOString() ?? null, id };
        expect(readCursor(writeCursor({ urgent, nextDueAt, id }))).toEqual(cursor);
      }),
    );
  });

  it('that somebody made up is null or a place, never an error', () => {
    const made = fc.oneof(
      fc.string(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
    );
    fc.assert(
      fc.property(made, (text) => {
        expect(readCursor(text)).toSatisfy((cursor: unknown) => cursor === null || typeof cursor === 'object');
      }),
    );
  });
});
