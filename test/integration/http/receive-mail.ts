import { createHash, randomBytes } from 'node:crypto';
import { receiveFiles } from '../../../src/casework/receive.ts';
import type { ClaimedItem } from '../../../src/casework/records.ts';
import { settleItems } from '../../../src/casework/settle-items.ts';
import type { SettleContext } from '../../../src/casework/settle-port.ts';
import type { ParsedMail } from '../../../src/intake/item.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { systemRandom } from '../../../src/platform/random.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import type { Verdict } from '../../../src/rules/verdict.ts';
import { createCaseworkStore } from '../../../src/store/casework-store.ts';
import type { OpenDatabase } from '../../../src/store/database.ts';
import { shippedOffice } from '../../support/shipped-office.ts';

export type ReceivedMail = { readonly caseId: number; readonly itemId: number };

export type TestIntake = ReturnType<typeof createIntake>;

/** The real use cases of intake on a test database. */
export function createIntake(database: OpenDatabase) {
  const store = createCaseworkStore(database);
  const sealer = createSealer(Buffer.alloc(32, 7));
  const timing = shippedOffice().timing;
  const acknowledge = {
    sealer,
    random: systemRandom,
    writer: { compose: () => ({ bytes: Buffer.from('letter'), sha256: Buffer.alloc(32) }) },
    domain: 'office.example',
    tokenKey: Buffer.alloc(32, 9),
  };
  const settle: SettleContext = {
    transact: store.settle,
    timing,
    sealer,
    acknowledge,
    clock: systemClock,
    ownAddresses: ['office@office.example'],
    ownDomains: ['office.example'],
    ownedByUnit: () => false,
    observe: () => undefined,
  };
  return { database, store, sealer, timing, settle };
}

/** What the rules "say": a complaint about fees for the basic-education office, which a text about 财务处 accuses. */
export function verdictOn(text: string, given: Partial<Verdict> = {}): Verdict {
  const accused = text.includes('财务处') ? ['FIN'] : [];
  return {
    kind: 'complaint',
    category: 7,
    secondary: null,
    unit: 'BASIC',
    target: { level: 'province', name: null },
    accused,
    deny: accused,
    lane: 'request',
    urgent: false,
    confidence: 0.5,
    review: true,
    vote: { category: 7, share: 0.6 },
    evidence: [{ rule: 'fees.test', start: 0, end: 2, text: text.slice(0, 2) }],
    ignored: [{ rule: 'fees.quoted', start: 1, end: 2, text: text.slice(1, 2), why: 'quoted' }],
    scores: [{ category: 7, score: 1.5 }],
    ...given,
  };
}

function parsedMail(given: Partial<ParsedMail>): ParsedMail {
  const text = given.text ?? '学校乱收费，请查处。';
  const id = randomBytes(8).toString('hex');
  return {
    messageId: `${id}@citizen.example`,
    inReplyTo: [],
    from: { address: `${id}@citizen.example`, domain: 'citizen.example', name: '来信人' },
    fromShown: `${id}@citizen.example (来信人)`,
    returnPath: `${id}@citizen.example`,
    replyTo: [],
    recipients: ['office@office.example'],
    recipientCount: 1,
    claimedDate: null,
    subject: '反映收费问题',
    ownText: text,
    attachments: [],
    parts: [{ type: 'text/plain', bytes: text.length, shown: true }],
    flags: [],
    contentSha256: createHash('sha256').update(id).digest('hex'),
    automatic: null,
    delivery: null,
    authentication: 'pass',
    headers: `From: ${id}@citizen.example`,
    ...given,
    text,
  };
}

/** A mail through the real intake, except that the parser's and the rules' answers are given. */
export async function receiveMail(
  { database, store, sealer, timing, settle }: TestIntake,
  given: Partial<ParsedMail>,
  { verdict, raw }: { verdict?: Partial<Verdict>; raw?: Buffer },
): Promise<ReceivedMail> {
  const mail = parsedMail(given);
  const bytes = raw ?? Buffer.from(`Message-ID: <${String(mail.messageId)}>\r\n\r\n${mail.text}`);
  const receivedAt = new Date();
  const [itemId = 0] = await receiveFiles(
    {
      transact: store.receive,
      opening: { timing, clock: systemClock, random: systemRandom },
      sealer,
      observe: () => undefined,
    },
    [{ source: 'mail', name: 'test.eml', receivedAt, bytes, answer: true }],
  );
  const row = await database.db
    .selectFrom('intake_items')
    .select(['raw_id', 'provisional_case_id'])
    .where('id', '=', itemId)
    .executeTakeFirstOrThrow();
  const caseId = row.provisional_case_id ?? 0;
  const claimed: ClaimedItem = {
    itemId,
    caseId,
    receivedAt,
    rawId: row.raw_id ?? 0,
    source: 'mail',
    channel: 'email',
    name: 'test.eml',
    answer: true,
    claims: 1,
    readFailures: 0,
    flags: [],
    headersOnly: false,
    storedBytes: bytes.length,
  };
  await settleItems(settle, [
    { kind: 'mail', claimed, mail, verdict: verdictOn(mail.text, verdict), rulesVersion: 'test-1', letterIds: [] },
  ]);
  return { caseId, itemId };
}
