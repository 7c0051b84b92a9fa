import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { House } from '../../src/compose.ts';
import { runRoles, type RunningRoles } from '../../src/roles/run-roles.ts';
import { checkJournal } from '../../src/store/journal.ts';
import { startDurablePostgres, type DurablePostgres } from '../support/database.ts';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { createChance } from '../support/kill-chance.ts';
import { baseEnvironment, imapUrl, openTestHouse } from '../support/kill-house.ts';
import { accountForLetters, readRecordedLetters } from '../support/kill-letter-law.ts';
import { accountForMails, sha256 } from '../support/kill-mail-law.ts';
import { createKillMail } from '../support/kill-mails.ts';
import { unlessDeadlocked } from '../support/queue-stores.ts';
import { startRedis, type Redis as RedisServer } from '../support/redis.ts';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink.ts';

const SEED = 20_140_930;
const MAILS_A_STAGE = 20;
const STEPS_A_STAGE = 15;
const WAIT = { timeout: 180_000, interval: 500 };
const WIPE_POSTGRES = 'truncate bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.meta cascade';

const chance = createChance(SEED);
let dovecot: Dovecot;
let sink: SmtpSink;
let postgres: DurablePostgres;
let redis: RedisServer;
let test: { house: House; close(): Promise<void> };
let running: RunningRoles;
let delivered = 0;

beforeEach(async () => {
  [dovecot, sink, postgres, redis] = await Promise.all([
    startDovecot(),
    startSmtpSink(),
    startDurablePostgres(),
    startRedis(),
  ]);
  delivered = 0;
});

afterEach(async () => {
  await test.close();
  await Promise.all([dovecot.close(), sink.close(), postgres.close(), redis.close()]);
});

/** What befalls the house in one stage; mail goes on arriving in the middle of it. */
type Trouble = (meanwhile: () => Promise<void>) => Promise<void>;

const killDatabase: Trouble = async (meanwhile) => {
  await postgres.kill9();
  await meanwhile();
  await postgres.restart();
};

const TROUBLES: Readonly<Record<'redis' | 'postgres', Readonly<Record<string, Trouble>>>> = {
  redis: {
    'flushed again and again': async (meanwhile) => {
      await flushRedis();
      await meanwhile();
      await flushRedis();
    },
    'killed and started again': async (meanwhile) => {
      await redis.kill9();
      await meanwhile();
      await redis.restart();
    },
    'the database killed and started again': killDatabase,
    'gone for the rest of the day': async (meanwhile) => {
      await redis.kill9();
      await meanwhile();
    },
  },
  postgres: {
    'wiped again and again': async (meanwhile) => {
      await query(WIPE_POSTGRES);
      await meanwhile();
      await query(WIPE_POSTGRES);
    },
    'the database killed and started again': killDatabase,
    'the database killed once more': killDatabase,
    'its schema dropped for the rest of the day': async (meanwhile) => {
      await query('drop schema bullmq cascade');
      await meanwhile();
    },
  },
};

describe.each(['redis', 'postgres'] as const)('the whole house with its queue on %s', (kind) => {
  it('answers every mail once and takes every ladder step once', { timeout: 600_000 }, async () => {
    await openHouse(kind);
    await deliver(MAILS_A_STAGE);
    const armed: string[] = [];
    for (const trouble of Object.values(TROUBLES[kind])) {
      await vi.waitFor(async () => expect(await untouchedClocks()).toBeGreaterThan(STEPS_A_STAGE), WAIT);
      armed.push(...(await armSteps()));
      await deliver(MAILS_A_STAGE / 2);
      await trouble(() => deliver(MAILS_A_STAGE / 2));
    }
    await vi.waitFor(async () => {
      await letTimePass();
      expect(await openWork()).toEqual({ items: 0, letters: 0, steps: 0, raws: delivered });
    }, WAIT);

    const { db } = test.house.database;
    const mails = accountForMails((await dovecot.messages('Intake/Done')).map(sha256), await storedHashes());
    const recorded = await readRecordedLetters(db);
    const arrived = sink.messages.map(({ bytes }) => bytes);
    const letters = accountForLetters(recorded, arrived);
    const taken = await takenSteps();
    process.stdout.write(
      `P24: ${kind}: ${delivered} mails, ${mails.lost} lost, ${mails.doubled} doubled; ${recorded.length} acknowledgements, ` +
        `${letters.neverSent} never sent, ${arrived.length - recorded.length} repeated, ${letters.doubled} doubled; ` +
        `${armed.length} ladder steps, ${taken.length} taken\n`,
    );
    expect(mails).toEqual({ lost: 0, doubled: 0 });
    expect(await cases()).toEqual({ items: delivered, cases: delivered, letters: delivered });
    expect(letters).toEqual({ neverSent: 0, doubled: 0, altered: 0 });
    expect(taken).toEqual(armed.toSorted());
    expect(await checkJournal(db)).toMatchObject({ kind: 'intact' });
  });
});

