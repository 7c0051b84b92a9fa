import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pollFolder, type PollReport } from '../../../src/casework/poll-mailbox.ts';
import { receiveMails } from '../../../src/casework/receive.ts';
import type { House } from '../../../src/compose.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { systemRandom } from '../../../src/platform/random.ts';
import { watchMailbox } from '../../../src/roles/mailbox-role.ts';
import { mailboxSources } from '../../../src/roles/mail-servers.ts';
import { createFolderStore } from '../../../src/store/mail-folders.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import { startDovecot, type Dovecot, type DovecotOptions } from '../../support/dovecot.ts';
import { createChance } from '../../support/kill-chance.ts';
import { baseEnvironment, imapUrl, openTestHouse, settleEverything } from '../../support/kill-house.ts';
import { accountForMails, sha256 } from '../../support/kill-mail-law.ts';
import { createKillMail } from '../../support/kill-mails.ts';

const SEED = 20_150_104;
const MAILS = 200;
/** Dovecot without MOVE: what has been taken stays in INBOX and is renumbered with the rest. */
const WITHOUT_MOVE = 'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ UIDPLUS NAMESPACE SPECIAL-USE';
const WAIT = { timeout: 120_000, interval: 100 };

let postgres: DurablePostgres;
let dovecot: Dovecot;
let test: { house: House; close(): Promise<void> };

async function open(options: DovecotOptions): Promise<void> {
  dovecot = await startDovecot(options);
  test = await openTestHouse({
    ...baseEnvironment(postgres.url),
    IMAP_URL: imapUrl(dovecot),
    SMTP_URL: 'smtp://127.0.0.1:9',
  });
}

beforeEach(async () => {
  postgres = await startDurablePostgres();
});
afterEach(async () => {
  await test.close();
  await dovecot.close();
  await postgres.close();
});

describe('a mailbox that forgets its UIDs (RFC 3501 2.3.1.1)', () => {
  it.each([
    ['while mail is moved away', {}],
    ['while mail stays where it is', { capability: WITHOUT_MOVE }],
  ])(
    'rebuilt twenty times at any instant, %s, loses and doubles nothing',
    { timeout: 600_000 },
    async (which, options) => {
      await open(options);
      const chance = createChance(SEED);
      const watching = mailboxSources(test.house).map((source) =>
        watchMailbox(test.house, source, { triage: () => undefined }),
      );
      test.house.shutdown.add('mailbox', () => Promise.all(watching).then(() => undefined));
      await vi.waitFor(async () => expect((await folderState()).polledAt).toBeGreaterThan(0), WAIT); // it knows a first numbering
      for (let reset = 0; reset < 20; reset += 1) {
        for (let n = 0; n < MAILS / 20; n += 1) await dovecot.deliver(createKillMail(chance, reset * 10 + n));
        await sleep(chance.below(80)); // the arrival has woken the worker: somewhere in the middle of its round
        await rebuildMailbox();
      }
      await vi.waitFor(async () => expect(await storedMails()).toBeGreaterThanOrEqual(MAILS), WAIT);
      await vi.waitFor(async () => expect((await folderState()).settled).toBe(true), WAIT);
      await expectOneOfEach(`20 rebuilds ${which}`, 20);
    },
  );

  it('renumbered before every one of fifty polls, loses and doubles nothing', { timeout: 300_000 }, async () => {
    await open({ capability: WITHOUT_MOVE });
    const chance = createChance(SEED + 1);
    for (let poll = 0; poll < 50; poll += 1) {
      for (let n = 0; n < MAILS / 50; n += 1) await dovecot.deliver(createKillMail(chance, poll * 4 + n));
      const { listed } = await pollOnce();
      expect(listed).toBe((poll + 1) * 4);
      await dovecot.resetUidValidity();
    }
    await expectOneOfEach('50 polls, each of another numbering', 49);
  });
});

async function pollOnce(): Promise<PollReport> {
  const { house } = test;
  const [source] = mailboxSources(house);
  if (source === undefined) throw new Error('there is one mailbox');
  const mailbox = await source.connect();
  try {
    return await pollFolder(
      {
        folders: createFolderStore(house.database),
        receive: (mails) =>
          receiveMails(
            {
              transact: house.store.receive,
              opening: { timing: house.timing, clock: systemClock, random: systemRandom },
              sealer: house.sealer,
              observe: house.observe,
            },
            mails,
          ),
        wakeTriage: () => undefined,
        observe: house.observe,
      },
      mailbox,
      { path: 'INBOX', spam: false },
      house.shutdown.signal,
    );
  } finally {
    await mailbox.close();
  }
}

async function storedMails(): Promise<number> {
  const { rows } = await sql<{ stored: number }>`select count(*)::int as stored from raw_messages`.execute(
    test.house.database.db,
  );
  return rows[0]?.stored ?? 0;
}

type FolderState = { readonly generation: number; readonly settled: boolean; readonly polledAt: number };

/** `settled`: whole rounds have ended since the last mail was stored. `polledAt`: ms since 1970, the end of the last round. */
async function folderState(): Promise<FolderState> {
  const { rows } = await sql<FolderState>`
    select generation, coalesce(extract(epoch from last_polled_at) * 1000, 0)::float8 as "polledAt",
      coalesce(last_polled_at > (select max(stored_at) + interval '2 seconds' from raw_messages), false) as settled
    from mail_folders where path = 'INBOX'`.execute(test.house.database.db);
  return rows[0] ?? { generation: 0, settled: false, polledAt: 0 };
}

/**
 * The server dies, comes back with other UIDs, and the worker has met them to the end of a round: a server that dies in every
 * round is waited for ever longer.
 */
async function rebuildMailbox(): Promise<void> {
  const { generation } = await folderState();
  await dovecot.kill();
  await dovecot.resetUidValidity();
  await vi.waitFor(() => dovecot.restart(), WAIT); // a killed child may hold the sockets for some more milliseconds
  const restartedAt = Date.now();
  await vi.waitFor(async () => {
    const met = await folderState();
    expect(met.generation).toBeGreaterThan(generation);
    expect(met.polledAt).toBeGreaterThan(restartedAt);
  }, WAIT);
}

async function expectOneOfEach(how: string, leastGeneration: number): Promise<void> {
  const { db } = test.house.database;
  await settleEverything(test.house);
  const mailbox = (
    await Promise.all(['INBOX', 'Intake/Done'].map((folder) => dovecot.messages(folder).catch(() => [])))
  ).flat();
  const { rows } = await sql<{ hash: string }>`
    select encode(r.sha256, 'hex') as hash from raw_messages r join intake_items i on i.raw_id = r.id`.execute(db);
  const { rows: ends } = await sql<{ items: number; cases: number; letters: number; generation: number }>`
    select (select count(*)::int from intake_items) as items, (select count(*)::int from cases) as cases,
      (select count(*)::int from letters) as letters, (select generation from mail_folders where path = 'INBOX')`.execute(
    db,
  );
  const account = accountForMails(
    mailbox.map(sha256),
    rows.map((row) => row.hash),
  );
  const [end] = ends;
  process.stdout.write(
    `P3: ${how}: generation ${end?.generation ?? 0}, ${mailbox.length} mails, ${account.lost} lost, ${account.doubled} doubled, ` +
      `${end?.letters ?? 0} acknowledgements\n`,
  );
  expect(account).toEqual({ lost: 0, doubled: 0 });
  expect(end).toMatchObject({ items: MAILS, cases: MAILS, letters: MAILS });
  expect(end?.generation).toBeGreaterThan(leastGeneration);
}
