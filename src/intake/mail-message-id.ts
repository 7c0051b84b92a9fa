import { allFields, firstField, type Field } from './mail-fields.ts';

/** RFC 5322 section 2.1.1 allows lines of 998; no program writes an id longer than this. */
const MAX_ID_LENGTH = 512;
const MAX_PARENTS = 50;

/** A Message-ID without brackets, or null when it is missing or absurd: empty, too long, with spaces or brackets inside. */
export function normalMessageId(raw: string | null): string | null {
  if (raw === null) return null;
  const inside = /^<([^<>]*)>/.exec(raw.trim())?.[1] ?? raw.trim();
  return inside.length <= MAX_ID_LENGTH && /^[\x21-\x3b\x3d\x3f-\x7e]+$/.test(inside) ? inside : null;
}

/** Ids this mail answers: In-Reply-To, then the last of References (RFC 5322 section 3.6.4), at most 50. */
export function readParents(fields: readonly Field[]): string[] {
  const inReplyTo = idsIn(firstField(fields, 'in-reply-to') ?? '').slice(0, 5);
  const references = idsIn(allFields(fields, 'references').join(' '));
  return [...new Set([...inReplyTo, ...references.slice(inReplyTo.length - MAX_PARENTS)])];
}

function idsIn(raw: string): string[] {
  const tail = raw.slice(-MAX_PARENTS * MAX_ID_LENGTH);
  const ids = tail.match(/<[^<>\s]{1,512}>/g) ?? tail.split(/\s+/).filter((word) => word.includes('@'));
  return ids.map((id) => normalMessageId(id)).filter((id) => id !== null);
}