async function openHouse(kind: 'redis' | 'postgres'): Promise<void> {
  test = await openTestHouse({
    ...baseEnvironment(postgres.url),
    IMAP_URL: imapUrl(dovecot),
    SMTP_URL: `smtp://${sink.host}:${sink.port}`,
    ...(kind === 'redis' ? { REDIS_URL: redis.url } : {}),
  });
  running = await runRoles(test.house, ['mailbox', 'triage', 'letters', 'escalation']);
  expect(running.queue.kind).toBe(kind);
}

async function deliver(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await dovecot.deliver(createKillMail(chance, delivered++));
}

async function flushRedis(): Promise<void> {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}

async function query(text: string): Promise<void> {
  while (!(await unlessDeadlocked(sql.raw(text).execute(test.house.database.db)))) continue;
}

/** Clocks of answered cases on which no step has been brought forward yet. */
const UNTOUCHED = sql`
  select d.id from deadlines d join letters l on l.case_id = d.case_id and l.state = 'sent'
  where d.state = 'armed' and d.step_at > now() + interval '1 hour'
    and not exists (select 1 from ladder_firings f where f.deadline_id = d.id)`;

async function untouchedClocks(): Promise<number> {
  const { rows } = await UNTOUCHED.execute(test.house.database.db);
  return rows.length;
}

/** Brings the next step of some clocks forward, from a minute ago to half a minute ahead, and sets alarms for them. */
async function armSteps(): Promise<string[]> {
  const { rows } = await sql<{ id: number; case_id: number; kind: string; step: string; step_at: Date }>`
    update deadlines set step_at = now() + make_interval(secs => floor(random() * 60 - 30))
    where id in (${UNTOUCHED} order by d.id limit ${STEPS_A_STAGE})
    returning id, case_id, kind, step, step_at`.execute(test.house.database.db);
  const steps = rows.map(({ id, step_at }) => ({ id, stepAt: step_at }));
  // The line of a queue that was killed may be down a little longer than its server.
  await vi.waitFor(() => running.queue.armDeadlines(steps), WAIT);
  return rows.map(({ case_id, kind, step }) => `${case_id} ${kind} ${step}`);
}

/** For whoever has heard nothing for ten seconds the leases, and the pause after an unknown outcome, are over. */
async function letTimePass(): Promise<void> {
  await query(
    `update intake_items set lease_until = now() where state = 'received' and lease_until < now() + interval '110 seconds'`,
  );
  await query(`update letters set lease_until = now() - interval '1 second', not_before = least(not_before, now())
    where state in ('claimed', 'data', 'unknown', 'pending') and not_before < 'infinity' and coalesce(data_at, created_at) < now() - interval '10 seconds'`);
}

async function openWork() {
  const { rows } = await sql`
    select (select count(*)::int from intake_items where state <> 'settled') as items,
      (select count(*)::int from letters where state not in ('sent', 'unknown') or (state = 'unknown' and not_before < 'infinity')) as letters,
      (select count(*)::int from deadlines where state = 'armed' and step_at < now() + interval '1 hour') as steps,
      (select count(*)::int from raw_messages) as raws`.execute(test.house.database.db);
  return rows[0];
}

async function storedHashes(): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    select encode(r.sha256, 'hex') as hash from raw_messages r join intake_items i on i.raw_id = r.id`.execute(
    test.house.database.db,
  );
  return rows.map(({ hash }) => hash);
}

async function cases() {
  const { rows } = await sql`
    select (select count(*)::int from intake_items where disposition = 'case') as items,
      (select count(distinct case_id)::int from intake_items where disposition = 'case') as cases,
      (select count(distinct case_id)::int from letters) as letters`.execute(test.house.database.db);
  return rows[0];
}

/** Every step as the journal tells it, one entry for each time it was taken, with its row and its task beside it. */
async function takenSteps(): Promise<string[]> {
  const { rows } = await sql<{ taken: string }>`
    select j.case_id || ' ' || (j.data->>'kind') || ' ' || (j.data->>'step') as taken
    from journal j
    join deadlines d on d.case_id = j.case_id and d.kind = j.data->>'kind'
    join ladder_firings f on f.deadline_id = d.id and f.step = j.data->>'step'
    join tasks t on t.case_id = j.case_id and t.kind = 'deadline' and t.reason = (j.data->>'kind') || '.' || (j.data->>'step')
    where j.kind = 'step-taken'`.execute(test.house.database.db);
  return rows.map(({ taken }) => taken).toSorted();
}
