import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request, type RequestOptions } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { House } from '../../src/compose.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { startApi } from '../../src/roles/api-role.ts';
import { runRoles } from '../../src/roles/run-roles.ts';
import { issueToken, OFFICE_USER } from '../../src/store/accounts.ts';
import { openDatabase, type Db } from '../../src/store/database.ts';
import { createChance, type Chance } from '../../test/support/kill-chance.ts';
import { baseEnvironment, openTestHouse } from '../../test/support/kill-house.ts';
import { fillOffice } from './fill-office.ts';

export type QueueFigures = {
  readonly cases: number;
  readonly firstPageP95Ms: number;
  readonly searchP95Ms: number;
  readonly caseP95Ms: number;
  readonly commandP95Ms: number;
  readonly tenThousandFirstPageP95Ms: number;
  readonly tenThousandSearchP95Ms: number;
  readonly tenThousandCaseP95Ms: number;
  readonly tenThousandCommandP95Ms: number;
  /** The plain reference beside `cases`: a request that asks the database for the viewer and nothing else. */
  readonly emptyRequestP95Ms: number;
};

/** `folder`: keep the database there, and take what is there already. */
export type QueueBenchOptions = { readonly cases: number; readonly folder?: string | undefined };

const SMALL = 10_000;
const SEED = 20_140_722;
const WARM_UP = 20;
const SAMPLES = 200;
const PAGE = 'limit=50';
/** What the desk narrows the queue by, half of the time. */
const FILTERS = [
  'unit=EXAM',
  'category=3',
  'state=TRIAGE',
  'urgent=true',
  'confirmed=false',
  'overdue=true',
  'assignedUnit=FIN',
  'lane=sealed',
  'lane=sealed&category=3',
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm run bench -- queue`: what the desk waits for with many cases, over HTTP, beside the same with ten thousand. */
export async function benchQueue({ cases, folder }: QueueBenchOptions): Promise<QueueFigures> {
  const small = await measureAt(SMALL, folder);
  const large = cases === SMALL ? small : await measureAt(cases, folder);
  return {
    cases,
    firstPageP95Ms: large.firstPage,
    searchP95Ms: large.search,
    caseP95Ms: large.oneCase,
    commandP95Ms: large.command,
    tenThousandFirstPageP95Ms: small.firstPage,
    tenThousandSearchP95Ms: small.search,
    tenThousandCaseP95Ms: small.oneCase,
    tenThousandCommandP95Ms: small.command,
    emptyRequestP95Ms: large.empty,
  };
}

async function measureAt(cases: number, keptIn: string | undefined) {
  const folder = keptIn ?? (await mkdtemp(join(tmpdir(), 'shouli-bench-')));
  const dataDir = join(folder, `cases-${cases}`);
  await mkdir(dataDir, { recursive: true });
  for (const one of [folder, dataDir]) await chmod(one, 0o711); // run as root, the database has a user of its own
  const postgres = await openEmbeddedPostgres({ dataDir, log: createLogger({ level: 'error', name: 'bench' }) });
  const environment = { ...baseEnvironment(postgres.url), HTTP_PORT: '0' };
  const { house, close } = await openTestHouse(environment);
  try {
    await fillOnce(postgres.adminUrl, house, cases);
    const { address } = await startApi(house, await runRoles(house, []));
    const figures = await measure(house.database.db, address, cases);
    say(`${cases} cases: ${JSON.stringify(figures)}`);
    return figures;
  } finally {
    await close();
    await postgres.close();
    if (keptIn === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function fillOnce(adminUrl: string, house: House, cases: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from cases`.execute(house.database.db);
  if ((rows[0]?.n ?? 0) > 0) return;
  const admin = openDatabase(adminUrl.replace(/\/[^/]*$/u, '/shouli'), { max: 1, applicationName: 'bench' });
  try {
    await fillOffice(admin.db, cases, { timing: house.timing, rules: house.rules.current().rules }, say);
  } finally {
    await admin.close();
  }
}

async function measure(db: Db, address: string, cases: number) {
  const chance = createChance(SEED);
  const desk = await openDesk(db, address);
  const page = (n: number): string => (n % 2 === 0 ? PAGE : `${FILTERS[(n >> 1) % FILTERS.length]}&${PAGE}`);
  const words = await twoCharacters(db, chance, WARM_UP + SAMPLES);
  const { rows } = await sql<{ id: number }>`
    select id from cases where next_due_at is not null order by id limit ${WARM_UP + SAMPLES}`.execute(db);
  const waiting = rows.map(({ id }) => id);
  try {
    return {
      empty: await p95(() => desk.get('/api/session')),
      firstPage: await p95((n) => desk.get(`/api/cases?${page(n)}`)),
      search: await p95((n) => desk.get(`/api/cases?search=${encodeURIComponent(words[n] ?? '')}&${PAGE}`)),
      counts: await p95(() => desk.get('/api/cases/counts')),
      oneCase: await p95(() => desk.get(`/api/cases/${1 + chance.below(cases)}`)),
      command: await p95((n) =>
        desk.post(`/api/cases/${waiting[n % waiting.length]}/notes`, { text: '已电话联系来信人，转告承办处室核实。' }),
      ),
    };
  } finally {
    desk.close();
  }
}

/** Milliseconds below which 95 of 100 stay, in tenths; one after the other. */
async function p95(ask: (n: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < WARM_UP + SAMPLES; n += 1) {
    const start = performance.now();
    await ask(n);
    if (n >= WARM_UP) times.push(performance.now() - start);
  }
  return Math.round((times.toSorted((a, b) => a - b)[Math.floor(SAMPLES * 0.95)] ?? 0) * 10) / 10;
}

/** Neighbours out of texts of the office, so that a word is as common here as it is there: of "学校" many, of a rare name few. */
async function twoCharacters(db: Db, chance: Chance, count: number): Promise<readonly string[]> {
  const { rows } = await sql<{ text: string }>`
    select subject || body as text from item_texts order by hashint8(item_id) limit ${count * 4}`.execute(db);
  const words = rows.map(({ text }) => {
    const pairs = text.match(/\p{Script=Han}{2}/gu) ?? [''];
    return chance.pick(pairs);
  });
  return [...new Set(words)].filter((word) => word !== '').slice(0, count);
}

/** As a browser asks: over one connection that stays open. Anything but success ends the bench. */
async function openDesk(db: Db, address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const authorization = `Bearer ${await issueToken(db, OFFICE_USER, 'bench')}`;
  const ask = (path: string, options: RequestOptions, body?: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = request(new URL(path, address), { ...options, agent }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (piece: string) => (text += piece));
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve();
          else reject(new Error(`${path} was answered with ${answer.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    get: (path: string) => ask(path, { headers: { authorization } }),
    post: (path: string, body: object) =>
      ask(
        path,
        { method: 'POST', headers: { authorization, 'content-type': 'application/json' } },
        JSON.stringify(body),
      ),
    close: () => agent.destroy(),
  };
}
