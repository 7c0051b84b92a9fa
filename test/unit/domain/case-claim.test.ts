import { describe, expect, it } from 'vitest';
import { isBarredByClaim, isClaimable } from '../../../src/domain/case-claim.ts';
import { LIFE_RULES, type LifeCommandType } from '../../../src/domain/case-life-commands.ts';
import { CASE_STATES } from '../../../src/domain/case-states.ts';

describe('the claim of another', () => {
  it('bars every order but those that a second person must give and those that only add', () => {
    const free = (Object.keys(LIFE_RULES) as LifeCommandType[]).filter((order) => !isBarredByClaim(order));
    expect(free.toSorted()).toEqual([
      'approve-result',
      'grant-extension',
      'link',
      'raise-flag',
      'refuse-extension',
      'send-back-result',
      'sign-answer',
    ]);
  });
});

describe('a case', () => {
  it('can be taken in hand as long as somebody could do something to it', () => {
    const not = CASE_STATES.filter((state) => !isClaimable({ state, provisional: false }));
    expect(not.toSorted()).toEqual(['ARCHIVED', 'FOLDED']);
    expect(isClaimable({ state: 'RECEIVED', provisional: true })).toBe(false);
  });
});
