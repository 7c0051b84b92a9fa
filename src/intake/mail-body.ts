import { attachmentName } from './attachment-name.ts';
import { decodeBytes } from './charset.ts';
import type { Attachment, ItemFlag, Part } from './item.ts';
import { cleanText } from './mail-clean-text.ts';
import { readLeafText, useOfLeaf } from './mail-leaf.ts';
import type { MimeNode } from './mail-tree.ts';
import { saySame } from './mail-versions.ts';

/** An embedded message, as far as it is shown inside the mail that carries it. */
export type InnerMessage = { readonly text: string; readonly flags: readonly ItemFlag[] };

/** Reads an embedded message; null when it is too large or too deep to be read here. */
export type ReadInner = (message: Buffer) => Promise<InnerMessage | null>;

export type Body = {
  readonly text: string;
  readonly parts: readonly Part[];
  readonly attachments: readonly Attachment[];
  readonly leaves: readonly MimeNode[];
  readonly flags: readonly ItemFlag[];
  /** Pictures that HTML parts refer to. */
  readonly images: number;
};

type MutablePart = { type: string; bytes: number; shown: boolean; why?: string };

type Walk = {
  readonly parts: MutablePart[];
  readonly attachments: Attachment[];
  readonly leaves: MimeNode[];
  readonly flags: Set<ItemFlag>;
  readonly readInner: ReadInner;
  inReport: boolean;
  images: number;
};

type Rendered = { readonly kind: 'plain' | 'rich'; readonly text: string };

const NOTHING: Rendered = { kind: 'plain', text: '' };
/** Beside its parts a multipart holds one line for old programs; more than this is content that no program shows. */
const MAX_STRAY_LETTERS = 200;
const RICH_VERSION = '—— 以下为网页版本，与纯文本版本不一致 ——';

/** Reads the MIME tree of a mail into the text a person sees, and accounts for every leaf of it. */
export async function readBody(root: MimeNode | null, readInner: ReadInner): Promise<Body> {
  const walk: Walk = {
    parts: [],
    attachments: [],
    leaves: [],
    flags: new Set(),
    readInner,
    inReport: root?.type === 'multipart/report',
    images: 0,
  };
  const { text } = root === null ? NOTHING : await render(walk, root);
  const { parts, attachments, leaves, flags, images } = walk;
  return { text, parts, attachments, leaves, flags: [...flags], images };
}

function render(walk: Walk, node: MimeNode): Promise<Rendered> | Rendered {
  if (node.content !== null) return renderLeaf(walk, node);
  if (node.children.length === 0) return renderChildless(walk, node);
  noteStrayText(walk, node);
  if (!node.stray.closed()) walk.flags.add('incomplete'); // cut on the way, or never finished
  return node.type === 'multipart/alternative' ? renderAlternative(walk, node) : renderSequence(walk, node.children);
}

async function renderSequence(walk: Walk, nodes: readonly MimeNode[]): Promise<Rendered> {
  const rendered: Rendered[] = [];
  for (const node of nodes) {
    const each = await render(walk, node);
    if (each.text !== '') rendered.push(each);
  }
  const isRich = rendered.some((each) => each.kind === 'rich');
  return { kind: isRich ? 'rich' : 'plain', text: rendered.map((each) => each.text).join('\n\n') };
}

/** Versions of one text (RFC 2046 section 5.1.4). Both are shown unless they say the same. */
async function renderAlternative(walk: Walk, node: MimeNode): Promise<Rendered> {
  const plains: string[] = [];
  const riches: { text: string; parts: MutablePart[] }[] = [];
  for (const child of node.children) {
    const before = walk.parts.length;
    const each = await render(walk, child);
    if (each.text.trim() === '') continue;
    if (each.kind === 'plain') plains.push(each.text);
    else riches.push({ text: each.text, parts: walk.parts.slice(before) });
  }
  const plain = plains.join('\n\n');
  const shown = riches.filter((rich) => plain === '' || !saySame(plain, rich.text));
  for (const rich of riches.filter((each) => !shown.includes(each))) {
    for (const part of rich.parts.filter((each) => each.shown)) hide(part, '与纯文本版本一致');
  }
  if (plain === '') return { kind: 'rich', text: shown.map((rich) => rich.text).join('\n\n') };
  if (shown.length === 0) return { kind: 'plain', text: plain };
  walk.flags.add('versions-differ');
  return { kind: 'rich', text: [plain, RICH_VERSION, ...shown.map((rich) => rich.text)].join('\n\n') };
}

async function renderLeaf(walk: Walk, leaf: MimeNode): Promise<Rendered> {
  const bytes = leaf.content?.bytes ?? 0;
  const use = useOfLeaf(leaf, walk.inReport);
  walk.leaves.push(leaf);
  if (use.use === 'attachment') {
    if (use.flag !== undefined) walk.flags.add(use.flag);
    attach(walk, leaf, use.why);
    return NOTHING;
  }
  if (use.use === 'message') return renderMessage(walk, leaf);
  const read = readLeafText(leaf, use.use);
  for (const flag of read.flags) walk.flags.add(flag);
  walk.images += read.images;
  walk.parts.push({ type: leaf.type, bytes, shown: true });
  return { kind: use.use === 'html' ? 'rich' : 'plain', text: read.text };
}

/** A mail inside the mail: its text is shown under its own head, its bytes stay an attachment. */
async function renderMessage(walk: Walk, leaf: MimeNode): Promise<Rendered> {
  walk.flags.add('forwarded');
  const content = leaf.content;
  const whole = content !== null && content.kept.length === content.bytes;
  const inner = whole ? await walk.readInner(content.kept) : null;
  attach(walk, leaf, inner === null ? '附件邮件过大或层数过多，未展开' : undefined);
  for (const flag of inner?.flags ?? []) walk.flags.add(flag);
  return inner === null ? NOTHING : { kind: 'plain', text: inner.text };
}

/** A multipart without parts: no boundary, or none that occurs. What it holds is shown as it is. */
function renderChildless(walk: Walk, node: MimeNode): Rendered {
  const decoded = decodeBytes(node.stray.text(), null);
  const text = cleanText(decoded.text).trim();
  walk.flags.add('incomplete');
  walk.parts.push({ type: node.type, bytes: node.stray.text().length, shown: text !== '', why: '没有分段标记' });
  return { kind: 'plain', text };
}

function noteStrayText(walk: Walk, node: MimeNode): void {
  const stray = node.stray.text();
  const letters = stray.toString('latin1').match(/[a-z0-9\x80-\xff]/gi)?.length ?? 0;
  if (letters <= MAX_STRAY_LETTERS) return;
  walk.flags.add('incomplete');
  walk.parts.push({ type: node.type, bytes: stray.length, shown: false, why: '各段之外的文字' });
}

function attach(walk: Walk, leaf: MimeNode, why: string | undefined): void {
  const bytes = leaf.content?.bytes ?? 0;
  const sha256 = leaf.content?.sha256 ?? '';
  const { name, suspicious } = attachmentName(leaf.filename, leaf.type);
  if (suspicious) walk.flags.add('suspicious-name');
  if (leaf.transfer.lostBytes()) walk.flags.add('incomplete');
  walk.attachments.push({ name, bytes, type: leaf.type, sha256 });
  walk.parts.push({ type: leaf.type, bytes, shown: why === undefined, ...(why === undefined ? {} : { why }) });
}

function hide(part: MutablePart, why: string): void {
  part.shown = false;
  part.why = why;
}
