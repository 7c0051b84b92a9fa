import { MailParser } from 'mailparser';
import type { AttachmentStream, MessageText } from 'mailparser';
import { readPartNames, type RawLine } from './mail-part-names.ts';
import { closingDelimiters, createStrayText, type StrayText } from './mail-stray-text.ts';
import { createTransferCheck, type TransferCheck } from './mail-transfer-check.ts';

/** One node of the MIME structure. Leaves have `content`, multiparts have `children`. */
export type MimeNode = {
  readonly type: string;
  readonly charset: string | null;
  readonly disposition: string | null;
  /** As the sender wrote it: display data, cleaned elsewhere. */
  readonly filename: string | null;
  /** Parameters of Content-Type, read on demand: most nodes are never asked. */
  readonly parameter: (name: string) => string | null;
  readonly flowed: 'no' | 'yes' | 'delsp';
  readonly children: MimeNode[];
  content: LeafContent | null;
  /** Text of a multipart that belongs to none of its parts. */
  readonly stray: StrayText;
  readonly transfer: TransferCheck;
};

export type LeafContent = {
  /** Size of the decoded content in bytes, all of it. */
  readonly bytes: number;
  /** SHA-256 in hex over all of it. */
  readonly sha256: string;
  /** The beginning of it, as far as anybody reads it here. */
  readonly kept: Buffer;
};

export type TreeResult =
  | { readonly kind: 'tree'; readonly root: MimeNode | null }
  /** `limit`: more than 1,000 parts or 1 MB of header (mailparser's EMAXLEN). `failed`: anything else. */
  | { readonly kind: 'refused'; readonly cause: 'limit' | 'failed' };

/** What is read of a leaf. Longer texts are cut and flagged; attachments are hashed while they stream past. */
const KEPT_BYTES: readonly (readonly [RegExp, number])[] = [
  [/^text\/html$|^application\/xhtml\+xml$/, 12_000_000],
  [/^text\//, 4_000_000],
  [/^message\//, 8_000_000],
];

/** What mailsplit hands to mailparser for each piece of a message. */
type SplitNode = {
  readonly type: 'node';
  readonly parentNode: SplitNode | false;
  readonly contentType: string | false;
  readonly charset: string | false;
  readonly disposition: string | false;
  readonly filename: string | false;
  readonly encoding: string | false;
  readonly flowed: boolean;
  readonly delSp: boolean;
  readonly _boundary: Buffer | false;
  readonly headers: { readonly lines: readonly RawLine[] };
};
type SplitPiece = { readonly type: 'body' | 'data'; readonly node: SplitNode; readonly value: Buffer };
type SplitChunk = SplitNode | SplitPiece;

/**
 * Two members that mailparser has and does not declare. With `textTypes` empty every leaf, texts too, comes as a
 * stream of transfer-decoded bytes, so that the charset is ours to decide: once decoded with a wrong label GBK is gone
 * for good. `processChunk` sees the encoded bytes and the bytes between the parts. Version pinned; mail-tree.test.ts
 * fails when either is gone.
 */
type ParserInsides = {
  textTypes: string[];
  processChunk: (chunk: SplitChunk, done: (error?: unknown) => void) => void;
};

/** Splits a message into its MIME tree with mailparser, in memory bounded by KEPT_BYTES. Never throws for bad mail. */
export function readTree(message: Buffer): Promise<TreeResult> {
  const parser = new MailParser({
    checksumAlgo: 'sha256',
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const tree = watchStructure(parser as unknown as ParserInsides);
  return new Promise((resolve) => {
    parser.on('data', (part: AttachmentStream | MessageText) => {
      if (part.type === 'attachment') collect(part, tree.nextLeaf());
    });
    parser.once('end', () => resolve({ kind: 'tree', root: tree.root() }));
    parser.once('error', (error: unknown) => {
      parser.destroy();
      resolve({ kind: 'refused', cause: isLimit(error) ? 'limit' : 'failed' });
    });
    parser.on('error', () => undefined); // destroy() may report once more
    parser.end(message);
  });
}

type Structure = { root: () => MimeNode | null; nextLeaf: () => MimeNode };

function watchStructure(parser: ParserInsides): Structure {
  const nodes = new Map<SplitNode, MimeNode>();
  const leaves: MimeNode[] = [];
  let taken = 0;
  let root: MimeNode | null = null;
  parser.textTypes = [];
  const processChunk = parser.processChunk.bind(parser);
  parser.processChunk = (chunk, done) => {
    if (chunk.type === 'node') {
      const node = toNode(chunk);
      nodes.set(chunk, node);
      if (chunk.parentNode === false) root ??= node;
      else nodes.get(chunk.parentNode)?.children.push(node);
      if (!isMultipart(node.type)) leaves.push(node);
    } else if (chunk.type === 'body') {
      nodes.get(chunk.node)?.transfer.see(chunk.value);
    } else {
      nodes.get(chunk.node)?.stray.see(chunk.value);
      closeMultiparts(chunk);
    }
    processChunk(chunk, done);
  };
  const closeMultiparts = (chunk: SplitPiece): void => {
    const delimiters = closingDelimiters(chunk.value);
    if (delimiters.size === 0) return;
    for (let node: SplitNode | false = chunk.node; node !== false; node = node.parentNode)
      nodes.get(node)?.stray.close(delimiters);
  };
  return {
    root: () => root,
    nextLeaf: () => {
      const leaf = leaves[taken++];
      if (leaf === undefined) throw new Error('mailparser gave more leaves than the message has');
      return leaf;
    },
  };
}

function toNode(split: SplitNode): MimeNode {
  const names = readPartNames(split.headers.lines, split.filename || null);
  return {
    type: mediaType(split.contentType || 'text/plain'),
    charset: split.charset || null,
    disposition: split.disposition || null,
    filename: names.filename,
    parameter: names.parameter,
    flowed: !split.flowed ? 'no' : split.delSp ? 'delsp' : 'yes',
    children: [],
    content: null,
    stray: createStrayText(split._boundary || null),
    transfer: createTransferCheck(split.encoding || null),
  };
}

/** RFC 6838 section 4.2: nothing but these characters, so that a type can be stored and shown. */
function mediaType(written: string): string {
  return written.replace(/[^a-z0-9!#$&^_.+/-]/g, '').slice(0, 127);
}

/** Reads one leaf to its end; only then mailparser goes on to the next. */
function collect(part: AttachmentStream, leaf: MimeNode): void {
  const limit = KEPT_BYTES.find(([type]) => type.test(leaf.type))?.[1] ?? 0;
  const kept: Buffer[] = [];
  let size = 0;
  part.content.on('data', (chunk: Buffer) => {
    if (size < limit) kept.push(chunk.subarray(0, limit - size));
    size += chunk.length;
  });
  part.content.on('end', () => {
    leaf.content = { bytes: size, sha256: part.checksum ?? '', kept: Buffer.concat(kept) };
    part.release?.();
  });
}

export function isMultipart(type: string): boolean {
  return /^multipart\//i.test(type);
}

function isLimit(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EMAXLEN';
}
