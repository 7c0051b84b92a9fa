import { createHash } from 'node:crypto';
import type { NoteRef } from '../domain/note-ref.ts';
import type { NewNote } from './records.ts';

export type NoteTransaction = {
  nextIds(table: 'notes', count: number): Promise<number[]>;
  insertNote(note: NewNote): Promise<void>;
};

/** Stores what an officer wrote. The journal holds the reference: where the text is, and a hash by which it can be checked. */
export async function writeNote(tx: NoteTransaction, note: Omit<NewNote, 'id'>): Promise<NoteRef> {
  const [id = 0] = await tx.nextIds('notes', 1);
  await tx.insertNote({ ...note, id });
  return { id, sha256: createHash('sha256').update(note.text).digest('hex') };
}
