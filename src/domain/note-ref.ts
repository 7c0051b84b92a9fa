/** A text that is kept outside the journal: its row and the sha256 (hex) of its UTF-8 bytes. */
export type NoteRef = { readonly id: number; readonly sha256: string };

/** What officers write when they decide. Each is kept as a text of its own under this name. */
export const TEXT_FIELDS = [
  'request', // what the citizen is asked to add
  'reason',
  'inquiry', // 调查经过: who looked into it, when and how
  'findings', // 事实认定
  'grounds', // 依据
  'measures', // 处理
  'answer', // 答复意见
] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export type Notes = Readonly<Partial<Record<TextField, NoteRef>>>;
