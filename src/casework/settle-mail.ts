import { decideAck, type AckDecision } from '../domain/acknowledgement.ts';
import type { ParsedMail } from '../intake/item.ts';
import type { Verdict } from '../rules/verdict.ts';
import { recipientKeys, writeAcknowledgement } from './acknowledge.ts';
import { decideDisposition, type LetterRef, type MailDisposition } from './disposition.ts';
import { SYSTEM } from './open-case.ts';
import type { ClaimedItem, SettledItem } from './records.ts';
import { searchTerms } from './search-terms.ts';
import { mergeFlags, type SettleContext, type Settling } from './settle-port.ts';
import { numberOf, personDeadline, registerCase } from './settle-verdict.ts';

export type ReadMail = {
  readonly claimed: ClaimedItem;
  readonly mail: ParsedMail;
  readonly verdict: Verdict;
  readonly rulesVersion: string;
  readonly letterIds: readonly number[];
};

/** Gives one read mail its place. Everything it causes is collected in `settling`; nothing is written yet. */
export async function settleMail(context: SettleContext, settling: Settling, read: ReadMail): Promise<void> {
  const { claimed, mail } = read;
  const senderKey = mail.from === null ? null : recipientKeys(context.sealer, mail.from.address).recipientKey;
  const disposition = decideDisposition({
    mail,
    receivedAt: claimed.receivedAt,
    contentHash: mail.contentSha256,
    senderKey: senderKey?.toString('hex') ?? null,
    earlier: settling.earlier.filter(
      ({ messageId, contentHash }) =>
        (messageId !== null && messageId === mail.messageId) || contentHash === mail.contentSha256,
    ),
    letters: read.letterIds.flatMap((id) => settling.letterRefs.filter((letter) => letter.id === id)),
  });
  const caseId = caseOf(disposition, claimed);
  const ack = await place(context, settling, read, disposition);
  const flags = mergeFlags(claimed.flags, mail.flags, disposition.kind === 'case' ? disposition.flags : []);
  settling.settled.push(settledRow(context, read, { disposition, caseId, ack, flags }));
  settling.earlier.push({
    itemId: claimed.itemId,
    messageId: mail.messageId,
    contentHash: mail.contentSha256,
    caseId,
    disposition: DISPOSITION_NAMES[disposition.kind],
    receivedAt: claimed.receivedAt,
    senderKey: senderKey?.toString('hex') ?? null,
  });
}

const DISPOSITION_NAMES = {
  automatic: 'automatic',
  sighting: 'duplicate',
  'follow-up': 'follow-up',
  case: 'case',
} as const;

function caseOf(disposition: MailDisposition, claimed: ClaimedItem): number | null {
  switch (disposition.kind) {
    case 'automatic':
      return disposition.letter?.caseId ?? null;
    case 'sighting':
      return disposition.of.caseId;
    case 'follow-up':
      return disposition.letter.caseId;
    case 'case':
      return claimed.caseId;
  }
}

async function place(
  context: SettleContext,
  settling: Settling,
  read: ReadMail,
  disposition: MailDisposition,
): Promise<AckDecision | null> {
  const { claimed } = read;
  const order = { by: SYSTEM, at: settling.now } as const;
  switch (disposition.kind) {
    case 'automatic':
      settling.desk.give(claimed.caseId, {
        type: 'fold',
        as: 'automatic',
        into: disposition.letter?.caseId ?? null,
        ...order,
      });
      if (disposition.letter !== null) noteDelivery(context, settling, read, disposition.letter);
      return { kind: 'withhold', reason: 'automatic-mail', person: false };
    case 'sighting':
      settling.desk.give(claimed.caseId, { type: 'fold', as: 'duplicate', into: disposition.of.caseId, ...order });
      return null;
    case 'follow-up':
      settling.desk.give(claimed.caseId, { type: 'fold', as: 'follow-up', into: disposition.letter.caseId, ...order });
      return null;
    case 'case':
      registerCase(settling, claimed, read);
      if (disposition.related !== null) {
        settling.tasks.push({
          kind: 'link-suggested',
          reason: 'letter-of-another',
          caseId: claimed.caseId,
          itemId: claimed.itemId,
        });
      }
      return acknowledge(context, settling, read, disposition.related);
  }
}

/** A report about one of our letters (RFC 3464): a bounce means that nobody was told, so a person must. */
function noteDelivery(
  context: SettleContext,
  settling: Settling,
  { mail, claimed }: ReadMail,
  letter: LetterRef,
): void {
  const action = mail.delivery?.action;
  if (action === 'delayed' || action === 'delivered')
    settling.deliveries.push({ letterId: letter.id, delivery: action });
  if (action !== 'failed') return;
  settling.deliveries.push({ letterId: letter.id, delivery: 'bounced' });
  settling.tasks.push({ kind: 'delivery-failed', reason: 'bounced', caseId: letter.caseId, itemId: claimed.itemId });
  settling.desk.give(letter.caseId, {
    type: 'record-acknowledgement',
    outcome: 'bounced',
    withheld: null,
    task: personDeadline(context, settling, letter.caseId),
    by: SYSTEM,
    at: settling.now,
  });
}

