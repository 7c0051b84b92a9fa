import { recogniseAutomatic } from './automatic.ts';
import { contentHash } from './content-hash.ts';
import { readDeliveryReport } from './delivery-report.ts';
import type { DeliveryReport, ItemFlag, ParsedMail } from './item.ts';
import { readBody, type Body, type InnerMessage } from './mail-body.ts';
import { cutUtf8 } from './mail-clean-text.ts';
import type { MailContext } from './mail-context.ts';
import { readLiteHeader, readMailHeader, type MailHeader } from './mail-header.ts';
import { isForeignLanguage } from './mail-language.ts';
import { MAX_TEXT_BYTES } from './mail-leaf.ts';
import { ownText } from './mail-own-text.ts';
import { prepareSource, type MailSource } from './mail-source.ts';
import { readTree, type MimeNode } from './mail-tree.ts';

export type MailResult =
  | { readonly kind: 'mail'; readonly mail: ParsedMail }
  | {
      readonly kind: 'unreadable';
      readonly code: 'structure-limit' | 'parser-failed';
      readonly reason: string;
      readonly subject: string;
      readonly from: string;
    };

const REASONS = { limit: '邮件结构超出限制，未解析', failed: '邮件无法解析' } as const;
/** Forwards of forwards are read so deep; deeper ones stay attachments. */
const MAX_EMBEDDING = 5;

/** Reads one raw mail. No clock, no file, no network; whatever the bytes are, it answers and does not throw. */
export async function readMail(raw: Buffer, context: MailContext): Promise<MailResult> {
  const source = prepareSource(raw);
  const tree = await readTree(source.message);
  if (tree.kind === 'refused') {
    const code = tree.cause === 'limit' ? 'structure-limit' : 'parser-failed';
    return { kind: 'unreadable', code, reason: REASONS[tree.cause], ...readLiteHeader(source) };
  }
  const body = await readBody(tree.root, (message) => readInner(message, 1));
  return { kind: 'mail', mail: assemble(source, tree.root, body, context) };
}

async function readInner(message: Buffer, depth: number): Promise<InnerMessage | null> {
  if (depth > MAX_EMBEDDING) return null;
  const source = prepareSource(message);
  const tree = await readTree(source.message);
  if (tree.kind === 'refused') return null;
  const body = await readBody(tree.root, (inner) => readInner(inner, depth + 1));
  const { subject, from } = readLiteHeader(source);
  return { text: `〔附件中的邮件〕\n发件人：${from}\n主题：${subject}\n\n${body.text}`, flags: body.flags };
}

function assemble(source: MailSource, root: MimeNode | null, body: Body, context: MailContext): ParsedMail {
  const header = readMailHeader(source, context);
  const text = cutUtf8(body.text, MAX_TEXT_BYTES);
  const delivery = readDelivery(source, root, body, header);
  const automatic = recogniseAutomatic(
    {
      fields: source.fields,
      sender: header.from?.address.toLowerCase() ?? '',
      fromNobody: header.sender.empty,
      returnPath: header.returnPath,
      messageId: header.messageId,
      subject: header.subject,
      text,
      types: [root?.type ?? '', ...body.leaves.map((leaf) => leaf.type)],
      calendarMethod: calendarMethod(body.leaves),
      recipientCount: header.recipientCount,
      delivery,
    },
    context,
  );
  const flags = new Set<ItemFlag>([...header.flags, ...body.flags, ...absenceFlags(source, body)]);
  if (text.length < body.text.length) flags.add('truncated');
  if (automatic !== null && !automatic.certain) flags.add('suspected-automatic');
  if (isForeignLanguage(`${header.subject}\n${text}`)) flags.add('foreign-language');
  return {
    messageId: header.messageId,
    inReplyTo: header.parents,
    from: header.from,
    fromShown: header.sender.shown,
    returnPath: header.returnPath,
    replyTo: header.replyTo,
    recipients: header.recipients,
    recipientCount: header.recipientCount,
    claimedDate: header.claimedDate,
    subject: header.subject,
    text,
    ownText: ownText(text, header.isForward),
    attachments: body.attachments,
    parts: body.parts,
    flags: [...flags],
    contentSha256: contentHash(source.fields, body.leaves),
    automatic,
    delivery,
    authentication: header.authentication,
    headers: source.headers,
  };
}

function readDelivery(
  source: MailSource,
  root: MimeNode | null,
  body: Body,
  header: MailHeader,
): DeliveryReport | null {
  return readDeliveryReport({
    fields: source.fields,
    rootType: root?.type ?? '',
    reportType: root?.type === 'multipart/report' ? root.parameter('report-type') : null,
    leaves: body.leaves,
    fromText: header.sender.shown,
    fromNobody: header.sender.empty,
    subject: header.subject,
    text: body.text,
  });
}

/** The iTIP method of an invitation or an answer to one (RFC 5546), from its label or its text. */
function calendarMethod(leaves: readonly MimeNode[]): string | null {
  const leaf = leaves.find((each) => each.type === 'text/calendar');
  if (leaf === undefined) return null;
  const written = /^METHOD:([A-Z]{3,20})\s*$/im.exec(leaf.content?.kept.toString('latin1', 0, 4_000) ?? '')?.[1];
  return leaf.parameter('method') ?? written ?? 'PUBLISH';
}

/** How a mail without text came to be without text. */
function absenceFlags(source: MailSource, body: Body): ItemFlag[] {
  if (body.text.trim() !== '') return [];
  if (body.attachments.length > 0) return body.flags.includes('encrypted') ? [] : ['attachment-only'];
  if (!source.hasBody) return source.fields.length === 0 ? ['empty'] : ['no-body'];
  // HTML of nothing but a picture somewhere else has no text; any other body that gave no text was lost on the way.
  return body.images > 0 ? ['no-body'] : ['no-body', 'incomplete'];
}
