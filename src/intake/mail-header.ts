import { readAddresses, readFrom, readReturnPath, type FromField } from './address.ts';
import { isSuspiciousSender } from './address-lookalike.ts';
import type { Address, ItemFlag } from './item.ts';
import { readAuthentication } from './mail-authentication.ts';
import { cleanLine, cutLine } from './mail-clean-text.ts';
import type { MailContext } from './mail-context.ts';
import { readClaimedDate } from './mail-date.ts';
import { allFields, firstField } from './mail-fields.ts';
import { normalMessageId, readParents } from './mail-message-id.ts';
import { isForwardSubject } from './mail-own-text.ts';
import type { MailSource } from './mail-source.ts';
import { decodeFieldText } from './mail-words.ts';

/** What the header of a mail says, decoded, normalised and judged. */
export type MailHeader = {
  readonly subject: string;
  readonly sender: FromField;
  readonly from: Address | null;
  readonly returnPath: string | null;
  readonly messageId: string | null;
  readonly parents: readonly string[];
  readonly replyTo: readonly string[];
  readonly recipients: readonly string[];
  readonly recipientCount: number;
  readonly claimedDate: string | null;
  readonly isForward: boolean;
  readonly authentication: 'pass' | 'fail' | 'none';
  readonly flags: readonly ItemFlag[];
};

const MAX_RECIPIENTS_LISTED = 200;
const MAX_REPLY_TO_LISTED = 20;
/** Fields that may occur once (RFC 5322 section 3.6). The first counts, as mail programs show it. */
const ONCE = ['from', 'subject', 'message-id', 'date', 'to', 'reply-to', 'content-type'];

export function readMailHeader(source: MailSource, context: MailContext): MailHeader {
  const { fields } = source;
  const subject = decodeFieldText(firstField(fields, 'subject') ?? '');
  const sender = readFrom(allFields(fields, 'from'));
  const from = source.bareCr ? null : sender.from;
  const date = readClaimedDate(firstField(fields, 'date'), firstField(fields, 'received'));
  const to = readAddresses([...allFields(fields, 'to'), ...allFields(fields, 'cc')], MAX_RECIPIENTS_LISTED);
  const subjectText = cleanLine(subject.text).trim();
  const isForward = isForwardSubject(subjectText);
  const flags: (readonly [boolean, ItemFlag])[] = [
    [subject.guessed, 'guessed-charset'],
    [subject.damaged > 0, 'undecodable-characters'],
    [ONCE.some((name) => allFields(fields, name).length > 1), 'duplicate-header'],
    [source.malformed, 'malformed-structure'],
    [date.suspicious, 'suspicious-date'],
    [sender.ambiguous || source.strayLines, 'ambiguous-sender'],
    [from !== null && isSuspiciousSender(from, context.ownDomains), 'suspicious-sender'],
    [isForward || allFields(fields, 'x-forwarded-for').length > 0, 'forwarded'],
  ];
  return {
    subject: subjectText,
    sender,
    from,
    returnPath: readReturnPath(firstField(fields, 'return-path')),
    messageId: normalMessageId(firstField(fields, 'message-id')),
    parents: readParents(fields),
    replyTo: readAddresses(allFields(fields, 'reply-to'), MAX_REPLY_TO_LISTED).addresses,
    recipients: to.addresses,
    recipientCount: to.count,
    claimedDate: date.iso,
    isForward,
    authentication: readAuthentication(allFields(fields, 'authentication-results'), context.authservId),
    flags: flags.filter(([holds]) => holds).map(([, flag]) => flag),
  };
}

/** Subject and sender for a mail that will not be parsed: too large, too complex, or fatal to the parser. */
export function readLiteHeader(source: MailSource): { subject: string; from: string } {
  const subject = decodeFieldText((firstField(source.fields, 'subject') ?? '').slice(0, 4_000)).text;
  return { subject: cutLine(cleanLine(subject), 500), from: readFrom(allFields(source.fields, 'from')).shown };
}
