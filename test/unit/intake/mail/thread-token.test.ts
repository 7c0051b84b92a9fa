import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  findLetterMessageId,
  letterMessageId,
  readLetterTokens,
  verpAddress,
} from '../../../../src/intake/thread-token.ts';

const KEY = Buffer.from('one key of thirty-two bytes......');
const OTHER_KEY = Buffer.from('another key of thirty-two bytes..');
const DOMAIN = 'shouli.example';
const nothing = { inReplyTo: [], recipients: [], delivery: null };
const letterId = fc.integer({ min: 1, max: 999_999_999 });

describe('the token of a letter', () => {
  it('is found again wherever a reply or a bounce carries it', () => {
    fc.assert(
      fc.property(letterId, (id) => {
        const messageId = letterMessageId(id, KEY, DOMAIN);
        const address = verpAddress(id, KEY, DOMAIN);
        const places = [
          { ...nothing, inReplyTo: ['x@y', messageId] },
          { ...nothing, recipients: ['a@example.org', address.toUpperCase()] },
          { ...nothing, delivery: { action: 'failed', status: null, originalMessageId: messageId } as const },
        ];
        for (const place of places) expect(readLetterTokens(place, KEY, [DOMAIN])).toEqual([id]);
        expect(findLetterMessageId(`see <${messageId}> for details`)).toBe(messageId);
      }),
    );
  });

  it('is worth nothing when any of it is changed', () => {
    fc.assert(
      fc.property(letterId, letterId, fc.nat(23), (id, otherId, place) => {
        const messageId = letterMessageId(id, KEY, DOMAIN);
        const digit = messageId.lastIndexOf('.', messageId.indexOf('@')) + 1 + place;
        const flipped = messageId.slice(0, digit) + (messageId[digit] === '0' ? '1' : '0') + messageId.slice(digit + 1);
        const forged = [flipped, letterMessageId(id, OTHER_KEY, DOMAIN), letterMessageId(id, KEY, 'example.org')];
        if (otherId !== id) forged.push(messageId.replace(`ack.${id}.`, `ack.${otherId}.`));
        expect(readLetterTokens({ ...nothing, inReplyTo: forged }, KEY, [DOMAIN])).toEqual([]);
      }),
    );
  });

  it('of a Message-ID is none for a bounce, and the other way round', () => {
    const asBounce = letterMessageId(7, KEY, DOMAIN).replace('ack.', 'bounce+');
    const asId = verpAddress(7, KEY, DOMAIN).replace('bounce+', 'ack.');
    expect(readLetterTokens({ ...nothing, recipients: [asBounce], inReplyTo: [asId] }, KEY, [DOMAIN])).toEqual([]);
  });

  it('is a valid Message-ID and address of modest length', () => {
    expect(letterMessageId(999_999_999, KEY, DOMAIN)).toMatch(/^ack\.\d+\.[0-9a-f]{24}@shouli\.example$/);
    expect(verpAddress(999_999_999, KEY, DOMAIN).split('@')[0]?.length).toBeLessThanOrEqual(64);
  });

  it('lists each letter once', () => {
    const id = letterMessageId(7, KEY, DOMAIN);
    expect(
      readLetterTokens({ ...nothing, inReplyTo: [id, id], recipients: [verpAddress(7, KEY, DOMAIN)] }, KEY, [DOMAIN]),
    ).toEqual([7]);
  });
});
