import { decideMentions } from '../domain/mentions.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { JournalEntry, NewTask } from './records.ts';

export type MentionTransaction = {
  /** Which of these may see the case and can open it. */
  mentionable(caseId: number, userIds: readonly number[]): Promise<readonly number[]>;
  insertMentions(noteId: number, userIds: readonly number[]): Promise<void>;
  openTasks(tasks: readonly NewTask[]): Promise<void>;
  /** Ends what this user was called to on the case. Answers the ids of the tasks. */
  settleMentions(caseId: number, userId: number): Promise<readonly number[]>;
};

/**
 * Calls colleagues to a note: each gets a task of his own. Who may see the case is asked here, in the transaction that writes the
 * note, whatever the desk has offered before. null: one of them cannot be called, and the caller takes the note back.
 */
export async function mentionIn(
  tx: MentionTransaction,
  viewer: Viewer,
  { caseId, noteId }: { readonly caseId: number; readonly noteId: number },
  asked: readonly number[],
): Promise<readonly JournalEntry[] | null> {
  if (asked.length === 0) return [];
  const able = await tx.mentionable(caseId, asked);
  const decision = decideMentions(
    asked,
    able.filter((id) => id !== viewer.userId),
  );
  if (decision.kind === 'refused') return null;
  const { userIds } = decision;
  await tx.insertMentions(noteId, userIds);
  await tx.openTasks(userIds.map((userId) => ({ kind: 'mentioned', reason: 'in-note', caseId, itemId: null, userId })));
  return [{ actor: viewer.userId, kind: 'note.mentioned', caseId, data: { noteId, users: userIds } }];
}

/** Whoever does something to a case has seen what he was called to. */
export async function settleMentionsIn(
  tx: Pick<MentionTransaction, 'settleMentions'>,
  { userId }: Viewer,
  caseId: number,
): Promise<readonly JournalEntry[]> {
  const settled = await tx.settleMentions(caseId, userId);
  return settled.map((taskId) => ({ actor: userId, kind: 'task.done', caseId, data: { taskId } }));
}