async function acknowledge(
  context: SettleContext,
  settling: Settling,
  read: ReadMail,
  related: LetterRef | null,
): Promise<AckDecision> {
  const { claimed, mail } = read;
  const decision = decideAck(ackFacts(context, settling, read, related));
  if (!claimed.answer) return decision;
  if (decision.kind === 'send' && mail.from !== null) {
    const letterId = settling.letterIds.pop() ?? 0;
    const { letter, codes } = writeAcknowledgement(context.acknowledge, {
      letterId,
      recipient: mail.from.address,
      inReplyTo: mail.messageId,
      now: settling.now,
      cases: [{ caseId: claimed.caseId, number: numberOf(settling, claimed.caseId), receivedAt: claimed.receivedAt }],
    });
    settling.letters.push(letter);
    settling.codes.push(...codes);
    return decision;
  }
  if (decision.kind === 'withhold') withhold(context, settling, claimed, decision);
  return decision;
}

function withhold(
  context: SettleContext,
  settling: Settling,
  claimed: ClaimedItem,
  decision: Extract<AckDecision, { kind: 'withhold' }>,
): void {
  settling.desk.give(claimed.caseId, {
    type: 'record-acknowledgement',
    outcome: 'withheld',
    withheld: decision.reason,
    task: decision.person ? personDeadline(context, settling, claimed.caseId) : null,
    by: SYSTEM,
    at: settling.now,
  });
  if (decision.person) {
    settling.tasks.push({
      kind: 'tell-by-phone',
      reason: decision.reason,
      caseId: claimed.caseId,
      itemId: claimed.itemId,
    });
  }
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

function ackFacts(context: SettleContext, settling: Settling, { mail, claimed }: ReadMail, related: LetterRef | null) {
  const { from } = mail;
  const sentAt = related?.sentAt ?? null;
  return {
    // A stranger's answer to a letter of ours may be another ticket system: answering it could go on for ever.
    automatic: related === null ? mail.automatic : (mail.automatic ?? { reason: 'thread-of-another', certain: false }),
    from,
    returnPath: mail.returnPath,
    replyToDomains: mail.replyTo.map(domainOf),
    recipientCount: mail.recipientCount,
    ownAddresses: context.ownAddresses,
    unitDomains: from !== null && context.ownedByUnit(from.domain) ? [from.domain] : [],
    authentication: mail.authentication,
    ageMs: settling.now.getTime() - claimed.receivedAt.getTime(),
    fromSpamFolder: claimed.flags.includes('from-spam-folder'),
    secondsSinceOurLetter: sentAt === null ? null : (settling.now.getTime() - sentAt.getTime()) / 1000,
    flags: mail.flags,
  };
}

function settledRow(
  context: SettleContext,
  { claimed, mail }: ReadMail,
  placed: {
    readonly disposition: MailDisposition;
    readonly caseId: number | null;
    readonly ack: AckDecision | null;
    readonly flags: SettledItem['flags'];
  },
): SettledItem {
  const { disposition, caseId, ack, flags } = placed;
  return {
    itemId: claimed.itemId,
    disposition: DISPOSITION_NAMES[disposition.kind],
    caseId,
    sameAs: disposition.kind === 'sighting' ? disposition.of.itemId : null,
    automatic: mail.automatic?.reason ?? null,
    flags,
    messageId: mail.messageId,
    contentSha256: Buffer.from(mail.contentSha256, 'hex'),
    callRef: null,
    ...ackColumns(ack),
    text: {
      subject: mail.subject,
      body: mail.text,
      bigrams: searchTerms(`${mail.subject}\n${mail.text}`),
      parts: mail.parts,
      attachments: mail.attachments,
      turns: null,
    },
    identity: identityOf(context, claimed.itemId, mail),
  };
}

function ackColumns(ack: AckDecision | null): Pick<SettledItem, 'ackSend' | 'ackReason'> {
  if (ack === null) return { ackSend: null, ackReason: null };
  return ack.kind === 'send' ? { ackSend: true, ackReason: 'eligible' } : { ackSend: false, ackReason: ack.reason };
}

/** Who wrote, sealed. The keys only say whether two items have the same sender or domain. */
function identityOf({ sealer }: SettleContext, itemId: number, mail: ParsedMail): NonNullable<SettledItem['identity']> {
  const { from, fromShown, replyTo, headers } = mail;
  const keys = from === null ? null : recipientKeys(sealer, from.address);
  const identity = { from: fromShown, address: from?.address ?? null, replyTo, headers };
  return {
    sealed: sealer.seal(Buffer.from(JSON.stringify(identity)), identityContext(itemId)),
    senderKey: keys?.recipientKey ?? null,
    domainKey: keys?.domainKey ?? null,
  };
}

export const identityContext = (itemId: number): string => `identity:${itemId}`;
