import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import type { CaseKey } from '../../src/casework/case-links.ts';
import { personKeys } from '../../src/casework/person-keys.ts';
import { searchTerms } from '../../src/casework/search-terms.ts';
import { seekLinks } from '../../src/casework/seek-links.ts';
import { identityContext } from '../../src/casework/settle-mail.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { createSealer } from '../../src/platform/sealing.ts';
import { nameSchools } from '../../src/rules/name-schools.ts';
import { createCaseworkStore } from '../../src/store/casework-store.ts';
import { openDatabase, type Db, type OpenDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createChance } from '../../test/support/kill-chance.ts';
import { ourRules } from './classify.ts';
import { letterWriter, passedOn, type BenchLetter } from './generated-letters.ts';

export type LinkFigures = {
  readonly cases: number;
  /** One new case, its transaction from begin to end: keys, candidates, suggestions. */
  readonly seekP50Ms: number;
  readonly seekP95Ms: number;
  readonly tenThousandP50Ms: number;
  readonly tenThousandP95Ms: number;
  /** The plain reference beside `cases`: a transaction that writes one row of a table of ours, and nothing else. */
  readonly oneRowP50Ms: number;
  readonly oneRowP95Ms: number;
  /** Letters that somebody passed on, and how many of them were suggested as of one campaign, in both sizes. */
  readonly copies: number;
  readonly copiesFound: number;
  readonly tenThousandCopiesFound: number;
};

const SEED = 20_140_722;
const SMALL = 10_000;
const WARM_UP = 40;
const SAMPLES = 200;
const COPIES = 40;
const BATCH = 500;

/** The migration knows how to make old cases findable. */
const MIGRATION = readFileSync(join(projectRoot(), 'src/store/migrations/0012_case_terms.sql'), 'utf8');
const FILL_TERMS = MIGRATION.slice(MIGRATION.indexOf('create temporary table'));

