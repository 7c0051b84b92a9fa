import { z } from 'zod';
import type { QueueCursor, QueueRow } from '../casework/views.ts';

const CURSOR = z.tuple([z.boolean(), z.iso.datetime().nullable(), z.int().positive()]);

/** A place in the queue as an opaque word. It holds the sort key of a row and nothing else: forging one only turns pages. */
export function writeCursor({ urgent, nextDueAt, id }: Pick<QueueRow, 'urgent' | 'nextDueAt' | 'id'>): string {
  return Buffer.from(JSON.stringify([urgent, nextDueAt?.toISOString() ?? null, id])).toString('base64url');
}

/** null: not one of ours. */
export function readCursor(text: string): QueueCursor | null {
  const parsed = CURSOR.safeParse(parseOrNull(Buffer.from(text, 'base64url').toString('utf8')));
  if (!parsed.success) return null;
  const [urgent, dueAt, id] = parsed.data;
  return { urgent, dueAt, id };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an answer, not a fault: somebody made the word up
  }
}
