import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import iconv from 'iconv-lite';
import pg from 'pg';
import { createLogger } from '../../src/platform/logger.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { startDovecot, type Dovecot } from '../../test/support/dovecot.ts';
import { generateMail } from './generated-mails.ts';
import { cpuMs, findProcess, processTree, pssMb } from './processes.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const script = (name: string): string => join(projectRoot(), 'dist/scripts/bench', name);

type Sink = { readonly port: number; received(): number; lastAt(): number; close(): void };

/** Intake from a full mailbox, against the honest limit and the plain script on the same mails, machine and minute. */
export async function benchIntake(mails: number): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'shouli-bench-'));
  await chmod(folder, 0o711); // run as root, the database has a user of its own
  const log = createLogger({ level: 'error', name: 'bench' });
  const postgres = await openEmbeddedPostgres({ dataDir: join(folder, 'database'), log });
  const dovecot = await startDovecot();
  const sink = await startSink();
  try {
    say(`delivering ${mails} mails`);
    for (let n = 0; n < mails; n += 1)
      await dovecot.deliver(generateMail((text, charset) => iconv.encode(text, charset), n, 1));
    const limit = await runReference('limit', dovecot, postgres.url, sink.port);
    say(`limit: ${JSON.stringify(limit)}`);
    const plain = await runReference('script', dovecot, postgres.url, sink.port);
    say(`plain script: ${JSON.stringify(plain)}`);
    const commits = await commitCount(postgres.url);
    const ours = await runOurs(folder, dovecot, postgres.url, sink, mails);
    say(`ours: ${JSON.stringify(ours)}`);
    say(`transactions a mail: ${((await commitCount(postgres.url)) - commits) / mails}`);
    return {
      rawPerSecond: round(limit.perSecond),
      oursPerSecond: round(ours.perSecond),
      ratio: round(ours.perSecond / limit.perSecond),
      cpuMsPerMail: round(ours.cpuMsPerMail),
      parserCpuMsPerMail: round(limit.parserMsPerMail),
      peakMb: round(ours.peakMb),
      ackP95Ms: round(ours.ackP95Ms),
      mails,
      scriptPerSecond: round(plain.perSecond),
      scriptCpuMsPerMail: round(plain.cpuMsPerMail),
      firstTenthMb: round(ours.firstTenthMb),
      lastMb: round(ours.lastMb),
      databaseCpuMsPerMail: round(ours.databaseMsPerMail),
    };
  } finally {
    sink.close();
    await dovecot.close();
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Reference = { mails: number; perSecond: number; cpuMsPerMail: number; parserMsPerMail: number };

async function runReference(
  kind: 'limit' | 'script',
  dovecot: Dovecot,
  databaseUrl: string,
  smtpPort: number,
): Promise<Reference> {
  const child = spawn(
    process.execPath,
    [script('reference.js'), kind, String(dovecot.port), dovecot.user, dovecot.password, databaseUrl, String(smtpPort)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  for await (const line of createInterface({ input: child.stdout })) out = line;
  return JSON.parse(out) as Reference;
}

async function runOurs(folder: string, dovecot: Dovecot, databaseUrl: string, sink: Sink, mails: number) {
  const databasePid = findProcess(join(folder, 'database'));
  const before = sink.received();
  const child = spawn(
    process.execPath,
    [
      // For whoever looks for time: --cpu-prof and the like.
      ...(process.env['BENCH_NODE_FLAGS'] ?? '').split(' ').filter((flag) => flag !== ''),
      script('our-workers.js'),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        IMAP_URL: `imap://${encodeURIComponent(dovecot.user)}:${encodeURIComponent(dovecot.password)}@127.0.0.1:${dovecot.port}`,
        SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
        OFFICE_ADDRESS: 'office@example.cn',
        DATA_DIR: join(folder, 'data'),
        ACK_PER_HOUR: '999999',
        LOG_LEVEL: 'warn',
      },
    },
  );
  const startedAt = await lineOf(child, 'started');
  const cpuBefore = treeCpuMs(child.pid ?? 0);
  const mainBefore = cpuMs(child.pid ?? 0);
  const databaseBefore = treeCpuMs(databasePid);
  const memory = await watchUntilDone(child, () => sink.received() - before, mails);
  const seconds = (sink.lastAt() - startedAt) / 1000;
  await sleep(1_000); // the last outcomes are still being written
  const cpuAfter = treeCpuMs(child.pid ?? 0);
  const mainMsPerMail = (cpuMs(child.pid ?? 0) - mainBefore) / mails;
  const databaseAfter = treeCpuMs(databasePid);
  const ackP95Ms = await measureIdle(dovecot, sink, mails);
  child.kill('SIGTERM');
  await new Promise((resolve) => child.once('exit', resolve));
  return {
    perSecond: mails / seconds,
    cpuMsPerMail: (cpuAfter - cpuBefore) / mails,
    mainMsPerMail,
    databaseMsPerMail: (databaseAfter - databaseBefore) / mails,
    ...memory,
    ackP95Ms,
  };
}

async function commitCount(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ count: string }>(
    'select xact_commit as count from pg_stat_database where datname = current_database()',
  );
  await client.end();
  return Number(rows[0]?.count ?? 0);
}

type Memory = { peakMb: number; firstTenthMb: number; lastMb: number };

async function watchUntilDone(child: ChildProcess, done: () => number, mails: number): Promise<Memory> {
  const memory = { peakMb: 0, firstTenthMb: 0, lastMb: 0 };
  let toldAt = 0;
  while (done() < mails) {
    await sleep(done() < mails * 0.95 ? 2_000 : 50); // looking costs processor time that the others need
    if (done() >= mails) break;
    if (child.exitCode !== null) throw new Error('our workers ended early');
    memory.lastMb = processTree(child.pid ?? 0).reduce((sum, pid) => sum + pssMb(pid), 0);
    memory.peakMb = Math.max(memory.peakMb, memory.lastMb);
    if (memory.firstTenthMb === 0 && done() > mails / 10) memory.firstTenthMb = memory.lastMb;
    if (Date.now() - toldAt < 5_000) continue;
    say(`  ${done()} of ${mails} acknowledged, ${Math.round(memory.lastMb)} MB`);
    toldAt = Date.now();
  }
  return memory;
}

function treeCpuMs(pid: number): number {
  return processTree(pid).reduce((sum, one) => sum + cpuMs(one), 0);
}

/** One mail at a time into a quiet mailbox: from its delivery until the server has accepted its acknowledgement. */
async function measureIdle(dovecot: Dovecot, sink: Sink, used: number): Promise<number> {
  const waits: number[] = [];
  for (let n = 0; n < 40; n += 1) {
    await sleep(600 + (n % 7) * 100);
    const before = sink.received();
    const mail = generateMail((text, charset) => iconv.encode(text, charset), used + 20 + n * 20, 2);
    const deliveredAt = Date.now();
    await dovecot.deliver(mail);
    while (sink.received() === before) await sleep(5);
    waits.push(sink.lastAt() - deliveredAt);
  }
  return waits.toSorted((a, b) => a - b)[Math.ceil(waits.length * 0.95) - 1] ?? 0;
}

async function startSink(): Promise<Sink> {
  const child = spawn(process.execPath, [script('smtp-sink-process.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let received = 0;
  let lastAt = 0;
  const lines = createInterface({ input: child.stdout });
  const port = await new Promise<number>((resolve) => {
    lines.on('line', (line) => {
      const [word, first, second] = line.split(' ');
      if (word === 'port') resolve(Number(first));
      if (word === 'received') {
        received = Number(first);
        lastAt = Number(second);
      }
    });
  });
  return { port, received: () => received, lastAt: () => lastAt, close: () => child.kill() };
}

function lineOf(child: ChildProcess, word: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('our workers did not start')));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      if (line.startsWith(`${word} `)) resolve(Number(line.slice(word.length + 1)));
    });
  });
}

const round = (value: number): number => Math.round(value * 100) / 100;