type Stored = { readonly id: number; readonly letter: BenchLetter; readonly keys: readonly CaseKey[] };
type Bench = ReturnType<typeof openBench>;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm run bench -- links`: what the search for cases that belong to a new one costs beside ten thousand and `cases`. */
export async function benchLinks(cases: number): Promise<LinkFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'shouli-bench-'));
  await chmod(folder, 0o711); // run as root, the database has a user of its own
  const log = createLogger({ level: 'error', name: 'bench' });
  const postgres = await openEmbeddedPostgres({ dataDir: join(folder, 'database'), log });
  await migrate(postgres.url);
  const database = openDatabase(postgres.url, { max: 4, applicationName: 'bench' });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  try {
    const bench = openBench(database, admin);
    const small = await measureAt(bench, SMALL);
    const large = await measureAt(bench, cases);
    return {
      cases,
      seekP50Ms: large.p50,
      seekP95Ms: large.p95,
      tenThousandP50Ms: small.p50,
      tenThousandP95Ms: small.p95,
      oneRowP50Ms: large.oneRowP50,
      oneRowP95Ms: large.oneRowP95,
      copies: COPIES,
      copiesFound: large.copiesFound,
      tenThousandCopiesFound: small.copiesFound,
    };
  } finally {
    await admin.end();
    await database.close();
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureAt(bench: Bench, cases: number) {
  await fill(bench, cases);
  for (let n = 0; n < WARM_UP; n += 1) await arrive(bench, bench.write(bench.last + 1));
  const times: number[] = [];
  const oneRow: number[] = [];
  for (let n = 0; n < SAMPLES; n += 1) {
    times.push((await arrive(bench, bench.write(bench.last + 1))).ms);
    oneRow.push(await writeOneRow(bench.database));
  }
  let copiesFound = 0;
  for (let n = 0; n < COPIES; n += 1) if (await findsCopy(bench, cases)) copiesFound += 1;
  const figures = {
    p50: shareOf(times, 0.5),
    p95: shareOf(times, 0.95),
    oneRowP50: shareOf(oneRow, 0.5),
    oneRowP95: shareOf(oneRow, 0.95),
    copiesFound,
  };
  say(`beside ${cases} cases: ${JSON.stringify(figures)}`);
  return figures;
}

/** The value below which this share of them lies, in tenths. */
function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
}

function openBench(database: OpenDatabase, admin: pg.Client) {
  const rules = ourRules();
  return {
    database,
    admin,
    links: createCaseworkStore(database).links,
    sealer: createSealer(Buffer.alloc(32, 7)),
    chance: createChance(SEED),
    write: letterWriter(SEED),
    schoolsOf: (text: string): readonly string[] => nameSchools(rules, { channel: 'email', text }),
    schoolKeys: new Map<string, readonly CaseKey[]>(),
    /** Id of the newest case, and of its item. */
    last: 0,
  };
}

/** A case comes in; `ms` is what the search for others took. */
async function arrive(bench: Bench, letter: BenchLetter): Promise<{ id: number; ms: number }> {
  const { database, links, sealer, schoolsOf } = bench;
  const id = (bench.last += 1);
  await insertLetters(database.db, [{ id, letter, keys: [] }], null);
  const sealed = sealer.seal(Buffer.from(JSON.stringify(letter.person)), identityContext(id));
  await sql`insert into item_identities (item_id, sealed) values (${id}, ${sealed})`.execute(database.db);
  const start = performance.now();
  await seekLinks({ transact: links, sealer, schoolsOf }, new AbortController().signal);
  return { id, ms: performance.now() - start };
}

/** Cases that were looked through long ago, until there are as many. */
async function fill(bench: Bench, cases: number): Promise<void> {
  const { admin, database } = bench;
  await admin.query('drop index item_texts_bigrams'); // built at once, it takes a tenth of the time
  for (let first = bench.last + 1; first <= cases; first += BATCH) {
    const size = Math.min(BATCH, cases - first + 1);
    await insertLetters(
      database.db,
      Array.from({ length: size }, (_, n) => storedLetter(bench, first + n)),
      new Date(),
    );
  }
  bench.last = Math.max(bench.last, cases);
  await admin.query('create index item_texts_bigrams on item_texts using gin (bigrams)');
  await admin.query('vacuum analyze');
  await admin.query(`begin; ${FILL_TERMS} commit`);
  await admin.query('vacuum analyze case_terms');
}

function storedLetter({ sealer, write, schoolsOf, schoolKeys }: Bench, id: number): Stored {
  const letter = write(id);
  const { school, person, text } = letter;
  const named =
    schoolKeys.get(school) ??
    schoolsOf(`反映${school}的问题。`).map((one): CaseKey => ({ kind: 'school', key: sealer.mac('school', one) }));
  schoolKeys.set(school, named);
  return { id, letter, keys: [...personKeys(sealer, person, text, null), ...named] };
}

async function writeOneRow({ transact }: OpenDatabase): Promise<number> {
  const start = performance.now();
  await transact((tx) => sql`update cases set links_sought_at = now() where id = 1`.execute(tx));
  return performance.now() - start;
}

/** Somebody passes on a letter that came any time before. */
async function findsCopy(bench: Bench, cases: number): Promise<boolean> {
  const { db } = bench.database;
  const original = bench.chance.below(cases) + 1;
  const { rows } = await sql<{ body: string }>`select body from item_texts where item_id = ${original}`.execute(db);
  const { id } = await arrive(bench, passedOn(rows[0]?.body ?? '', bench.last));
  const found = await sql`select 1 from case_suggestions where case_id = ${id} and other_id = ${original}`.execute(db);
  return found.rows.length > 0;
}

/** Registered cases as intake leaves them. `soughtAt` null: nobody looked for others yet. */
async function insertLetters(db: Db, rows: readonly Stored[], soughtAt: Date | null): Promise<void> {
  const ids = rows.map(({ id }) => id);
  await sql`insert into cases (id, number, state, provisional, profile, channel, received_at, kind, category, lane, unit,
      target_level, version, links_sought_at)
    select id, id::text, 'TRIAGE', false, '2022', 'email', now(), 'complaint', 1 + id % 8, 'request', 'FIN', 'county', 3, ${soughtAt}::timestamptz
    from unnest(${ids}::bigint[]) as t(id)`.execute(db);
  await sql`insert into intake_items (id, channel, state, disposition, case_id, received_at, settled_at)
    select id, 'email', 'settled', 'case', id, now(), now() from unnest(${ids}::bigint[]) as t(id)`.execute(db);
  const texts = rows.map(({ id, letter: { text } }) => ({ id, body: text, bigrams: searchTerms(text) }));
  await sql`insert into item_texts (item_id, subject, body, bigrams)
    select id, '', body, bigrams from jsonb_to_recordset(${JSON.stringify(texts)}::jsonb) as t(id bigint, body text, bigrams int[])`.execute(
    db,
  );
  const keys = rows.flatMap(({ id, keys: own }) =>
    own.map(({ kind, key }) => ({ id, kind, key: key.toString('hex') })),
  );
  await sql`insert into case_keys (case_id, kind, key)
    select id, kind, decode(key, 'hex') from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as t(id bigint, kind text, key text)
    on conflict do nothing`.execute(db);
}
