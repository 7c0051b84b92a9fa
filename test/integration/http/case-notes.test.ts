import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOTE_FILE_LIMITS } from '../../../src/domain/note-file.ts';
import { createUser, issueToken } from '../../../src/store/accounts.ts';
import { openDesk, type Desk, type Persona } from './desk.ts';

let desk: Desk;
/** Of the unit that a case accuses: everybody else may see that case. */
let accused: { readonly id: number; readonly token: string };
beforeAll(async () => {
  desk = await openDesk();
  const { db } = desk.database;
  const id = await createUser(db, '财务处来的同事', 'triage', 'FIN');
  accused = { id, token: await issueToken(db, id, 'test') };
});
afterAll(() => desk.close());

const idOf = (persona: 'triage' | 'operator' | 'supervisor' | 'auditor' | 'investigator'): number =>
  desk.viewer(persona).userId;

function addNote(persona: Persona, caseId: number, mentions: readonly number[] = []) {
  const payload = { text: '已电话核实，请看附件', ...(mentions.length === 0 ? {} : { mentions }) };
  return desk.as(persona, { method: 'POST', url: `/api/cases/${String(caseId)}/notes`, payload });
}

async function noteOf(persona: Persona, caseId: number): Promise<number> {
  const response = await addNote(persona, caseId);
  expect(response.statusCode).toBe(200);
  return response.json<{ noteId: number }>().noteId;
}

function upload(persona: Persona, place: { caseId: number; noteId: number }, bytes: Buffer, name = '照片.png') {
  return desk.as(persona, {
    method: 'POST',
    url: `/api/cases/${String(place.caseId)}/notes/${String(place.noteId)}/files`,
    query: { name },
    headers: { 'content-type': 'application/octet-stream' },
    payload: bytes,
  });
}

type Task = { readonly id: number; readonly kind: { code: string; name: string }; readonly caseId: number };

async function calledTo(persona: Persona, token?: string): Promise<readonly Task[]> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await desk.as(persona, { url: '/api/tasks', headers });
  return response.json<{ tasks: Task[] }>().tasks.filter(({ kind }) => kind.code === 'mentioned');
}

const countOf = async (table: 'notes' | 'note_mentions' | 'note_files' | 'note_file_chunks'): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    desk.database.db,
  );
  return rows[0]?.n ?? -1;
};

describe('a note that calls a colleague', () => {
  it('gives him, and nobody else, one task that leads to the case', async () => {
    const { caseId } = await desk.receiveMail({});
    expect((await addNote('triage', caseId, [idOf('supervisor')])).statusCode).toBe(200);
    expect((await addNote('triage', caseId, [idOf('supervisor')])).statusCode).toBe(200);
    expect(await calledTo('supervisor')).toMatchObject([{ caseId, kind: { code: 'mentioned', name: '提到了您' } }]);
    expect(await calledTo('triage')).toEqual([]);
    expect(await calledTo('operator')).toEqual([]);
    const seen = await desk.as('operator', { url: `/api/cases/${String(caseId)}` });
    const { notes, tasks } = seen.json<{ notes: { mentions: { id: number }[] }[]; tasks: Task[] }>();
    expect(notes.map(({ mentions }) => mentions.map(({ id }) => id))).toEqual([
      [idOf('supervisor')],
      [idOf('supervisor')],
    ]);
    expect(tasks).toEqual([]);
  });

  it('is settled when he does something to the case, and by his word; never by another', async () => {
    const { caseId } = await desk.receiveMail({});
    await addNote('triage', caseId, [idOf('operator')]);
    const [task] = await calledTo('operator');
    const done = (persona: Persona) => desk.as(persona, { method: 'POST', url: `/api/tasks/${String(task?.id)}/done` });
    expect((await done('supervisor')).statusCode).toBe(404);
    await addNote('operator', caseId);
    expect(await calledTo('operator')).toEqual([]);

    await addNote('triage', caseId, [idOf('operator')]);
    const [again] = await calledTo('operator');
    expect(again?.id).not.toBe(task?.id);
    const word = await desk.as('operator', { method: 'POST', url: `/api/tasks/${String(again?.id)}/done` });
    expect(word.statusCode).toBe(204);
    expect(await calledTo('operator')).toEqual([]);
  });

  it('lists whom it may call: who sees the case and works at the desk, and not the author', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处违规收费' });
    const response = await desk.as('triage', { url: `/api/cases/${String(caseId)}/colleagues` });
    const ids = response.json<{ colleagues: { id: number }[] }>().colleagues.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([idOf('operator'), idOf('supervisor')]));
    for (const id of [idOf('triage'), idOf('auditor'), idOf('investigator'), accused.id]) expect(ids).not.toContain(id);
  });

  it('is refused whole, in the same words, for whoever may not see the case, is unknown, or is the author', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处违规收费' });
    const before = await countOf('notes');
    const answers = [];
    for (const id of [accused.id, 987_654, idOf('auditor'), idOf('investigator'), idOf('triage')])
      answers.push(await addNote('triage', caseId, [idOf('operator'), id]));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 422, 422, 422, 422]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ reason: 'mention-not-possible' });
    expect(await countOf('notes')).toBe(before);
    expect((await calledTo('operator')).filter((task) => task.caseId === caseId)).toEqual([]);
  });

  it('is forgotten by whoever may not see the case any more', async () => {
    const { caseId } = await desk.receiveMail({});
    await addNote('triage', caseId, [accused.id]);
    expect(await calledTo('nobody', accused.token)).toMatchObject([{ caseId }]);
    await sql`insert into case_denials (case_id, unit, source) values (${caseId}, 'FIN', 'person')`.execute(
      desk.database.db,
    );
    expect(await calledTo('nobody', accused.token)).toEqual([]);
  });
});

