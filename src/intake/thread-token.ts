import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ParsedMail } from './item.ts';

/**
 * Our own letters carry their number and a keyed digest in the Message-ID and in the bounce address, so that a reply
 * or a bounce finds its letter, and nobody who merely knows a case number can attach a mail to it.
 */

/** 96 bits in hex: lower case only, because relays fold the case of addresses and bounces quote them. */
const DIGEST_LENGTH = 24;
const MESSAGE_ID_LOCAL = /^ack\.(\d{1,15})\.([0-9a-f]{24})$/;
const VERP_LOCAL = /^bounce\+(\d{1,15})\.([0-9a-f]{24})$/;
/** As it appears in the running text of a bounce. Not checked here: readLetterTokens does. */
const ANYWHERE = /\back\.\d{1,15}\.[0-9a-f]{24}@[a-z0-9.-]{1,253}/i;

type Purpose = 'message-id' | 'bounce';

/** Message-ID of a letter, without angle brackets. */
export function letterMessageId(letterId: number, key: Buffer, domain: string): string {
  return `ack.${letterId}.${digest('message-id', letterId, key)}@${domain}`;
}

/** Envelope sender of a letter: bounces come back to it (RFC 3464 section 2.1, variable envelope return path). */
export function verpAddress(letterId: number, key: Buffer, domain: string): string {
  return `bounce+${letterId}.${digest('bounce', letterId, key)}@${domain}`;
}

/** Looks like the Message-ID of one of our letters; says nothing about who wrote it. */
export function findLetterMessageId(text: string): string | null {
  return ANYWHERE.exec(text)?.[0].toLowerCase() ?? null;
}

/** Ids of the letters that a mail answers or returns, each proven by its digest, in the order found. */
export function readLetterTokens(
  mail: Pick<ParsedMail, 'inReplyTo' | 'recipients' | 'delivery'>,
  key: Buffer,
  domains: readonly string[],
): number[] {
  const messageIds = [mail.delivery?.originalMessageId ?? '', ...mail.inReplyTo];
  const found = [
    ...mail.recipients.map((address) => readToken(address, VERP_LOCAL, 'bounce', key, domains)),
    ...messageIds.map((id) => readToken(id, MESSAGE_ID_LOCAL, 'message-id', key, domains)),
  ];
  return [...new Set(found.filter((id) => id !== null))];
}

function readToken(
  address: string,
  local: RegExp,
  purpose: Purpose,
  key: Buffer,
  domains: readonly string[],
): number | null {
  const at = address.lastIndexOf('@');
  if (!domains.includes(address.slice(at + 1).toLowerCase())) return null;
  const match = local.exec(address.slice(0, at).toLowerCase());
  if (match === null) return null;
  const letterId = Number(match[1]);
  const expected = Buffer.from(digest(purpose, letterId, key));
  return timingSafeEqual(Buffer.from(match[2] ?? ''), expected) ? letterId : null;
}

function digest(purpose: Purpose, letterId: number, key: Buffer): string {
  return createHmac('sha256', key).update(`shouli:letter:${purpose}:${letterId}`).digest('hex').slice(0, DIGEST_LENGTH);
}
