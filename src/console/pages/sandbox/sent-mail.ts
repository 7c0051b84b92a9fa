import type { components } from '../../api/schema.ts';

export type Mail = { readonly sender: string; readonly subject: string; readonly text: string };

export type SentMail = Mail & {
  /** ISO 8601, when the button was pressed. */
  readonly at: string;
};

type Row = Pick<components['schemas']['QueueRow'], 'id' | 'subject' | 'receivedAt'>;

/** Mailboxes count in whole seconds. */
const CLOCK_MS = 2_000;
const MOST_WORDS = 40;

/** Words by which a mail is found again: its subject, or how its text begins. */
export function searchWords({ subject, text }: Pick<SentMail, 'subject' | 'text'>): string {
  const line = subject.trim().length > 1 ? subject.trim() : (text.trim().split('\n')[0] ?? '');
  return [...line].slice(0, MOST_WORDS).join('');
}

/** The case that a mail became: of the subject that was sent, and not older than the sending. */
export function becameOf<R extends Row>({ subject, at }: SentMail, rows: readonly R[]): R | null {
  const from = Date.parse(at) - CLOCK_MS;
  const own = rows.filter((row) => row.subject.trim() === subject.trim() && Date.parse(row.receivedAt) >= from);
  return own.toSorted((a, b) => a.id - b.id)[0] ?? null;
}
