import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { receiveFiles } from '../../src/casework/receive.ts';
import type { House } from '../../src/compose.ts';
import { timingVersion } from '../../src/office-rules.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { openEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { runRoles } from '../../src/roles/run-roles.ts';
import { markPlannedBy } from '../../src/store/deadlines.ts';
import { baseEnvironment, openTestHouse } from '../../test/support/kill-house.ts';
import { startRedis, type Redis as RedisServer } from '../../test/support/redis.ts';

type Lateness = { readonly p50: number; readonly p99: number; readonly once: number };

export type TimerFigures = {
  readonly armed: number;
  /** Fall due within one minute, in each of the three rounds. */
  readonly due: number;
  /** Of the three rounds together: steps with exactly one firing, one task and one line of the journal. */
  readonly firedOnce: number;
  /** From the moment that a step was for to the transaction that took it, with Redis. */
  readonly p50LatenessMs: number;
  readonly p99LatenessMs: number;
  readonly p50LatenessPostgresMs: number;
  readonly p99LatenessPostgresMs: number;
  /** Redis was killed before: the sweeper alone. */
  readonly p99LatenessNoQueueMs: number;
  /** What all alarms of `due` deadlines within the horizon take. */
  readonly redisMb: number;
  readonly rearmedAfterWipeSeconds: number;
};

const ROUNDS = 3;
const BATCH = 200;
/** Due steps fall from half a minute to one and a half minutes from the moment they are set. */
const SOON = sql`now() + make_interval(secs => 30 + random() * 60)`;
const PATIENCE_MS = 400_000;

