import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import nodemailer, { type SendMailOptions } from 'nodemailer';
import type { Role } from '../../src/domain/vocabulary.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { createUser, issueToken } from '../../src/store/accounts.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { startDurablePostgres } from './database.ts';
import { freeLoopbackPort } from './free-loopback-port.ts';

const OFFICE = 'xiaoneng@sandbox.example';
const START_LIMIT_MS = 60_000;
const LOOK_AGAIN_MS = 50;

/** The whole product as `npm start` runs it: one process, its own ports, a durable PostgreSQL, the sandbox mailbox. */
export type DeskHouse = {
  readonly url: string;
  readonly db: Db;
  /** By real SMTP, to the office unless the mail says otherwise. */
  sendMail(mail: SendMailOptions): Promise<void>;
  /** The number of the case that a mail or call became, as soon as it is one. Found by a piece of its text. */
  caseOf(piece: string): Promise<{ readonly id: number; readonly number: string }>;
  issueToken(name: string, role: Role): Promise<string>;
  /** SIGKILL: nothing is closed, nothing is said. */
  kill9(): Promise<void>;
  /** Again, on the same ports and the same database. */
  start(): Promise<void>;
  close(): Promise<void>;
};

export async function openDeskHouse(): Promise<DeskHouse> {
  const postgres = await startDurablePostgres();
  const opened = openDatabase(postgres.url, { max: 4, applicationName: 'browser-test' });
  const dataDir = await mkdtemp(join(tmpdir(), 'shouli-desk-'));
  const [httpPort, smtpPort] = [await freeLoopbackPort(), await freeLoopbackPort()];
  const environment = {
    DATABASE_URL: postgres.url,
    DATA_DIR: dataDir,
    HTTP_PORT: String(httpPort),
    SANDBOX_SMTP_PORT: String(smtpPort),
    POLL_SECONDS: '1',
    ACK_PER_HOUR: '10000',
    LOG_LEVEL: 'warn',
  };
  const url = `http://localhost:${String(httpPort)}`;
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true });
  let child = await startProduct(environment, url);
  return {
    url,
    db: opened.db,
    sendMail: async (mail) => void (await transport.sendMail({ from: 'citizen@example.org', to: OFFICE, ...mail })),
    caseOf: (piece) => findCase(opened.db, piece),
    issueToken: async (name, role) => issueToken(opened.db, await createUser(opened.db, name, role), 'browser test'),
    kill9: () => end(child, 'SIGKILL'),
    start: async () => {
      child = await startProduct(environment, url);
    },
    close: async () => {
      transport.close();
      await end(child, 'SIGTERM');
      await opened.close();
      await postgres.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function startProduct(environment: Readonly<Record<string, string>>, url: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(projectRoot(), 'dist/src/cli.js'), 'start'], {
    cwd: projectRoot(),
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-4_000)));
  const beganAt = performance.now();
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() - beganAt > START_LIMIT_MS) {
      child.kill('SIGKILL');
      throw new Error(`the product did not start: ${said}`);
    }
    await sleep(LOOK_AGAIN_MS);
  }
  return child;
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`).catch(() => null);
  await answer?.body?.cancel();
  return answer?.ok ?? false;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function findCase(db: Db, piece: string): Promise<{ id: number; number: string }> {
  const beganAt = performance.now();
  while (performance.now() - beganAt < START_LIMIT_MS) {
    const found = await db
      .selectFrom('intake_items as i')
      .innerJoin('item_texts as t', 't.item_id', 'i.id')
      .innerJoin('cases as c', 'c.id', 'i.case_id')
      .select(['c.id', 'c.number'])
      .where((where) => where.or([where('t.body', 'like', `%${piece}%`), where('t.subject', 'like', `%${piece}%`)]))
      .executeTakeFirst();
    if (found !== undefined) return found;
    await sleep(LOOK_AGAIN_MS);
  }
  throw new Error('no case has this text');
}
