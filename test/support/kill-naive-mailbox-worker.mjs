// Two ways to take in mail that fail when they are killed, to prove that the harness sees it (promise P1):
// "flag-first" marks a mail as seen and then stores it; "no-key" stores it and then marks it, with no key to refuse a second row.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectImapMailbox } from '../../dist/src/mailbox/imap-mailbox.js';
import { parseImapUrl } from '../../dist/src/mailbox/parse-mail-url.js';
import { receiveOrders } from './kill-orders.mjs';

const { environment, observe } = await receiveOrders();
const database = new pg.Client({ connectionString: environment.DATABASE_URL });
await database.connect();
const mailbox = await connectImapMailbox({ server: parseImapUrl(environment.IMAP_URL).server });
process.on('SIGTERM', () => process.exit(0));

for (;;) {
  observe('select');
  await mailbox.open('INBOX');
  observe('list');
  const unseen = (await mailbox.list()).filter(({ flags }) => !flags.includes('\\Seen'));
  for (const { uid } of unseen) {
    observe('fetch');
    const [{ source }] = await mailbox.fetch([uid]);
    const steps = environment.ORDER === 'flag-first' ? [flag, insert] : [insert, flag];
    for (const step of steps) await step(uid, source);
  }
  await sleep(50);
}

async function flag(uid) {
  observe('flag');
  await mailbox.markSeen([uid]);
}

async function insert(_uid, source) {
  observe('insert');
  await database.query('insert into naive_mails (sha256) values ($1)', [
    createHash('sha256').update(source).digest('hex'),
  ]);
}
