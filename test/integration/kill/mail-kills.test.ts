import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../../src/compose.ts';
import { readRaw } from '../../../src/roles/triage-role.ts';
import { checkJournal } from '../../../src/store/journal.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createChance } from '../../support/kill-chance.ts';
import { killByPlan, planKills, showHistogram } from '../../support/kill-course.ts';
import { baseEnvironment, imapUrl, openTestHouse, settleEverything } from '../../support/kill-house.ts';
import { accountForMails, sha256 } from '../../support/kill-mail-law.ts';
import { createKillMail } from '../../support/kill-mails.ts';
import { createKillableWorker, type Environment, type KillableWorker } from '../../support/kill-worker.ts';

const SEED = 20_140_722;
const DISTINCT = 380;
const REPEATED = 20;
const MAILS = DISTINCT + REPEATED;
/** The steps of one round, in order (src/casework/ports.ts). */
const STEPS = 'select list fetch begin insert commit committed wake-up flag move moved'.split(' ');
const FOLDERS = ['INBOX', 'Junk', 'Intake/Done'];

let dovecot: Dovecot;
let postgres: DurablePostgres;
let worker: KillableWorker;
let environment: Environment;
let test: { house: House; close(): Promise<void> };

beforeAll(async () => {
  worker = createKillableWorker('kill-mailbox-worker.mjs');
  [dovecot, postgres] = await Promise.all([startDovecot({ spamFolder: 'Junk' }), startDurablePostgres()]);
  environment = { ...baseEnvironment(postgres.url), IMAP_URL: imapUrl(dovecot), SMTP_URL: 'smtp://127.0.0.1:9' };
  test = await openTestHouse(environment);
});

afterAll(async () => {
  await worker.close();
  await test.close();
  await postgres.close();
  await dovecot.close();
});

describe('however often the mailbox worker is killed', () => {
  it('no mail is lost and none is doubled', { timeout: 1_200_000 }, async () => {
    const chance = createChance(SEED);
    const plans = planKills(chance, STEPS, { before: 20, within: 7, anytime: 15 }, { withinMs: 12, anytimeMs: 800 });
    const post = await postMails(chance, plans.length);
    const histogram = await killByPlan({
      worker,
      plans,
      environment: () => environment,
      before: (life) => post(life, 'before'),
      during: (life) => post(life, 'during'),
    });
    const kills = [...histogram.values()].reduce((sum, count) => sum + count, 0);
    const exitCode = await worker.liveUntil(environment, allTaken);

    const mailbox = (await Promise.all(FOLDERS.map((folder) => dovecot.messages(folder)))).flat().map(sha256);
    const { lost, doubled } = accountForMails(mailbox, await storedHashes());
    process.stdout.write(`P1 kills, seed ${SEED}: ${showHistogram(histogram)}\n`);
    process.stdout.write(`P1: ${kills} kills, ${mailbox.length} mails, ${lost} lost, ${doubled} doubled\n`);
    expect({ lost, doubled, mails: mailbox.length, exitCode }).toEqual({
      lost: 0,
      doubled: 0,
      mails: MAILS,
      exitCode: 0,
    });
    expect(new Set(mailbox).size).toBe(DISTINCT);
    expect(kills).toBeGreaterThanOrEqual(300);
    for (const step of STEPS) expect(histogram.get(step) ?? 0, `kills at ${step}`).toBeGreaterThanOrEqual(10);
  });

  it('every mail has one item, and every distinct mail one case with its clocks running', async () => {
    expect(await counts()).toEqual({ raws: MAILS, items: MAILS, settled: REPEATED, cases: DISTINCT, clockless: 0 });
    expect(await checkJournal(test.house.database.db)).toMatchObject({ kind: 'intact' });
  });

  it(
    'every item finds its place once it is read, and every distinct mail is answered once',
    { timeout: 300_000 },
    async () => {
      await settleEverything(test.house);
      const { rows } = await sql<{ disposition: string; items: number; cases: number }>`
      select disposition, count(*)::int as items, count(distinct case_id)::int as cases from intake_items
      group by disposition order by disposition`.execute(test.house.database.db);
      expect(rows).toEqual([
        { disposition: 'case', items: DISTINCT, cases: DISTINCT },
        { disposition: 'duplicate', items: REPEATED, cases: REPEATED },
      ]);
      const { rows: letters } = await sql<{ letters: number; cases: number; junk: number }>`
      select count(*)::int as letters, count(distinct case_id)::int as cases,
        (select count(*)::int from intake_items where ack_reason = 'from-spam-folder') as junk from letters`.execute(
        test.house.database.db,
      );
      const junk = letters[0]?.junk ?? 0;
      expect(junk).toBeGreaterThan(0);
      expect(letters[0]).toEqual({ letters: DISTINCT - junk, cases: DISTINCT - junk, junk });
      expect(await checkJournal(test.house.database.db)).toMatchObject({ kind: 'intact' });
    },
  );
});

/** Deals the mails out over the lives: most lie there when a life begins, some arrive in the middle of one. */
async function postMails(chance: ReturnType<typeof createChance>, lives: number) {
  const distinct = Array.from({ length: DISTINCT }, (_, n) => createKillMail(chance, n));
  const repeats = chance.shuffled(distinct).slice(0, REPEATED);
  const dealt = Array.from({ length: lives }, () => ({ before: [] as Buffer[], during: [] as Buffer[] }));
  // One for each life, so that every life has something to do at every step; the rest anywhere.
  for (const [n, mail] of chance.shuffled([...distinct, ...repeats]).entries()) {
    const life = dealt[n < lives ? n : chance.below(lives)];
    life?.[n < lives ? 'before' : 'during'].push(mail);
  }
  return async (life: number, when: 'before' | 'during'): Promise<void> => {
    for (const mail of dealt[life]?.[when] ?? []) {
      await dovecot.deliver(mail, chance.happens(0.06) && when === 'during' ? 'Junk' : 'INBOX');
    }
  };
}

async function allTaken(): Promise<boolean> {
  const { rows } = await sql<{ stored: number }>`select count(*)::int as stored from raw_messages`.execute(
    test.house.database.db,
  );
  return (rows[0]?.stored ?? 0) >= MAILS && (await dovecot.messages('INBOX')).length === 0;
}

/** One hash a stored mail that has an item, of the bytes as they are read back. */
async function storedHashes(): Promise<string[]> {
  const { rows } = await sql<{ raw_id: number }>`
    select r.id as raw_id from raw_messages r join intake_items i on i.raw_id = r.id`.execute(test.house.database.db);
  const hashes: string[] = [];
  for (const { raw_id } of rows) hashes.push(sha256(await readRaw(test.house, raw_id)));
  return hashes;
}

async function counts() {
  const { rows } = await sql`
    select (select count(*)::int from raw_messages) as raws, (select count(*)::int from intake_items) as items,
      (select count(*)::int from intake_items where state = 'settled') as settled, (select count(*)::int from cases) as cases,
      (select count(*)::int from cases c where not exists
        (select 1 from deadlines d where d.case_id = c.id and d.state = 'armed')) as clockless`.execute(
    test.house.database.db,
  );
  return rows[0];
}