describe('a file of a note', () => {
  it('is given back byte for byte, to be saved and never shown, under its name', async () => {
    const { caseId } = await desk.receiveMail({});
    const noteId = await noteOf('operator', caseId);
    const bytes = Buffer.concat([Buffer.from('<script>alert(1)</script>'), Buffer.alloc(2_500_000, 7)]);
    const name = '../../合同<b>\u202Egpj.html';
    const { fileId } = (await upload('operator', { caseId, noteId }, bytes, name)).json<{ fileId: number }>();
    const listed = await desk.as('supervisor', { url: `/api/cases/${String(caseId)}/note-files` });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(listed.json()).toMatchObject({ files: [{ id: fileId, noteId, name, bytes: bytes.length, sha256 }] });

    const file = await desk.as('supervisor', { url: `/api/cases/${String(caseId)}/note-files/${String(fileId)}` });
    expect(file.rawPayload.equals(bytes)).toBe(true);
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="/u);
    expect(file.headers['content-disposition']).not.toMatch(/[\\/]|\.\.\//u);
    expect(file.headers['content-security-policy']).toContain('sandbox');
  });

  it('lies sealed in pieces, and the journal knows its id and its hash', async () => {
    const { caseId } = await desk.receiveMail({});
    const noteId = await noteOf('operator', caseId);
    const bytes = Buffer.from('金丝雀在附件里'.repeat(200_000));
    await upload('operator', { caseId, noteId }, bytes, '金丝雀.txt');
    const { rows } = await sql<{ clear: boolean; pieces: number }>`
      select bool_or(position('金丝雀'::bytea in sealed) > 0) as clear, count(*)::int as pieces
      from (select c.sealed from note_file_chunks c join note_files f on f.id = c.file_id where f.note_id = ${noteId}
            union all select name_sealed from note_files where note_id = ${noteId}) s`.execute(desk.database.db);
    expect(rows).toEqual([{ clear: false, pieces: Math.ceil(bytes.length / 1_048_576) + 1 }]);
    const journal = await sql<{ data: object }>`
      select data from journal where case_id = ${caseId} and kind = 'note.file-added'`.execute(desk.database.db);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(journal.rows).toEqual([{ data: { noteId, fileId: expect.any(Number), sha256 } }]);
  });

  it('that is handed in twice at once is there once', async () => {
    const { caseId } = await desk.receiveMail({});
    const noteId = await noteOf('operator', caseId);
    const both = await Promise.all([1, 2].map(() => upload('operator', { caseId, noteId }, Buffer.from('一次'))));
    expect(both.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    expect(both[0]?.json()).toEqual(both[1]?.json());
    const { rows } = await sql`select 1 from note_files where note_id = ${noteId}`.execute(desk.database.db);
    expect(rows).toHaveLength(1);
  });

  it('is refused where the note is full, another wrote it, or it is empty or too large', async () => {
    const { caseId } = await desk.receiveMail({});
    const noteId = await noteOf('operator', caseId);
    const place = { caseId, noteId };
    const answers = [];
    for (let n = 0; n < NOTE_FILE_LIMITS.ofNote; n += 1)
      answers.push(await upload('operator', place, Buffer.from(`第${String(n)}个`)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    const one = Buffer.from('再来一个');
    expect((await upload('operator', place, one)).json()).toMatchObject({ status: 422, reason: 'too-many-files' });
    expect((await upload('triage', place, one)).json()).toMatchObject({ status: 422, reason: 'not-your-note' });
    expect((await upload('operator', place, Buffer.alloc(0))).statusCode).toBe(400);
    const large = Buffer.alloc(NOTE_FILE_LIMITS.fileBytes + 1);
    expect((await upload('operator', place, large)).json()).toMatchObject({ status: 413, code: 'too-large' });
    expect((await upload('operator', place, one, 'a\nb')).statusCode).toBe(400);
  });

  it('of another case is not found under this one, and what a decision said carries none', async () => {
    const [mine, other] = [await desk.receiveMail({}), await desk.receiveMail({})];
    const noteId = await noteOf('operator', other.caseId);
    const { fileId } = (await upload('operator', { caseId: other.caseId, noteId }, Buffer.from('别件的'))).json<{
      fileId: number;
    }>();
    const url = `/api/cases/${String(mine.caseId)}/note-files/${String(fileId)}`;
    expect((await desk.as('operator', { url })).statusCode).toBe(404);
    const wrong = await upload('operator', { caseId: mine.caseId, noteId }, Buffer.from('放错地方'));
    expect(wrong.statusCode).toBe(404);
    await sql`update notes set about = 'reason' where id = ${noteId}`.execute(desk.database.db);
    const decided = await upload('operator', { caseId: other.caseId, noteId }, Buffer.from('不是记录'));
    expect(decided.statusCode).toBe(404);
  });

  it('does not exist for the accused, in no list and under no id', async () => {
    const { caseId } = await desk.receiveMail({ text: '财务处违规收费' });
    const noteId = await noteOf('operator', caseId);
    const { fileId } = (await upload('operator', { caseId, noteId }, Buffer.from('证据'))).json<{ fileId: number }>();
    const headers = { authorization: `Bearer ${accused.token}` };
    for (const url of ['note-files', `note-files/${String(fileId)}`, 'colleagues']) {
      const there = await desk.as('nobody', { url: `/api/cases/${String(caseId)}/${url}`, headers });
      const absent = await desk.as('nobody', { url: `/api/cases/987654321/${url}`, headers });
      expect([there.statusCode, there.body]).toEqual([404, absent.body]);
    }
  });
});
