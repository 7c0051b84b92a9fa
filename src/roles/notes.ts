import { addNoteFile, noteFileContext, noteFileNameContext } from '../casework/note-files.ts';
import type { House } from '../compose.ts';
import type { NoteDesk } from '../http/dependencies.ts';
import { appendJournal } from '../store/journal.ts';
import { listColleagues } from '../store/mentions.ts';
import { listNoteFiles, readNoteFile, type SealedNoteFile } from '../store/note-files.ts';

type Parts = Pick<House, 'database' | 'sealer'> & { readonly store: Pick<House['store'], 'noteFile'> };

/** What the API asks about notes: whom they can call, and the files that they carry. Every download is written down. */
export function noteFunctions({ database: { db, transact }, sealer, store }: Parts): NoteDesk {
  const nameOf = ({ id, nameSealed }: SealedNoteFile): string =>
    sealer.unseal(nameSealed, noteFileNameContext(id)).toString('utf8');
  return {
    colleagues: (viewer, caseId) => listColleagues(db, viewer, caseId),
    addFile: (viewer, place, file) => addNoteFile({ transact: store.noteFile, sealer }, viewer, place, file),
    async listFiles(viewer, caseId) {
      const files = await listNoteFiles(db, viewer, caseId);
      return (
        files?.map((file) => {
          const { id, noteId, bytes, sha256, at } = file;
          return { id, noteId, bytes, sha256, at, name: nameOf(file) };
        }) ?? null
      );
    },
    async readFile(viewer, caseId, fileId) {
      const file = await readNoteFile(db, viewer, caseId, fileId);
      if (file === null) return null;
      const bytes = Buffer.concat(file.pieces.map((piece, n) => sealer.unseal(piece, noteFileContext(fileId, n))));
      const about = { caseId, data: { fileId } };
      await transact((tx) => appendJournal(tx, [{ actor: viewer.userId, kind: 'note-file.read', ...about }]));
      return { name: nameOf(file), bytes };
    },
  };
}
