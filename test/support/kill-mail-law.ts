import { createHash } from 'node:crypto';

export type MailAccount = { readonly lost: number; readonly doubled: number };

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The conservation law for mails: one hash for each message that the mailbox holds, one for each that is stored. The same
 * bytes delivered twice are two messages and must be stored twice.
 */
export function accountForMails(mailbox: readonly string[], stored: readonly string[]): MailAccount {
  const [there, here] = [countEach(mailbox), countEach(stored)];
  let lost = 0;
  let doubled = 0;
  for (const hash of new Set([...mailbox, ...stored])) {
    const surplus = (here.get(hash) ?? 0) - (there.get(hash) ?? 0);
    if (surplus < 0) lost -= surplus;
    else doubled += surplus;
  }
  return { lost, doubled };
}

function countEach(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
