import { createHash } from 'node:crypto';
import {
  NOTE_FILE_REFUSALS,
  refusalOfNoteFile,
  type NoteFileFacts,
  type NoteFileRefusal,
} from '../domain/note-file.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { JournalEntry } from './records.ts';

export type NewNoteFile = {
  readonly id: number;
  readonly caseId: number;
  readonly noteId: number;
  readonly nameSealed: Buffer;
  readonly bytes: number;
  readonly sha256: Buffer;
  readonly byUser: number;
  readonly sealedChunks: readonly Buffer[];
};

export type NoteFileTransaction = {
  /** Locks the case until the transaction ends, so that two files cannot each see room for the last one. null: no such note for this viewer. */
  lockNote(viewer: Viewer, caseId: number, noteId: number): Promise<NoteFileFacts | null>;
  /** The id of these bytes in this note. */
  findNoteFile(noteId: number, sha256: Buffer): Promise<number | null>;
  nextIds(table: 'note_files', count: number): Promise<number[]>;
  insertNoteFile(file: NewNoteFile): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type NoteFileDependencies = {
  transact<T>(work: (tx: NoteFileTransaction) => Promise<T>): Promise<T>;
  readonly sealer: Sealer;
};

export type NoteFileResult =
  | { readonly kind: 'stored'; readonly fileId: number }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused'; readonly reason: NoteFileRefusal; readonly message: string };

/** Of a note; what the file is and says is nobody's business here: it is never opened, only given back. */
export type NoteFileView = {
  readonly id: number;
  readonly noteId: number;
  readonly name: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly at: Date;
};

const PIECE_BYTES = 1024 * 1024;

/** Puts a file to an officer's own note. The same bytes once more are the same file: a double click stores nothing. */
export async function addNoteFile(
  { transact, sealer }: NoteFileDependencies,
  viewer: Viewer,
  { caseId, noteId }: { readonly caseId: number; readonly noteId: number },
  file: { readonly name: string; readonly bytes: Buffer },
): Promise<NoteFileResult> {
  const sha256 = createHash('sha256').update(file.bytes).digest();
  return transact(async (tx) => {
    const note = await tx.lockNote(viewer, caseId, noteId);
    if (note === null) return { kind: 'not-found' };
    const there = await tx.findNoteFile(noteId, sha256);
    if (there !== null && note.byUser === viewer.userId) return { kind: 'stored', fileId: there };
    const reason = refusalOfNoteFile(note, file.bytes.length, viewer.userId);
    if (reason !== null) return { kind: 'refused', reason, message: NOTE_FILE_REFUSALS[reason] };
    const [id = 0] = await tx.nextIds('note_files', 1);
    await tx.insertNoteFile({
      id,
      caseId,
      noteId,
      nameSealed: sealer.seal(Buffer.from(file.name), noteFileNameContext(id)),
      bytes: file.bytes.length,
      sha256,
      byUser: viewer.userId,
      sealedChunks: piecesOf(file.bytes).map((piece, n) => sealer.seal(piece, noteFileContext(id, n))),
    });
    const data = { noteId, fileId: id, sha256: sha256.toString('hex') };
    await tx.appendJournal([{ actor: viewer.userId, kind: 'note.file-added', caseId, data }]);
    return { kind: 'stored', fileId: id };
  });
}

function piecesOf(bytes: Buffer): readonly Buffer[] {
  const pieces = Math.ceil(bytes.length / PIECE_BYTES);
  return Array.from({ length: pieces }, (_, n) => bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES));
}

// Sealed to its place: bytes moved to another file do not open.
export const noteFileNameContext = (fileId: number): string => `note-file-name:${String(fileId)}`;
export const noteFileContext = (fileId: number, n: number): string => `note-file:${String(fileId)}:${String(n)}`;
