import { describe, expect, it } from 'vitest';
import { decideMentions, MENTIONED_ROLES } from '../../../src/domain/mentions.ts';
import { OFFICE } from '../../../src/http/access.ts';

describe('a mention', () => {
  it('calls everybody who may see the case, each once', () => {
    expect(decideMentions([7, 8, 7], [8, 7, 9])).toEqual({ kind: 'accepted', userIds: [7, 8] });
    expect(decideMentions([], [])).toEqual({ kind: 'accepted', userIds: [] });
  });

  it('is refused as a whole, and for one reason, when one of them may not', () => {
    expect(decideMentions([7, 8], [7])).toEqual({ kind: 'refused', reason: 'mention-not-possible' });
  });

  it('is for those who can open a case at the desk', () => {
    expect([...MENTIONED_ROLES].toSorted()).toEqual([...OFFICE].toSorted());
  });
});
