import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../fixtures/catalogue/catalogue.ts';
import { receiveFiles, type ReceivedFile } from '../../src/casework/receive.ts';
import type { House } from '../../src/compose.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { runRoles, type RunningRoles } from '../../src/roles/run-roles.ts';
import { checkLaw } from '../../src/store/doctor.ts';
import { startDurablePostgres, type DurablePostgres } from '../support/database.ts';
import { createChance } from '../support/kill-chance.ts';
import { baseEnvironment, openTestHouse } from '../support/kill-house.ts';
import { createKillMail } from '../support/kill-mails.ts';

const SEED = 20_140_722;
const GOOD = 200;
/** Ordinary mails of a day, and how many such days. */
const ORDINARY = 100;
const DAYS = 4;
/** Mail of other projects, used to test and not part of this one. */
const FOREIGN_MAIL = join(projectRoot(), '../shared/data/mail');
/** Promise P4: beside a mail that poisons its reader the others wait at most this much longer. */
const PATIENCE_MS = 60_000;
const MOST_GROWTH_MB = 64;
const PORTION_BYTES = 8 * 1024 * 1024;
const MOST_WAITING = 100;

/** The worker gives back on SIGUSR2 what it does not hold. */
const COLLECTING = ['--expose-gc', '--import', join(projectRoot(), 'test/support/collect-on-signal.mjs')];

/** As in the image (Dockerfile). */
const MALLOC = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' };

type Arrival = { readonly name: string; readonly good: boolean; bytes(): Buffer };

let postgres: DurablePostgres;
let test: { house: House; close(): Promise<void> };
let running: RunningRoles;
let worker: ChildProcess;

