import { decideArrival } from '../domain/arrival.ts';
import type { ItemFlag, ParsedMail } from '../intake/item.ts';
import type { EarlierItem } from './records.ts';

/** A letter of ours that a mail refers to by a token that only we can make. */
export type LetterRef = {
  readonly id: number;
  readonly caseId: number;
  readonly recipientKey: string;
  readonly sentAt: Date | null;
};

/** What a read mail turns out to be, before anything is written. `flags` come on top of those of the reader. */
export type MailDisposition =
  | { readonly kind: 'automatic'; readonly letter: LetterRef | null }
  | { readonly kind: 'sighting'; readonly of: EarlierItem }
  | { readonly kind: 'follow-up'; readonly letter: LetterRef }
  | { readonly kind: 'case'; readonly flags: readonly ItemFlag[]; readonly related: LetterRef | null };

export type MailFacts = {
  readonly mail: ParsedMail;
  readonly receivedAt: Date;
  readonly contentHash: string; // hex
  readonly senderKey: string | null; // hex
  /** Settled items with the same Message-ID or the same content, oldest first. */
  readonly earlier: readonly EarlierItem[];
  /** Letters whose valid token the mail carries. */
  readonly letters: readonly LetterRef[];
};

const DAY_MS = 86_400_000;

/**
 * Header evidence of a robot comes first, then the same mail once more, then an answer to a letter of ours: a valid token
 * and the same sender, nothing less, or a forged reply would land in somebody's case. Everything else is a case.
 */
export function decideDisposition(facts: MailFacts): MailDisposition {
  const { mail, letters, senderKey } = facts;
  if (mail.automatic?.certain === true) return { kind: 'automatic', letter: letters[0] ?? null };
  const arrivals = facts.earlier.map((earlier) => ({ earlier, arrival: compare(facts, earlier) }));
  // A copy that a list or a robot passed on reached nobody: it must not swallow the one that a person sent.
  const sighting = arrivals.find(
    ({ earlier, arrival }) => arrival.kind === 'sighting' && earlier.disposition !== 'automatic',
  );
  if (sighting !== undefined) return { kind: 'sighting', of: sighting.earlier };
  const own = letters.find((letter) => letter.recipientKey === senderKey);
  if (own !== undefined) return { kind: 'follow-up', letter: own };
  const flags = arrivals.flatMap(({ arrival }) =>
    arrival.kind === 'new' && arrival.flag !== null ? [arrival.flag] : [],
  );
  const related = letters[0] ?? null;
  return {
    kind: 'case',
    flags: [...new Set<ItemFlag>(related === null ? flags : [...flags, 'possibly-related'])],
    related,
  };
}

function compare(facts: MailFacts, earlier: EarlierItem) {
  return decideArrival({
    sameRaw: false, // the same bytes were recognised before reading
    sameMessageId: facts.mail.messageId !== null && earlier.messageId === facts.mail.messageId,
    sameContent: earlier.contentHash === facts.contentHash,
    sameSender: facts.senderKey !== null && earlier.senderKey === facts.senderKey,
    ageDays: Math.abs(facts.receivedAt.getTime() - earlier.receivedAt.getTime()) / DAY_MS,
  });
}
