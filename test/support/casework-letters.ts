import { bytesContext, recipientContext } from '../../src/casework/acknowledge.ts';
import { hashLookupCode } from '../../src/casework/lookup-code.ts';
import type { Mailer, Submission, SubmissionOutcome } from '../../src/casework/ports.ts';
import type { LetterWaits, SendDependencies } from '../../src/casework/send-letters.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { commitData } from '../../src/store/letters.ts';
import type { CaseworkHouse } from './casework-house.ts';

export type WrittenLetter = {
  readonly id: number;
  readonly kind: string;
  readonly state: string;
  readonly messageId: string;
  readonly envelopeFrom: string;
  readonly recipient: string;
  readonly submissions: number;
  readonly attempts: number;
  readonly delivery: string | null;
  readonly mergedInto: number | null;
  readonly bytes: Buffer;
};

/** Every letter that was ever written, opened. */
export async function letters(house: CaseworkHouse, caseId?: number): Promise<WrittenLetter[]> {
  const rows = await house.database.db.selectFrom('letters').selectAll().orderBy('id').execute();
  return rows
    .filter((row) => caseId === undefined || row.case_id === caseId)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      state: row.state,
      messageId: row.message_id,
      envelopeFrom: row.envelope_from,
      recipient: house.sealer.unseal(row.recipient_sealed, recipientContext(row.id)).toString('utf8'),
      submissions: row.submissions,
      attempts: row.attempts,
      delivery: row.delivery,
      mergedInto: row.merged_into,
      bytes: house.sealer.unseal(row.bytes_sealed ?? Buffer.alloc(0), bytesContext(row.id)),
    }));
}

/** The one letter about a case. */
export async function letterOf(house: CaseworkHouse, caseId: number): Promise<WrittenLetter> {
  const [letter, ...more] = await letters(house, caseId);
  if (letter === undefined || more.length > 0) throw new Error(`${more.length + (letter ? 1 : 0)} letters, not one`);
  return letter;
}

/** The text as the recipient reads it. */
export function textOf(bytes: Buffer): string {
  const [, body = ''] = bytes.toString('utf8').split('\r\n\r\n', 2);
  return Buffer.from(body, 'base64').toString('utf8');
}

/** What a letter tells: number and code of each case. */
export function toldIn(bytes: Buffer): { number: string; code: string }[] {
  const told = textOf(bytes).matchAll(/编号：([\d ]{11})\s+查询码：([\d ]{19})/gu);
  return [...told].map(([, number = '', code = '']) => ({
    number: number.replaceAll(' ', ''),
    code: code.replaceAll(' ', ''),
  }));
}

/** Whether the house would accept this code for this number. */
export async function opens(
  house: CaseworkHouse,
  { number, code }: { number: string; code: string },
): Promise<boolean> {
  const row = await house.database.db
    .selectFrom('lookup_codes')
    .innerJoin('cases', 'cases.id', 'lookup_codes.case_id')
    .select(['case_id', 'salt', 'hash'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
  const sameSalt = { bytes: () => row.salt, below: () => 0 };
  return hashLookupCode(house.sealer, sameSalt, row.case_id, code).hash.equals(row.hash);
}

export const ACCEPTED: SubmissionOutcome = { kind: 'accepted', code: 250, text: 'queued' };
export const NO_ANSWER: SubmissionOutcome = { kind: 'unknown', reason: 'connection lost after DATA' };

export type PostOffice = Mailer & { readonly taken: Submission[] };

/** A submission server that answers as told. Keeps every letter it was handed. */
export function openPostOffice(answer: (submission: Submission) => SubmissionOutcome = () => ACCEPTED): PostOffice {
  const taken: Submission[] = [];
  return {
    taken,
    connect: () =>
      Promise.resolve({
        submit(submission) {
          taken.push(submission);
          return Promise.resolve(answer(submission));
        },
        close: () => Promise.resolve(),
      }),
  };
}

const WAITS: LetterWaits = { claimLeaseMs: 60_000, retryMs: [300_000, 600_000], resendAfterMs: 900_000 };

export function sendDependencies(
  house: CaseworkHouse,
  mailer: Mailer,
  more: Partial<SendDependencies> = {},
): SendDependencies {
  return {
    transact: house.store.send,
    commitData: (ids, leaseMs) => commitData(house.database.db, ids, leaseMs),
    mailer,
    timing: house.timing,
    clock: systemClock,
    sealer: house.sealer,
    acknowledge: house.acknowledge,
    caps: { perHour: 600 },
    waits: WAITS,
    observe: () => undefined,
    onUnreachable: () => undefined,
    ...more,
  };
}
