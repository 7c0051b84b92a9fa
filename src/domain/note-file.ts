/** What a note may carry. Bytes; the case holds what ten of the largest files need. */
export const NOTE_FILE_LIMITS = { fileBytes: 20 * 1024 * 1024, ofNote: 10, bytesOfCase: 200 * 1024 * 1024 } as const;

/** Why a file is not taken, as the officer reads it. */
export const NOTE_FILE_REFUSALS = {
  'not-your-note': '只能给自己写的办理记录添加附件',
  'too-many-files': '一条办理记录最多10个附件，请另写一条记录',
  'case-full': '本件的附件合计不得超过200 MB',
} as const;
export type NoteFileRefusal = keyof typeof NOTE_FILE_REFUSALS;

/** `files`: of the note; `caseBytes`: of all files of the case. What is handed in once more has been found before. */
export type NoteFileFacts = {
  readonly byUser: number;
  readonly files: number;
  readonly caseBytes: number;
};

/** null: it is taken. `bytes` of the file itself were measured when it came in. */
export function refusalOfNoteFile(
  { byUser, files, caseBytes }: NoteFileFacts,
  bytes: number,
  userId: number,
): NoteFileRefusal | null {
  if (byUser !== userId) return 'not-your-note';
  if (files >= NOTE_FILE_LIMITS.ofNote) return 'too-many-files';
  return caseBytes + bytes > NOTE_FILE_LIMITS.bytesOfCase ? 'case-full' : null;
}
