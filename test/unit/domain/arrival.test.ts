import { describe, expect, test } from 'vitest';
import { type ArrivalFacts, decideArrival } from '../../../src/domain/arrival.ts';

const unlike: ArrivalFacts = {
  sameRaw: false,
  sameMessageId: false,
  sameContent: false,
  sameSender: false,
  ageDays: 1,
};

describe('an arriving mail', () => {
  test.each<[string, Partial<ArrivalFacts>, unknown]>([
    ['with the same bytes', { sameRaw: true }, { kind: 'sighting' }],
    [
      'with the same Message-ID and content under other trace headers',
      { sameMessageId: true, sameContent: true, ageDays: 400 },
      { kind: 'sighting' },
    ],
    [
      'that borrows a Message-ID for another content',
      { sameMessageId: true, sameSender: true },
      { kind: 'new', flag: 'message-id-reused' },
    ],
    [
      'sent again within seven days',
      { sameContent: true, sameSender: true, ageDays: 7 },
      { kind: 'new', flag: 'possibly-duplicate' },
    ],
    ['sent again later', { sameContent: true, sameSender: true, ageDays: 7.001 }, { kind: 'new', flag: null }],
    ['with the words of somebody else', { sameContent: true }, { kind: 'new', flag: null }],
    ['from a known sender', { sameSender: true }, { kind: 'new', flag: null }],
    ['like no other', {}, { kind: 'new', flag: null }],
  ])('%s is judged by what is the same', (_what, facts, arrival) => {
    expect(decideArrival({ ...unlike, ...facts })).toEqual(arrival);
  });
});
