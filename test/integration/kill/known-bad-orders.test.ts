import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmptyDatabase, type TestDatabase } from '../../support/database.ts';
import { startDovecot, type Dovecot } from '../../support/dovecot.ts';
import { createChance, type Chance } from '../../support/kill-chance.ts';
import { killByPlan, planKills, showHistogram, type CourseOptions } from '../../support/kill-course.ts';
import { imapUrl } from '../../support/kill-house.ts';
import { accountForLetters, type LetterAccount, type RecordedLetter } from '../../support/kill-letter-law.ts';
import { accountForMails, sha256, type MailAccount } from '../../support/kill-mail-law.ts';
import { createKillMail } from '../../support/kill-mails.ts';
import { startSlowSinks, type SlowSinks } from '../../support/kill-sinks.ts';
import { createKillableWorker } from '../../support/kill-worker.ts';

const SEED = 20_141_210;
const KILLS = { before: 6, within: 3, anytime: 5 };
const SPANS = { withinMs: 10, anytimeMs: 600 };

let database: TestDatabase;
let client: Client;
let chance: Chance;

beforeEach(async () => {
  chance = createChance(SEED);
  database = await createEmptyDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.drop();
});

describe('the harness that kills mailbox workers', () => {
  let dovecot: Dovecot;
  beforeEach(async () => {
    dovecot = await startDovecot();
  });
  afterEach(() => dovecot.close());

  it('catches one that flags a mail before it is stored: mails are lost', { timeout: 180_000 }, async () => {
    const account = await killNaiveMailboxWorker(dovecot, 'flag-first');
    expect(account.lost).toBeGreaterThan(0);
  });

  it('catches one that stores without a unique key: mails are doubled', { timeout: 180_000 }, async () => {
    const account = await killNaiveMailboxWorker(dovecot, 'no-key');
    expect(account.doubled).toBeGreaterThan(0);
    expect(account.lost).toBe(0);
  });
});

describe('the harness that kills letters workers', () => {
  let sinks: SlowSinks;
  beforeEach(async () => {
    sinks = await startSlowSinks(createChance(SEED + 1), [0, 40]);
  });
  afterEach(() => sinks.close());

  it('catches one that marks a letter before it is sent: letters are never sent', { timeout: 180_000 }, async () => {
    const account = await killNaiveLettersWorker(sinks, 'mark-first');
    expect(account.neverSent).toBeGreaterThan(0);
    expect(account.doubled).toBe(0);
  });

  it('catches one that sends again what is not marked: letters are doubled', { timeout: 180_000 }, async () => {
    const account = await killNaiveLettersWorker(sinks, 'send-first');
    expect(account.doubled).toBeGreaterThan(0);
    expect(account.neverSent).toBe(0);
  });
});

async function killNaiveMailboxWorker(dovecot: Dovecot, order: 'flag-first' | 'no-key'): Promise<MailAccount> {
  await client.query('create table naive_mails (sha256 text not null)');
  const environment = { DATABASE_URL: database.url, IMAP_URL: imapUrl(dovecot), ORDER: order };
  const kills = await killEverywhere('kill-naive-mailbox-worker.mjs', ['select', 'list', 'fetch', 'insert', 'flag'], {
    environment: () => environment,
    before: (life) => dovecot.deliver(createKillMail(chance, life)),
    progress: 'select count(*)::int as done from naive_mails',
  });
  const { rows } = await client.query<{ sha256: string }>('select sha256 from naive_mails');
  const mailbox = (await dovecot.messages()).map(sha256);
  const account = accountForMails(
    mailbox,
    rows.map((row) => row.sha256),
  );
  const { lost, doubled } = account;
  process.stdout.write(
    `P1, known bad: ${order}, ${kills}, ${mailbox.length} mails, ${lost} lost, ${doubled} doubled\n`,
  );
  return account;
}

async function killNaiveLettersWorker(sinks: SlowSinks, order: 'mark-first' | 'send-first'): Promise<LetterAccount> {
  await client.query(
    'create table naive_letters (id int primary key, submissions int not null default 0, bytes bytea not null)',
  );
  const recorded: Omit<RecordedLetter, 'submissions'>[] = [];
  const steps = ['claim-letter', 'connect', 'submit', 'submitted', 'mark-sent'];
  const kills = await killEverywhere('kill-naive-letters-worker.mjs', steps, {
    environment: (life) => ({ DATABASE_URL: database.url, ORDER: order, SMTP_URL: sinks.url(life) }),
    before: async (life) => {
      const bytes = createKillMail(chance, life);
      recorded.push({ messageId: `letter-${life}@p${life}.example.org`, sha256: sha256(bytes), givenUp: false });
      await client.query('insert into naive_letters (id, bytes) values ($1, $2)', [life, bytes]);
    },
    progress: 'select count(*)::int as done from naive_letters where submissions > 0',
  });
  const { rows } = await client.query<{ submissions: number }>('select submissions from naive_letters order by id');
  const letters = recorded.map((letter, n) => ({ ...letter, submissions: rows[n]?.submissions ?? 0 }));
  const account = accountForLetters(letters, sinks.arrived());
  const { neverSent, doubled } = account;
  process.stdout.write(
    `P11, known bad: ${order}, ${kills}, ${letters.length} letters, ${neverSent} never sent, ${doubled} doubled\n`,
  );
  return account;
}

/** The kills that the real workers get, and one life without. `progress`: counts what is done; it ends when no more is done. */
async function killEverywhere(
  program: string,
  steps: readonly string[],
  course: Pick<CourseOptions, 'environment' | 'before'> & { readonly progress: string },
): Promise<string> {
  const worker = createKillableWorker(program);
  try {
    const plans = planKills(chance, steps, KILLS, SPANS);
    const histogram = await killByPlan({ worker, plans, ...course });
    let last = -1;
    let looks = 0;
    await worker.liveUntil(course.environment(0), async () => {
      const done = (await client.query<{ done: number }>(course.progress)).rows[0]?.done ?? 0;
      looks = done === last ? looks + 1 : 0;
      last = done;
      return looks > 20;
    });
    return `${plans.length} kills (${showHistogram(histogram)})`;
  } finally {
    await worker.close();
  }
}
