import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';
import { sha256 } from './kill-mail-law.ts';

/** What the sender wrote down about a letter. */
export type RecordedLetter = {
  readonly messageId: string;
  readonly sha256: string;
  /** How often it had been written down, beforehand, that the letter may go out now. */
  readonly submissions: number;
  /** The sender stopped after the last submission allowed, and a person has the task of telling the citizen. */
  readonly givenUp: boolean;
};

export type LetterAccount = { readonly neverSent: number; readonly doubled: number; readonly altered: number };

/**
 * The law for letters: each arrives, or a person is asked to tell the citizen; at most twice; never more often than was
 * written down before it happened, so that every repeat follows an outcome that nobody could know; always the same bytes.
 */
export function accountForLetters(recorded: readonly RecordedLetter[], arrived: readonly Buffer[]): LetterAccount {
  const copies = new Map<string, Buffer[]>();
  for (const bytes of arrived) copies.set(messageIdOf(bytes), [...(copies.get(messageIdOf(bytes)) ?? []), bytes]);
  const account = { neverSent: 0, doubled: 0, altered: 0 };
  for (const letter of recorded) {
    const of = copies.get(letter.messageId) ?? [];
    if (of.length === 0 && !letter.givenUp) account.neverSent += 1;
    if (of.length > Math.min(2, letter.submissions)) account.doubled += 1;
    if (of.some((bytes) => sha256(bytes) !== letter.sha256)) account.altered += 1;
    copies.delete(letter.messageId);
  }
  for (const strangers of copies.values()) account.altered += strangers.length;
  return account;
}

function messageIdOf(bytes: Buffer): string {
  return /^Message-ID: <(.*)>\r$/im.exec(bytes.toString('latin1'))?.[1] ?? '';
}

/** What the letters worker wrote down. */
export async function readRecordedLetters(db: Db): Promise<RecordedLetter[]> {
  const { rows } = await sql<RecordedLetter>`
    select message_id as "messageId", encode(bytes_sha256, 'hex') as sha256, submissions,
      (state = 'unknown' and submissions = 2 and exists (select 1 from tasks t
         where t.case_id = l.case_id and t.kind = 'delivery-failed' and t.done_at is null)) as "givenUp"
    from letters l`.execute(db);
  return rows;
}
