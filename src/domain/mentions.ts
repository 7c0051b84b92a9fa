import type { Role } from './vocabulary.ts';

/** Those who work at the desk and so can open what they were called to. */
export const MENTIONED_ROLES: readonly Role[] = ['operator', 'triage', 'supervisor', 'discipline'];

/** Colleagues in one note. Whoever needs more calls a meeting. */
export const MOST_MENTIONS = 20;

export type MentionDecision =
  | { readonly kind: 'accepted'; readonly userIds: readonly number[] }
  | { readonly kind: 'refused'; readonly reason: 'mention-not-possible' };

/**
 * Whom a note calls, each once. `able`: those of them who may see the case and can open it, the author left out. One reason for
 * everybody else, so that nobody learns whether there is such a person, and whom the case concerns.
 */
export function decideMentions(asked: readonly number[], able: readonly number[]): MentionDecision {
  const userIds = [...new Set(asked)];
  return userIds.every((id) => able.includes(id))
    ? { kind: 'accepted', userIds }
    : { kind: 'refused', reason: 'mention-not-possible' };
}