type Bench = {
  readonly house: House;
  readonly redis: RedisServer;
  readonly open: (withRedis: boolean) => Promise<{ house: House; close(): Promise<void> }>;
  readonly due: number;
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** `npm run bench -- timers`: how late ladder steps are taken when a minute holds many of them. */
export async function benchTimers(armed: number): Promise<TimerFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'shouli-bench-'));
  await chmod(folder, 0o711); // run as root, the database has a user of its own
  const log = createLogger({ level: 'error', name: 'bench' });
  const postgres = await openEmbeddedPostgres({ dataDir: join(folder, 'database'), log });
  const redis = await startRedis();
  const open = (withRedis: boolean) =>
    openTestHouse({
      ...baseEnvironment(postgres.url),
      ...(withRedis ? { REDIS_URL: redis.url } : {}),
      IMAP_URL: 'imap://office:none@127.0.0.1:9',
      SMTP_URL: 'smtp://127.0.0.1:9',
    });
  const { house, close } = await open(false);
  try {
    const due = Math.min(10_000, Math.floor(armed / (2 * ROUNDS)));
    const bench: Bench = { house, redis, open, due };
    await fill(bench, armed);
    const onRedis = await roundOn(bench, 0, true);
    const onPostgres = await roundOn(bench, 1, false);
    const memory = await forgetAndRearm(bench);
    const without = await roundWithoutQueue(bench, 2);
    return {
      armed,
      due,
      firedOnce: onRedis.once + onPostgres.once + without.once,
      p50LatenessMs: onRedis.p50,
      p99LatenessMs: onRedis.p99,
      p50LatenessPostgresMs: onPostgres.p50,
      p99LatenessPostgresMs: onPostgres.p99,
      p99LatenessNoQueueMs: without.p99,
      ...memory,
    };
  } finally {
    await close();
    await redis.close();
    await postgres.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** One clock of each of so many cases is to fall due; the others are copies of them, so that every plan holds. */
async function fill({ house, due }: Bench, armed: number): Promise<void> {
  const cases = due * ROUNDS;
  say(`opening ${cases} cases`);
  for (let from = 0; from < cases; from += BATCH) {
    await receiveFiles(
      {
        transact: house.store.receive,
        opening: { timing: house.timing, clock: systemClock, random: systemRandom },
        sealer: house.sealer,
        observe: house.observe,
      },
      Array.from({ length: Math.min(BATCH, cases - from) }, (_, n) => ({
        source: 'mail' as const,
        name: `${from + n}.eml`,
        receivedAt: new Date(),
        bytes: Buffer.from(`From: c${from + n}@example.org\r\nSubject: ${from + n}\r\n\r\n${from + n}\r\n`),
        answer: false,
      })),
    );
  }
  const { db } = house.database;
  const { rows } = await sql<{ running: number }>`select count(*)::int as running from deadlines`.execute(db);
  const copies = Math.max(0, Math.ceil((armed - (rows[0]?.running ?? 0)) / cases));
  say(`copying one clock of each ${copies} times`);
  for (let n = 0; n < copies; n += 1)
    await sql`insert into deadlines (case_id, kind, cycle, legal, basis, due_raw, due_at, provisional, trigger_at, state, step, step_at)
      select case_id, kind, ${n + 2}, legal, basis, due_raw, due_at, provisional, trigger_at, state, step, step_at from deadlines
      where kind = 'NOTICE15' and cycle = 1`.execute(db);
  await sql`analyze`.execute(db);
  // As in an office that has worked under its calendar for a while.
  await markPlannedBy(db, timingVersion(house.rules.current()));
}

/** The deadlines of one round become due soon, those that were due anyway are left to themselves. */
async function setDue({ house, due }: Bench, round: number, at = SOON): Promise<{ id: number; stepAt: Date }[]> {
  const { rows } = await sql<{ id: number; stepAt: Date }>`
    update deadlines set step_at = ${at} where id in (select id from deadlines where kind = 'NOTICE15' and cycle = 1
      order by id limit ${due} offset ${due * round}) returning id, step_at as "stepAt"`.execute(house.database.db);
  return rows;
}

async function roundOn(bench: Bench, round: number, withRedis: boolean): Promise<Lateness> {
  const { house, close } = await bench.open(withRedis);
  const { queue } = await runRoles(house, ['escalation']);
  await untilIdle(bench);
  const steps = await setDue(bench, round);
  await queue.armDeadlines(steps);
  const lateness = await measure(bench, steps);
  say(`${queue.kind}: ${JSON.stringify(lateness)}`);
  await close();
  return lateness;
}

async function roundWithoutQueue(bench: Bench, round: number): Promise<Lateness> {
  const { house, close } = await bench.open(true);
  await markPlannedBy(house.database.db, 'another calendar');
  await runRoles(house, ['escalation']);
  await bench.redis.kill9(); // at once: the sweeps must not wait until every clock is planned again
  const lateness = await measure(bench, await setDue(bench, round));
  say(`no queue: ${JSON.stringify(lateness)}`);
  await close();
  return lateness;
}

/** What the start does must not share the minute that is measured. */
async function untilIdle({ house }: Bench): Promise<void> {
  for (let quiet = 0; quiet < 5; quiet += 1) {
    await sleep(1_000);
    const { rows } =
      await sql`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and (state = 'active' or now() - state_change < interval '500 ms')`.execute(house.database.db);
    if (rows.length > 0) quiet = -1;
  }
}

async function measure({ house }: Bench, steps: readonly { readonly id: number }[]): Promise<Lateness> {
  const ids = steps.map(({ id }) => id);
  const { db } = house.database;
  const fired = async (): Promise<number> => {
    const { rows } = await sql<{ n: number }>`
      select count(distinct deadline_id)::int as n from ladder_firings where deadline_id = any(${ids})`.execute(db);
    return rows[0]?.n ?? 0;
  };
  await until(async () => (await fired()) === ids.length, 1_000);
  const { rows } = await sql<{ p50: number; p99: number; once: number }>`
    select percentile_cont(0.5) within group (order by late)::float as p50, percentile_cont(0.99) within group (order by late)::float as p99,
      count(*) filter (where firings = 1 and tasks = 1 and told = 1)::int as once
    from (select max(extract(epoch from f.fired_at - f.step_at) * 1000) as late, count(*) as firings,
        (select count(*) from tasks t where t.case_id = d.case_id and t.reason like 'NOTICE15.%') as tasks,
        (select count(*) from journal j where j.case_id = d.case_id and j.kind = 'step-taken' and j.data->>'kind' = 'NOTICE15') as told
      from ladder_firings f join deadlines d on d.id = f.deadline_id where d.id = any(${ids}) group by d.id, d.case_id) x`.execute(
    db,
  );
  const { p50 = Infinity, p99 = Infinity, once = 0 } = rows[0] ?? {};
  return { p50: Math.round(p50), p99: Math.round(p99), once };
}

/** What the alarms of the coming two hours take in Redis, and how long after a wipe they are all there again. */
async function forgetAndRearm(bench: Bench): Promise<{ redisMb: number; rearmedAfterWipeSeconds: number }> {
  const client = new Redis(bench.redis.url);
  await client.flushall();
  const before = await usedMb(client);
  const steps = await setDue(bench, 2, sql`now() + make_interval(mins => 60 + (random() * 50)::int)`);
  const { house, close } = await bench.open(true);
  const { queue } = await runRoles(house, ['escalation']);
  await until(async () => (await alarms(client)) >= steps.length);
  const redisMb = Math.round(((await usedMb(client)) - before) * 10) / 10;
  await client.flushall();
  const wipedAt = performance.now();
  await until(async () => (await alarms(client)) >= steps.length);
  const rearmedAfterWipeSeconds = Math.round((performance.now() - wipedAt) / 100) / 10;
  say(`${queue.kind}: ${JSON.stringify({ redisMb, rearmedAfterWipeSeconds })}`);
  await close();
  client.disconnect();
  return { redisMb, rearmedAfterWipeSeconds };
}

/** What is not done by the end of the patience shows in the figures. */
async function until(done: () => Promise<boolean>, everyMs = 200): Promise<void> {
  const limit = performance.now() + PATIENCE_MS;
  while (!(await done()) && performance.now() < limit) await sleep(everyMs);
}

async function usedMb(client: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]) / 1024 / 1024;
}

async function alarms(client: Redis): Promise<number> {
  const keys = await client.keys('*:delayed');
  const sizes = await Promise.all(keys.map((key) => client.zcard(key)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
