/** How an arriving mail compares with ONE earlier mail. Facts of several earlier mails must never be mixed into one. */
export type ArrivalFacts = {
  /** sha256 of all bytes. */
  readonly sameRaw: boolean;
  /** Both have a Message-ID and it is the same. */
  readonly sameMessageId: boolean;
  /** Same From, Date, Subject and decoded leaf parts: one mail under other trace headers. */
  readonly sameContent: boolean;
  readonly sameSender: boolean;
  /** Days between the two arrivals, fractions included. */
  readonly ageDays: number;
};

export type ArrivalFlag = 'message-id-reused' | 'possibly-duplicate';

/** `sighting`: the same mail once more. `new`: an item of its own, `flag` for a person to look at. */
export type Arrival = { readonly kind: 'sighting' } | { readonly kind: 'new'; readonly flag: ArrivalFlag | null };

const REPEAT_DAYS = 7;

/**
 * Same mail or another? A Message-ID alone proves nothing: whoever can guess one could otherwise suppress a complaint. Never
 * merges on resemblance; that a mail may be a repeat is only suggested to a person.
 */
export function decideArrival(facts: ArrivalFacts): Arrival {
  if (facts.sameRaw) return { kind: 'sighting' };
  if (facts.sameMessageId) return facts.sameContent ? { kind: 'sighting' } : { kind: 'new', flag: 'message-id-reused' };
  const repeated = facts.sameContent && facts.sameSender && facts.ageDays <= REPEAT_DAYS;
  return { kind: 'new', flag: repeated ? 'possibly-duplicate' : null };
}
