// Two ways to send letters that fail when they are killed, to prove that the harness sees it (promise P11):
// "mark-first" marks a letter as sent and then sends it; "send-first" sends it, then marks it, and sends again what is not marked.
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { parseSmtpUrl } from '../../dist/src/mailbox/parse-mail-url.js';
import { createSmtpMailer } from '../../dist/src/mailbox/smtp-mailer.js';
import { receiveOrders } from './kill-orders.mjs';

const { environment, observe } = await receiveOrders();
const database = new pg.Client({ connectionString: environment.DATABASE_URL });
await database.connect();
const mailer = createSmtpMailer({ server: parseSmtpUrl(environment.SMTP_URL).server });
process.on('SIGTERM', () => process.exit(0));

for (;;) {
  observe('claim-letter');
  const { rows } = await database.query('select * from naive_letters where submissions = 0 order by id limit 1');
  const steps = environment.ORDER === 'mark-first' ? [mark, send] : [send, mark];
  for (const letter of rows) for (const step of steps) await step(letter);
  if (rows.length === 0) await sleep(20);
}

async function mark({ id }) {
  observe('mark-sent');
  await database.query('update naive_letters set submissions = 1 where id = $1', [id]);
}

async function send({ id, bytes }) {
  observe('connect');
  const session = await mailer.connect();
  observe('submit');
  const recipient = `writer${id}@p${id}.example.org`;
  await session.submit({ envelopeFrom: 'bounce@jubao.example', recipient, bytes });
  observe('submitted');
  await session.close();
}
