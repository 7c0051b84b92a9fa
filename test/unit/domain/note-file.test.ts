import { describe, expect, it } from 'vitest';
import { NOTE_FILE_LIMITS, refusalOfNoteFile } from '../../../src/domain/note-file.ts';

const NOTE = { byUser: 7, files: 0, caseBytes: 0 };
const { fileBytes, ofNote, bytesOfCase } = NOTE_FILE_LIMITS;

describe('a file of a note', () => {
  it('is taken up to the last byte that the case has room for', () => {
    expect(refusalOfNoteFile({ ...NOTE, files: ofNote - 1, caseBytes: bytesOfCase - 5 }, 5, 7)).toBeNull();
    expect(refusalOfNoteFile({ ...NOTE, caseBytes: bytesOfCase - 5 }, 6, 7)).toBe('case-full');
    expect(bytesOfCase).toBe(10 * fileBytes);
  });

  it('is not taken by a note that has its ten', () => {
    expect(refusalOfNoteFile({ ...NOTE, files: ofNote }, 1, 7)).toBe('too-many-files');
  });

  it('is put there by whoever wrote the note and by nobody else', () => {
    expect(refusalOfNoteFile(NOTE, 1, 8)).toBe('not-your-note');
  });
});
