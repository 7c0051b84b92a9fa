import libmime from 'libmime';
import { decodeBytes } from './charset.ts';
import { htmlToText } from './html-text.ts';
import type { ItemFlag } from './item.ts';
import { cleanText } from './mail-clean-text.ts';
import type { MimeNode } from './mail-tree.ts';

/** The most text that is shown of one mail: 1 MB. */
export const MAX_TEXT_BYTES = 1_000_000;

/** What becomes of a leaf: its text is shown, or it is an attachment for the reason given. */
export type LeafUse =
  | { readonly use: 'plain' | 'html' | 'message' }
  | { readonly use: 'attachment'; readonly why: string; readonly flag?: ItemFlag };

/** Types that are no attachment, or that a person must be told about. The first match counts. */
const SPECIAL_TYPES: readonly (readonly [RegExp, string, ItemFlag?])[] = [
  [/^application\/(?:x-)?pkcs7-signature$|^application\/pgp-signature$/, '数字签名，不作依据'],
  [/^application\/(?:x-)?pkcs7-mime$|^application\/pgp-encrypted$/, '加密内容', 'encrypted'],
  [/^application\/(?:vnd\.)?ms-tnef$/, 'Outlook 专用格式（winmail.dat）', 'tnef'],
  [/^message\/partial$/, '分段邮件的一段', 'partial-message'],
  [/^message\/external-body$/, '内容在外部，系统不去取', 'incomplete'],
  [/^text\/rfc822-headers$/, '退信附带的原信头'],
  [/^text\/(?:calendar|x-vcalendar)$/, '日程'],
  [/^text\/(?:x-)?vcard$|^text\/directory$/, '名片'],
  [/^text\/(?:csv|rtf|richtext|xml|css|javascript|x-.*)$/, '附件'],
];
/** Machine reports that read as text. */
const STATUS_TYPES = /^message\/(?:delivery-status|global-delivery-status|disposition-notification|feedback-report)$/;
const MESSAGE_TYPES = /^message\/(?:rfc822|global|news)$/;

export function useOfLeaf(leaf: MimeNode, inReport: boolean): LeafUse {
  const special = bySignedData(leaf) ?? SPECIAL_TYPES.find(([type]) => type.test(leaf.type)) ?? byName(leaf);
  if (special !== undefined) return attachment(special[1], special[2]);
  if (MESSAGE_TYPES.test(leaf.type)) return inReport ? attachment('退回的原信') : { use: 'message' };
  if (STATUS_TYPES.test(leaf.type)) return { use: 'plain' };
  if (!isBodyText(leaf)) return attachment('附件');
  return { use: leaf.type === 'text/html' ? 'html' : 'plain' };
}

/** A text is an attachment only when it says so: a name alone may be the habit of a mail program. */
function isBodyText(leaf: MimeNode): boolean {
  return leaf.type.startsWith('text/') && (leaf.disposition === null || leaf.disposition === 'inline');
}

function attachment(why: string, flag?: ItemFlag): LeafUse {
  return flag === undefined ? { use: 'attachment', why } : { use: 'attachment', why, flag };
}

/** S/MIME that is signed and not encrypted wraps its text in CMS, which nothing here opens. */
function bySignedData(leaf: MimeNode): readonly [RegExp, string, ItemFlag] | undefined {
  const isSigned =
    /^application\/(?:x-)?pkcs7-mime$/.test(leaf.type) && leaf.parameter('smime-type')?.toLowerCase() === 'signed-data';
  return isSigned ? [/./, '签名封装的内容，未拆开', 'incomplete'] : undefined;
}

function byName(leaf: MimeNode): readonly [RegExp, string, ItemFlag] | undefined {
  return /^winmail\.dat$/i.test(leaf.filename ?? '') ? [/./, 'Outlook 专用格式（winmail.dat）', 'tnef'] : undefined;
}

export type LeafText = { readonly text: string; readonly images: number; readonly flags: readonly ItemFlag[] };

/** Decodes a text leaf and says what a person must know about the decoding. */
export function readLeafText(leaf: MimeNode, use: 'plain' | 'html'): LeafText {
  const content = leaf.content?.kept ?? Buffer.alloc(0);
  const cut = (leaf.content?.bytes ?? 0) > content.length;
  const decoded = decodeBytes(content, leaf.charset ?? (use === 'html' ? charsetInHtml(content) : null));
  const read = use === 'plain' ? plainText(leaf, decoded.text) : textOfHtml(decoded.text);
  const flags: (readonly [boolean, ItemFlag])[] = [
    [decoded.guessed, 'guessed-charset'],
    [decoded.damaged > 0 && !cut, 'undecodable-characters'],
    [decoded.damaged * 100 > decoded.text.length, 'incomplete'],
    [leaf.transfer.lostBytes(), 'incomplete'],
    [leaf.transfer.badEscapes(), 'malformed-structure'],
    [cut, 'truncated'],
  ];
  return { ...read, flags: [...flags.filter(([holds]) => holds).map(([, flag]) => flag), ...read.flags] };
}

function plainText(leaf: MimeNode, decoded: string): LeafText {
  const unwrapped = leaf.flowed === 'no' ? decoded : libmime.decodeFlowed(decoded, leaf.flowed === 'delsp');
  const text = cleanText(unwrapped).trimEnd();
  const flags: ItemFlag[] = [];
  if (/^begin [0-7]{3,4} \S/m.test(text) && /^end *$/m.test(text)) flags.push('uuencoded');
  if (text.includes('-----BEGIN PGP MESSAGE-----')) flags.push('encrypted');
  return { text, images: 0, flags };
}

function textOfHtml(decoded: string): LeafText {
  const html = htmlToText(decoded, MAX_TEXT_BYTES);
  const flags: ItemFlag[] = [];
  if (html.hidden) flags.push('hidden-text');
  if (html.cut) flags.push('truncated');
  if (html.deep) flags.push('incomplete');
  return { text: cleanText(html.text), images: html.images, flags };
}

/** `<meta charset>` in either form, for HTML without a label in its header. */
export function charsetInHtml(content: Buffer): string | null {
  const head = content.toString('latin1', 0, 2_048);
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(head)?.[1] ?? null;
}