beforeAll(async () => {
  postgres = await startDurablePostgres();
  const environment = {
    ...baseEnvironment(postgres.url),
    IMAP_URL: 'imap://office:none@127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
  test = await openTestHouse(environment);
  running = await runRoles(test.house, []); // only to ring for the worker
  worker = await startTriage({ ...environment, LOG_LEVEL: 'info' });
});

afterAll(async () => {
  worker.kill('SIGTERM');
  if (worker.exitCode === null) await once(worker, 'exit');
  await test.close();
  await postgres.close();
});

describe('the worst mail that could be found, in any order, with complaints between', () => {
  it(
    'gives each mail one place, holds no complaint back, and leaves the worker as it was',
    { timeout: 1_200_000 },
    async () => {
      const arrivals = createChance(SEED).shuffled([...foreignMail(), ...catalogueMail(), ...goodMail()]);
      const pid = worker.pid ?? 0;
      const before = await restingMb(pid, 'before');
      let peak = before;
      const watch = setInterval(() => (peak = Math.max(peak, residentMb(pid))), 100);
      await settleAll(arrivals);
      clearInterval(watch);
      const [ends, good] = [await countDispositions(), await goodMails()];
      const growth = (await restingMb(pid, 'after')) - before;
      process.stdout.write(
        `P4: ${arrivals.length} mails, seed ${SEED}: ${ends.map(({ disposition, items }) => `${items} ${disposition}`).join(', ')}; ` +
          `${good.cases} of ${GOOD} complaints became cases, the slowest after ${(good.slowestMs / 1000).toFixed(1)} s; ` +
          `worker grew by ${growth.toFixed(0)} MB (peak ${(peak - before).toFixed(0)} MB)\n`,
      );
      expect(ends.reduce((sum, { items }) => sum + items, 0)).toBe(arrivals.length);
      expect(good.cases).toBe(GOOD);
      expect(good.slowestMs).toBeLessThan(PATIENCE_MS);
      expect({ exitCode: worker.exitCode, signal: worker.signalCode }).toEqual({ exitCode: null, signal: null });
      expect(growth).toBeLessThan(MOST_GROWTH_MB);
      expect(await checkLaw(test.house.database.db, { listed: 0, stored: 0 })).toMatchObject({
        items: { total: arrivals.length + 2 * DAYS * ORDINARY, withoutDisposition: 0 },
        journal: { intact: true },
        broken: [],
      });
    },
  );
});

async function settleAll(arrivals: readonly Arrival[]): Promise<void> {
  for (const portion of portions(arrivals)) {
    await receive(portion);
    running.queue.wakeUps.triage();
    while ((await waitingItems()) > MOST_WAITING) await sleep(100);
  }
  while ((await waitingItems()) > 0) await sleep(100);
}

/**
 * What the worker comes back to in ordinary days, in MB: the least that was resident after any of them, its garbage collected.
 * When the collector happens to run says nothing about growth: without asking it, the same course read 9 to 96 MB.
 */
async function restingMb(pid: number, when: string): Promise<number> {
  let least = Infinity;
  for (let day = 0; day < DAYS; day += 1) {
    await settleAll(ordinaryDay(`${when}-${day}`));
    process.kill(pid, 'SIGUSR2');
    await sleep(1_000);
    least = Math.min(least, residentMb(pid));
  }
  return least;
}

/** Ordinary mail, not counted below. */
function ordinaryDay(name: string): Arrival[] {
  const chance = createChance(SEED);
  return Array.from({ length: ORDINARY }, (_, n) => {
    const bytes = Buffer.concat([Buffer.from(`X-Day: ${name}\r\n`), createKillMail(chance, 1_000 + n)]);
    return { name: `ordinary-${name}-${n}.eml`, good: false, bytes: () => bytes };
  });
}

function foreignMail(): Arrival[] {
  const files = readdirSync(FOREIGN_MAIL, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length, `mails under ${FOREIGN_MAIL}`).toBeGreaterThan(1_000);
  return files.map(({ parentPath, name }) => ({
    name,
    good: false,
    bytes: () => readFileSync(join(parentPath, name)),
  }));
}

function catalogueMail(): Arrival[] {
  return catalogue().map(({ id, raw }) => ({ name: `${id}.eml`, good: false, bytes: raw }));
}

function goodMail(): Arrival[] {
  const chance = createChance(SEED + 1);
  return Array.from({ length: GOOD }, (_, n) => {
    const bytes = createKillMail(chance, n);
    return { name: `good-${n}.eml`, good: true, bytes: () => bytes };
  });
}

function* portions(arrivals: readonly Arrival[]): Generator<ReceivedFile[]> {
  let portion: ReceivedFile[] = [];
  let size = 0;
  for (const { name, bytes: build } of arrivals) {
    const bytes = build();
    if (portion.length > 0 && (portion.length >= 20 || size + bytes.length > PORTION_BYTES)) {
      yield portion;
      portion = [];
      size = 0;
    }
    portion.push({ source: 'mail', name, receivedAt: new Date(), bytes, answer: true });
    size += bytes.length;
  }
  yield portion;
}

async function receive(files: readonly ReceivedFile[]): Promise<void> {
  const { house } = test;
  await receiveFiles(
    {
      transact: house.store.receive,
      opening: { timing: house.timing, clock: systemClock, random: systemRandom },
      sealer: house.sealer,
      observe: house.observe,
    },
    files,
  );
}

/** The worker as it is in an installation: a process of its own. */
async function startTriage(environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...COLLECTING, join(projectRoot(), 'dist/workers/triage.js')], {
    env: { PATH: process.env['PATH'], ...MALLOC, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (child.stderr === null) throw new Error('its log is piped');
  const lines = createInterface({ input: child.stderr });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('worker is ready')) resolve();
    });
    child.once('exit', () => reject(new Error('the triage worker did not start')));
  });
  return child;
}

/** Resident memory as Linux counts it. */
function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Items that are not settled, and cases for which the worker still looks for others like them. */
async function waitingItems(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select ((select count(*) from intake_items where state <> 'settled')
      + (select count(*) from cases where links_sought_at is null and not provisional and folded_as is null))::int as waiting`.execute(
    test.house.database.db,
  );
  if (worker.exitCode !== null || worker.signalCode !== null) throw new Error('the triage worker is gone');
  return rows[0]?.waiting ?? 0;
}

async function countDispositions() {
  const { rows } = await sql<{ disposition: string; items: number }>`
    select coalesce(i.disposition, 'none') as disposition, count(*)::int as items
    from intake_items i join raw_messages r on r.id = i.raw_id where r.name not like 'ordinary-%'
    group by 1 order by 2 desc`.execute(test.house.database.db);
  return rows;
}

async function goodMails() {
  const { rows } = await sql<{ cases: number; slowestMs: number }>`
    select count(distinct i.case_id) filter (where i.disposition = 'case')::int as cases,
      max(extract(epoch from i.settled_at - i.created_at) * 1000)::float as "slowestMs"
    from intake_items i join raw_messages r on r.id = i.raw_id where r.name like 'good-%'`.execute(
    test.house.database.db,
  );
  return rows[0] ?? { cases: 0, slowestMs: Infinity };
}
