import { api, ask } from '../../../api/client.ts';

/** The service takes no larger one. */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;
export const MOST_FILES = 10;

export type NewNote = {
  readonly text: string;
  readonly mentions: readonly number[];
  readonly files: readonly File[];
};

/** Files of a note that is written already, which are still here, and why. */
export type LeftFiles = { readonly noteId: number; readonly files: readonly File[]; readonly fault: unknown };

/** Writes the note, then its files. A note that is there stays, whatever becomes of its files. null: everything is there. */
export async function sendNote(caseId: number, { text, mentions, files }: NewNote): Promise<LeftFiles | null> {
  const called = mentions.length === 0 ? {} : { mentions: [...mentions] };
  const { noteId } = await ask(
    api.POST('/api/cases/{id}/notes', { params: { path: { id: String(caseId) } }, body: { text, ...called } }),
  );
  return sendFiles(caseId, noteId, files);
}

/** One after another, in the order in which they were chosen, up to the first that does not get through. */
export async function sendFiles(caseId: number, noteId: number, files: readonly File[]): Promise<LeftFiles | null> {
  for (const [n, file] of files.entries()) {
    try {
      await sendFile(caseId, noteId, file);
    } catch (fault) {
      return { noteId, files: files.slice(n), fault };
    }
  }
  return null;
}

function sendFile(caseId: number, noteId: number, file: File) {
  return ask(
    api.POST('/api/cases/{id}/notes/{noteId}/files', {
      params: { path: { id: String(caseId), noteId: String(noteId) }, query: { name: file.name } },
      headers: { 'content-type': 'application/octet-stream' },
      body: '',
      bodySerializer: () => file,
    }),
  );
}
