import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import nodemailer from 'nodemailer';
import pg from 'pg';

/**
 * What we are measured against, in a process of its own.
 * `limit`: fetch in batches, parse, one multi-row INSERT a batch; no case, no letter, no promise: the honest upper bound.
 * `script`: what people usually write: one by one, parse, INSERT, \Seen, send an answer; no transaction.
 */
const [kind = '', imapPort = '', user = '', password = '', databaseUrl = '', smtpPort = ''] = process.argv.slice(2);
const SKIPS = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };

const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(imapPort),
  secure: false,
  auth: { user, pass: password },
  logger: false,
  doSTARTTLS: false,
});
await client.connect();
await client.mailboxOpen('INBOX');
const database = new pg.Client({ connectionString: databaseUrl });
await database.connect();
await database.query('drop table if exists reference_mails');
await database.query('create table reference_mails (uid bigint, sender text, subject text, body text, raw bytea)');
const total = client.mailbox === false ? 0 : client.mailbox.exists;
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
let parserMs = 0;

async function parse(source: Buffer) {
  const before = process.cpuUsage();
  const parsed = await simpleParser(source, SKIPS);
  const used = process.cpuUsage(before);
  parserMs += (used.user + used.system) / 1000;
  return parsed;
}

if (kind === 'limit') {
  for (let from = 1; from <= total; from += 100) {
    const messages = await client.fetchAll(`${from}:${Math.min(from + 99, total)}`, { uid: true, source: true });
    const rows = [];
    for (const { uid, source } of messages) {
      const raw = source ?? Buffer.alloc(0);
      const parsed = await parse(raw);
      rows.push({ uid, sender: parsed.from?.text ?? '', subject: parsed.subject ?? '', body: parsed.text ?? '', raw });
    }
    await database.query(
      'insert into reference_mails select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::bytea[])',
      [
        rows.map((r) => r.uid),
        rows.map((r) => r.sender),
        rows.map((r) => r.subject),
        rows.map((r) => r.body),
        rows.map((r) => r.raw),
      ],
    );
  }
} else {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: Number(smtpPort),
    secure: false,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
  });
  for (let n = 1; n <= total; n += 1) {
    const message = await client.fetchOne(String(n), { uid: true, source: true });
    if (message === false) continue;
    const raw = message.source ?? Buffer.alloc(0);
    const parsed = await parse(raw);
    await database.query('insert into reference_mails values ($1, $2, $3, $4, $5)', [
      message.uid,
      parsed.from?.text,
      parsed.subject,
      parsed.text,
      raw,
    ]);
    await client.messageFlagsAdd(String(n), ['\\Seen']);
    await transport.sendMail({
      from: 'office@example.cn',
      to: parsed.from?.value[0]?.address ?? '',
      subject: '来信已收到',
      text: `编号 ${n}`,
    });
  }
  transport.close();
}

const elapsedMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
process.stdout.write(
  `${JSON.stringify({ mails: total, perSecond: (total / elapsedMs) * 1000, cpuMsPerMail: (cpu.user + cpu.system) / 1000 / total, parserMsPerMail: parserMs / total })}\n`,
);
await database.end();
await client.logout();
