import type { CaseEvent } from '../domain/case-events.ts';
import type { Sealer } from '../platform/sealing.ts';
import { recipientContext, writeAcknowledgement, type AcknowledgeContext } from './acknowledge.ts';
import { replay } from './case-change.ts';
import type { LetterCandidate, LookupCode, NewLetter } from './records.ts';

export type DigestTransaction = {
  /** Every acknowledgement that is held for the same recipient and never went out, oldest first, with the sealed address. */
  heldFor(
    recipientKey: string,
  ): Promise<readonly { readonly id: number; readonly caseId: number; readonly recipientSealed: Buffer }[]>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  nextIds(table: 'letters', count: number): Promise<number[]>;
  insertDigest(letter: NewLetter, caseIds: readonly number[], merged: readonly number[]): Promise<void>;
  writeLookupCodes(codes: readonly LookupCode[]): Promise<void>;
};

type DigestContext = { readonly sealer: Sealer; readonly acknowledge: AcknowledgeContext };

/**
 * A held acknowledgement whose time has come takes all others to the same person with it: one digest that lists the numbers.
 * The codes are drawn anew, since those inside the unsent letters were read by nobody. A digest that was held in its turn, and
 * a letter that may have arrived already, go out as they are: their bytes are told, or may be. Answers the ids to claim.
 */
export async function mergeHeldLetters(
  context: DigestContext,
  tx: DigestTransaction,
  free: readonly LetterCandidate[],
  now: Date,
): Promise<number[]> {
  const joins = ({ state, kind, resend }: LetterCandidate): boolean =>
    state === 'held' && kind === 'acknowledgement' && !resend;
  const ids = free.filter((letter) => !joins(letter)).map(({ id }) => id);
  const recipients = new Set(free.filter(joins).map(({ recipientKey }) => recipientKey));
  for (const recipientKey of recipients) ids.push(await digestFor(context, tx, recipientKey, now));
  return ids;
}

async function digestFor(
  { sealer, acknowledge }: DigestContext,
  tx: DigestTransaction,
  recipientKey: string,
  now: Date,
): Promise<number> {
  const held = await tx.heldFor(recipientKey);
  const [first] = held;
  if (first === undefined) throw new Error('unreachable: a held letter was just seen');
  if (held.length === 1) return first.id;
  const events = await tx.loadCaseEvents(held.map(({ caseId }) => caseId));
  const cases = held.flatMap(({ caseId }) => {
    const file = replay(events.get(caseId) ?? []);
    return file === null ? [] : [{ caseId, number: file.number, receivedAt: new Date(file.receivedAt) }];
  });
  const [letterId = 0] = await tx.nextIds('letters', 1);
  const { letter, codes } = writeAcknowledgement(acknowledge, {
    letterId,
    recipient: sealer.unseal(first.recipientSealed, recipientContext(first.id)).toString('utf8'),
    inReplyTo: null,
    now,
    cases,
  });
  await tx.insertDigest(
    letter,
    cases.map(({ caseId }) => caseId),
    held.map(({ id }) => id),
  );
  await tx.writeLookupCodes(codes);
  return letterId;
}
