import { sql } from 'kysely';
import type { NewNoteFile } from '../casework/note-files.ts';
import type { NoteFileFacts } from '../domain/note-file.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

/** A text that a decision needed is no note and carries nothing. */
export async function lockNote(tx: Tx, viewer: Viewer, caseId: number, noteId: number): Promise<NoteFileFacts | null> {
  const { rows } = await sql<{ byUser: number }>`
    select n.by_user as "byUser"
    from notes n join cases c on c.id = n.case_id
      join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    where n.id = ${noteId} and n.case_id = ${caseId} and n.about = 'note' for no key update of c`.execute(tx);
  const [note] = rows;
  if (note === undefined) return null;
  // Counted when the lock is held: what others stored while we waited is seen.
  const { rows: counted } = await sql<Omit<NoteFileFacts, 'byUser'>>`
    select count(*) filter (where note_id = ${noteId})::int as files, coalesce(sum(bytes), 0)::bigint as "caseBytes"
    from note_files where case_id = ${caseId}`.execute(tx);
  return { ...note, files: counted[0]?.files ?? 0, caseBytes: counted[0]?.caseBytes ?? 0 };
}

export async function findNoteFile(tx: Tx, noteId: number, sha256: Buffer): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select id from note_files where note_id = ${noteId} and sha256 = ${sha256}`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function insertNoteFile(tx: Tx, file: NewNoteFile): Promise<void> {
  const { id, caseId, noteId, nameSealed, bytes, sha256, byUser, sealedChunks } = file;
  await sql`insert into note_files (id, case_id, note_id, name_sealed, bytes, sha256, by_user)
            values (${id}, ${caseId}, ${noteId}, ${nameSealed}, ${bytes}, ${sha256}, ${byUser})`.execute(tx);
  await sql`insert into note_file_chunks (file_id, n, sealed)
            select ${id}, p.n - 1, p.sealed from unnest(${[...sealedChunks]}::bytea[]) with ordinality p(sealed, n)`.execute(
    tx,
  );
}

export type SealedNoteFile = {
  readonly id: number;
  readonly caseId: number;
  readonly noteId: number;
  readonly nameSealed: Buffer;
  readonly bytes: number;
  readonly sha256: string;
  readonly at: Date;
};

const COLUMNS = sql`f.id, f.case_id as "caseId", f.note_id as "noteId", f.name_sealed as "nameSealed", f.bytes,
  encode(f.sha256, 'hex') as sha256, f.at`;

/** Oldest first. null: no such case for this viewer. */
export async function listNoteFiles(db: Db, viewer: Viewer, caseId: number): Promise<readonly SealedNoteFile[] | null> {
  const { rows } = await sql<Omit<SealedNoteFile, 'id'> & { id: number | null }>`
    select ${COLUMNS} from visible_cases v left join note_files f on f.case_id = v.case_id
    where v.case_id = ${caseId} and v.viewer_id = ${viewer.userId} order by f.id`.execute(db);
  return rows.length === 0 ? null : rows.flatMap(({ id, ...file }) => (id === null ? [] : [{ ...file, id }]));
}

/** With its pieces in order. null: unknown, or of a case that this viewer may not see. */
export async function readNoteFile(
  db: Db,
  viewer: Viewer,
  caseId: number,
  fileId: number,
): Promise<(SealedNoteFile & { readonly pieces: readonly Buffer[] }) | null> {
  const { rows } = await sql<SealedNoteFile>`
    select ${COLUMNS} from note_files f join visible_cases v on v.case_id = f.case_id and v.viewer_id = ${viewer.userId}
    where f.id = ${fileId} and f.case_id = ${caseId}`.execute(db);
  const [file] = rows;
  if (file === undefined) return null;
  const { rows: pieces } = await sql<{ sealed: Buffer }>`
    select sealed from note_file_chunks where file_id = ${fileId} order by n`.execute(db);
  return { ...file, pieces: pieces.map(({ sealed }) => sealed) };
}
