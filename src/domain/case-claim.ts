import type { CaseFile } from './case-file.ts';
import type { LifeCommandType } from './case-life-commands.ts';

/** Why a case was not taken in hand, put back or worked on: each with the sentence that the person at the screen reads. */
export const CLAIM_REFUSALS = {
  'claimed-by-other': '本件正由他人领办',
  'not-claimed': '本件没有被领办',
  'not-claimable': '未单独立件、尚待登记或者已经归档的件，无需领办',
} as const;
export type ClaimRefusal = keyof typeof CLAIM_REFUSALS;

/**
 * Orders that whoever has the case in hand does not bar: those that another person must give (须由另一人审批), and those that
 * only add to the case.
 */
const NEVER_BARRED: readonly LifeCommandType[] = [
  'grant-extension',
  'refuse-extension',
  'approve-result',
  'send-back-result',
  'sign-answer',
  'link',
  'raise-flag',
];

/** Whether the claim of another stands in the way of this order of the later life. */
export function isBarredByClaim(order: LifeCommandType): boolean {
  return !NEVER_BARRED.includes(order);
}

/** Whether there is anything to do on a case that somebody could take in hand. */
export function isClaimable({ provisional, state }: Pick<CaseFile, 'provisional' | 'state'>): boolean {
  return !provisional && state !== 'FOLDED' && state !== 'ARCHIVED';
}
