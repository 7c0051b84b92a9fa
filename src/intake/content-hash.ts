import { createHash } from 'node:crypto';
import { firstField, type Field } from './mail-fields.ts';
import type { MimeNode } from './mail-tree.ts';

/**
 * Hex SHA-256 over From, Date, Subject and the decoded leaves: equal for one mail that arrived twice with other trace
 * headers, transfer encodings or line ends; different when any word differs. With the Message-ID it says "same mail";
 * alone it never does.
 */
export function contentHash(fields: readonly Field[], leaves: readonly MimeNode[]): string {
  const hash = createHash('sha256');
  for (const name of ['from', 'date', 'subject'])
    hash.update(`${name}:${(firstField(fields, name) ?? '').replace(/\s+/g, ' ')}\n`);
  for (const leaf of leaves) hash.update(`${leaf.type}:${leafDigest(leaf)}\n`);
  return hash.digest('hex');
}

/** Relays change line ends and the last line end of a text; a leaf too long to be kept whole counts by its bytes. */
function leafDigest(leaf: MimeNode): string {
  const content = leaf.content;
  if (content === null) return '';
  if (!leaf.type.startsWith('text/') || content.kept.length < content.bytes) return content.sha256;
  const text = content.kept.toString('latin1').replace(/\r\n/g, '\n').trimEnd();
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
