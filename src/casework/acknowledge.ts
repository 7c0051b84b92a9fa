import { normaliseSender } from '../domain/acknowledgement.ts';
import { PUBLIC_MAIL_DOMAINS } from '../domain/acknowledgement-caps.ts';
import { createCaseCode, showCode } from '../domain/case-code.ts';
import { showNumber, type CaseNumber } from '../domain/case-number.ts';
import { letterMessageId, verpAddress } from '../intake/thread-token.ts';
import type { Random } from '../platform/random.ts';
import type { Sealer } from '../platform/sealing.ts';
import { hashLookupCode } from './lookup-code.ts';
import type { LetterWriter } from './ports.ts';
import type { LookupCode, NewLetter } from './records.ts';

export type AcknowledgeContext = {
  readonly sealer: Sealer;
  readonly random: Random;
  readonly writer: LetterWriter;
  /** Domain of our Message-IDs and of the bounce address. */
  readonly domain: string;
  readonly tokenKey: Buffer;
};

/** How a letter counts against the caps, without the address itself. */
export function recipientKeys(
  sealer: Pick<Sealer, 'mac'>,
  address: string,
): { recipientKey: Buffer; domainKey: Buffer; publicDomain: boolean } {
  const sender = normaliseSender(address);
  const domain = sender.slice(sender.lastIndexOf('@') + 1);
  return {
    recipientKey: sealer.mac('sender', sender),
    domainKey: sealer.mac('domain', domain),
    publicDomain: PUBLIC_MAIL_DOMAINS.has(domain),
  };
}

/**
 * Writes an acknowledgement and freezes it: whatever happens afterwards, these bytes go out or none. The clear code exists
 * nowhere else. One case makes an acknowledgement, several a digest.
 */
export function writeAcknowledgement(
  context: AcknowledgeContext,
  request: {
    readonly letterId: number;
    readonly recipient: string;
    readonly inReplyTo: string | null;
    readonly now: Date;
    readonly cases: readonly { readonly caseId: number; readonly number: CaseNumber; readonly receivedAt: Date }[];
  },
): { letter: NewLetter; codes: LookupCode[] } {
  const { sealer, random, writer, domain, tokenKey } = context;
  const coded = request.cases.map((one) => ({ ...one, code: createCaseCode((count) => random.bytes(count)) }));
  const codes = coded.map((one) => hashLookupCode(sealer, random, one.caseId, one.code));
  const messageId = letterMessageId(request.letterId, tokenKey, domain);
  const composed = writer.compose({
    messageId,
    inReplyTo: request.inReplyTo,
    recipient: request.recipient,
    now: request.now,
    cases: coded.map((one) => ({
      number: showNumber(one.number),
      code: showCode(one.code),
      receivedAt: one.receivedAt,
    })),
  });
  const letter: NewLetter = {
    id: request.letterId,
    kind: coded.length > 1 ? 'digest' : 'acknowledgement',
    caseId: coded[0]?.caseId ?? 0,
    messageId,
    envelopeFrom: verpAddress(request.letterId, tokenKey, domain),
    recipientSealed: sealer.seal(Buffer.from(request.recipient), recipientContext(request.letterId)),
    ...recipientKeys(sealer, request.recipient),
    bytesSealed: sealer.seal(composed.bytes, bytesContext(request.letterId)),
    bytesSha256: composed.sha256,
    notBefore: request.now,
  };
  return { letter, codes };
}

export const recipientContext = (letterId: number): string => `letter-recipient:${letterId}`;
export const bytesContext = (letterId: number): string => `letter:${letterId}`;
