import { createHash, randomBytes } from 'node:crypto';
import { receiveMails } from '../../src/casework/receive.ts';
import { settleItems, type ReadItem } from '../../src/casework/settle-items.ts';
import type { ParsedMail } from '../../src/intake/item.ts';
import { readLetterTokens } from '../../src/intake/thread-token.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { claimItems } from '../../src/store/intake-items.ts';
import { createFolderStore } from '../../src/store/mail-folders.ts';
import { OFFICE, OFFICE_DOMAIN, type CaseworkHouse } from './casework-house.ts';

const MAILBOX = 'imap.example/office';

/** A complaint that the basic-education office would handle, unless told otherwise. */
function aVerdict(given: Partial<Verdict> = {}): Verdict {
  return {
    kind: 'complaint',
    category: 7,
    secondary: null,
    unit: 'BASIC',
    target: { level: 'county', name: null },
    accused: [],
    deny: [],
    lane: 'request',
    urgent: false,
    confidence: 0.8,
    review: false,
    vote: { category: 7, share: 0.9 },
    evidence: [],
    ignored: [],
    scores: [{ category: 7, score: 2 }],
    ...given,
  };
}

/** Who wrote it: the fields of a mail that follow from one honest sender. */
export function by(address: string): Pick<ParsedMail, 'from' | 'fromShown' | 'returnPath'> {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return { from: { address, domain, name: '来信人' }, fromShown: `${address} (来信人)`, returnPath: address };
}

/** What the reader would say about an honest mail of a citizen whom nobody has seen before. */
export function aMail(given: Partial<ParsedMail> = {}): ParsedMail {
  const id = randomBytes(6).toString('hex');
  const text = given.text ?? `孩子的转学手续办了三次都没有办成（${id}）。`;
  const content = createHash('sha256').update(`${id}${text}`).digest('hex');
  return {
    messageId: `${id}@citizen.example`,
    inReplyTo: [],
    ...by(`${id}@citizen-${id}.example`),
    replyTo: [],
    recipients: [OFFICE],
    recipientCount: 1,
    claimedDate: null,
    subject: '转学手续办不下来',
    ownText: text,
    attachments: [],
    parts: [{ type: 'text/plain', bytes: Buffer.byteLength(text), shown: true }],
    flags: [],
    contentSha256: content,
    automatic: null,
    delivery: null,
    authentication: 'none',
    headers: `Message-ID: <${id}@citizen.example>`,
    ...given,
    text,
  };
}

export type Arrival = {
  /** The bytes as fetched; each delivery has its own unless given. */
  readonly raw?: Buffer;
  readonly receivedAt?: Date;
  readonly spam?: boolean;
  readonly verdict?: Partial<Verdict>;
};

export type Place = {
  readonly itemId: number;
  readonly disposition: string;
  /** Where the item ended. */
  readonly caseId: number | null;
  /** The case that was opened before anybody had read it. */
  readonly provisionalCaseId: number;
  readonly sameAs: number | null;
  readonly flags: readonly string[];
  readonly ackSend: boolean | null;
  readonly ackReason: string | null;
};

/** Stores a mail as the mailbox worker does and answers its item. */
export async function receive(house: CaseworkHouse, mail: ParsedMail, how: Arrival = {}): Promise<number> {
  const folder = await createFolderStore(house.database).folder(MAILBOX, 'INBOX', false);
  const [next] = await house.sql('select coalesce(max(uid), 0)::int + 1 as uid from raw_messages');
  const bytes =
    how.raw ?? Buffer.from(`Received: ${randomBytes(6).toString('hex')}\r\n${mail.headers}\r\n\r\n${mail.text}`);
  const uid = Number(next?.['uid']);
  await receiveMails(house.receive, [
    {
      folder,
      uid,
      internalAt: how.receivedAt ?? new Date(),
      announcedBytes: bytes.length,
      bytes,
      headersOnly: false,
      sizeMismatch: false,
      fromSpamFolder: how.spam ?? false,
    },
  ]);
  const [item] = await house.sql(
    'select i.id::int from intake_items i join raw_messages r on r.id = i.raw_id where r.uid = $1',
    [uid],
  );
  return Number(item?.['id']);
}

/** Takes what waits and gives it the answers of a reader. */
export async function readReceived(
  house: CaseworkHouse,
  mails: ReadonlyMap<number, ParsedMail>,
  verdict: Partial<Verdict> = {},
): Promise<ReadItem[]> {
  const claimed = await claimItems(house.database.db, 100, 60_000);
  return claimed.flatMap((one) => {
    const mail = mails.get(one.itemId);
    if (mail === undefined) return [];
    const letterIds = readLetterTokens(mail, house.acknowledge.tokenKey, [OFFICE_DOMAIN]);
    return [{ kind: 'mail', claimed: one, mail, verdict: aVerdict(verdict), rulesVersion: 'test-1', letterIds }];
  });
}

/** One mail from the mailbox to its place. */
export async function arrive(house: CaseworkHouse, mail: ParsedMail, how: Arrival = {}): Promise<Place> {
  const itemId = await receive(house, mail, how);
  await settleItems(house.settle, await readReceived(house, new Map([[itemId, mail]]), how.verdict));
  return placeOf(house, itemId);
}

/** The same where the mail must become a case. */
export async function arriveAsCase(house: CaseworkHouse, mail: ParsedMail, how: Arrival = {}): Promise<number> {
  const { caseId, disposition } = await arrive(house, mail, how);
  if (caseId === null || disposition !== 'case') throw new Error(`the mail became ${disposition}, not a case`);
  return caseId;
}

export async function placeOf(house: CaseworkHouse, itemId: number): Promise<Place> {
  const row = await house.database.db
    .selectFrom('intake_items')
    .selectAll()
    .where('id', '=', itemId)
    .executeTakeFirstOrThrow();
  return {
    itemId,
    disposition: row.disposition ?? 'none',
    caseId: row.case_id,
    provisionalCaseId: row.provisional_case_id ?? 0,
    sameAs: row.same_as,
    flags: row.flags,
    ackSend: row.ack_send,
    ackReason: row.ack_reason,
  };
}

/** What waits for a person on a case, as "kind reason". */
export async function tasksOf(house: CaseworkHouse, caseId: number): Promise<string[]> {
  const rows = await house.sql(
    'select kind, reason from tasks where case_id = $1 and done_at is null order by kind, reason',
    [caseId],
  );
  return rows.map((row) => `${String(row['kind'])} ${String(row['reason'])}`);
}
