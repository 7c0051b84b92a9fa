import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LetterWaits } from '../../../src/casework/send-letters.ts';
import { receiveFiles } from '../../../src/casework/receive.ts';
import type { House } from '../../../src/compose.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { systemRandom } from '../../../src/platform/random.ts';
import { checkJournal } from '../../../src/store/journal.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import { createChance, type Chance } from '../../support/kill-chance.ts';
import { killByPlan, planKills, showHistogram } from '../../support/kill-course.ts';
import { baseEnvironment, openTestHouse, settleEverything } from '../../support/kill-house.ts';
import { accountForLetters, readRecordedLetters } from '../../support/kill-letter-law.ts';
import { sha256 } from '../../support/kill-mail-law.ts';
import { createKillMail } from '../../support/kill-mails.ts';
import { startSlowSinks, type SlowSinks } from '../../support/kill-sinks.ts';
import { createKillableWorker, type Environment, type KillableWorker } from '../../support/kill-worker.ts';

const SEED = 20_140_820;
const LETTERS = 300;
/** The steps of one letter, in order (src/casework/ports.ts). */
const STEPS = 'claim-letter connect commit-data submit submitted mark-sent'.split(' ');
/** An unknown outcome rests for longer than the slowest sink takes to answer. */
const WAITS: LetterWaits = { claimLeaseMs: 300, retryMs: [200], resendAfterMs: 2_000 };
const LATENCIES_MS = [0, 40, 500];

let postgres: DurablePostgres;
let sinks: SlowSinks;
let worker: KillableWorker;
let environment: Environment;
let test: { house: House; close(): Promise<void> };

beforeAll(async () => {
  worker = createKillableWorker('kill-letters-worker.mjs');
  postgres = await startDurablePostgres();
  sinks = await startSlowSinks(createChance(SEED + 1), LATENCIES_MS);
  environment = {
    ...baseEnvironment(postgres.url),
    IMAP_URL: 'imap://office:none@127.0.0.1:9',
    SMTP_URL: sinks.url(1),
    LETTER_WAITS: JSON.stringify(WAITS),
  };
  test = await openTestHouse(environment);
});

afterAll(async () => {
  await worker.close();
  await test.close();
  await postgres.close();
  await sinks.close();
});

describe('however often the letters worker is killed', () => {
  it('every acknowledgement is sent, at most twice, and every repeat is the same', { timeout: 1_200_000 }, async () => {
    const chance = createChance(SEED);
    await queueLetters(chance);
    const plans = planKills(chance, STEPS, { before: 34, within: 12, anytime: 30 }, { withinMs: 60, anytimeMs: 900 });
    const histogram = await killByPlan({
      worker,
      plans,
      environment: (life) => ({ ...environment, SMTP_URL: sinks.url(life) }),
      before: async (life) => {
        // Most letters get their second and last submission in peace; with a kill each, all would end with a person.
        if ((await isDue('again')) && chance.happens(0.75)) await sendInPeace(life);
        await haveLettersDue(chance);
      },
    });
    const kills = [...histogram.values()].reduce((sum, count) => sum + count, 0);
    await release(LETTERS);
    const exitCode = await worker.liveUntil(environment, nothingOpen);

    const recorded = await readRecordedLetters(test.house.database.db);
    const account = accountForLetters(recorded, sinks.arrived());
    const arrived = new Set(sinks.arrived().map(sha256));
    const repeated = sinks.arrived().length - arrived.size;
    const givenUp = recorded.filter((letter) => letter.givenUp);
    const untold = givenUp.filter((letter) => !arrived.has(letter.sha256)).length;
    process.stdout.write(`P11 kills, seed ${SEED}: ${showHistogram(histogram)}\n`);
    process.stdout.write(
      `P11: ${kills} kills, ${recorded.length} letters, ${sinks.lostReplies} replies lost, ${account.neverSent} never sent, ` +
        `${repeated} repeated once after an unknown outcome, ${account.doubled} doubled, ${account.altered} altered, ` +
        `${givenUp.length} given to a person (${untold} of them had not arrived)\n`,
    );
    expect({ ...account, letters: recorded.length, exitCode }).toEqual({
      neverSent: 0,
      doubled: 0,
      altered: 0,
      letters: LETTERS,
      exitCode: 0,
    });
    expect(kills).toBeGreaterThanOrEqual(300);
    for (const step of STEPS) expect(histogram.get(step) ?? 0, `kills at ${step}`).toBeGreaterThanOrEqual(10);
    expect(repeated).toBeGreaterThan(0);
    expect(givenUp.length).toBeGreaterThan(0);
  });

  it('each letter ends as sent or with a person, and nothing begins again once it is written down as sent', async () => {
    const { rows } = await sql<{ envelope_from: string; state: string; sent_at: Date | null }>`
      select envelope_from, state, sent_at from letters`.execute(test.house.database.db);
    const open = rows.filter(({ state }) => state !== 'sent' && state !== 'unknown');
    const afterwards = rows.filter(
      ({ envelope_from, sent_at }) => sent_at !== null && (sinks.lastBegun.get(envelope_from) ?? 0) > sent_at.getTime(),
    );
    expect({ open, afterwards }).toEqual({ open: [], afterwards: [] });
    const { rows: wrong } = await sql`
      select state from letters l where (state = 'unknown') is distinct from exists
        (select 1 from tasks t where t.case_id = l.case_id and t.kind = 'delivery-failed')`.execute(
      test.house.database.db,
    );
    expect(wrong).toEqual([]);
  });

  it('the journal tells the same: sent is the last word about a letter, and said once', async () => {
    const { rows } = await sql<{ id: string; kinds: string[] }>`
      select data->>'letterId' as id, array_agg(kind order by n) as kinds from journal
      where kind like 'letter.%' group by 1`.execute(test.house.database.db);
    const broken = rows.filter(
      ({ kinds }) => kinds.includes('letter.sent') && kinds.indexOf('letter.sent') !== kinds.length - 1,
    );
    expect(rows.length).toBeGreaterThan(LETTERS / 2);
    expect(broken).toEqual([]);
    expect(await checkJournal(test.house.database.db)).toMatchObject({ kind: 'intact' });
  });
});

/** Letters come out of the real intake; then they wait until a life is given them. */
async function queueLetters(chance: Chance): Promise<void> {
  const { house } = test;
  await receiveFiles(
    {
      transact: house.store.receive,
      opening: { timing: house.timing, clock: systemClock, random: systemRandom },
      sealer: house.sealer,
      observe: house.observe,
    },
    Array.from({ length: LETTERS }, (_, n) => ({
      source: 'mail' as const,
      name: `${n}.eml`,
      receivedAt: new Date(),
      bytes: createKillMail(chance, n),
      answer: true,
    })),
  );
  await settleEverything(house);
  const { rows } = await sql`update letters set not_before = 'infinity' returning id`.execute(house.database.db);
  if (rows.length !== LETTERS) throw new Error(`only ${rows.length} letters were queued`);
}

async function release(count: number): Promise<number> {
  const { rows } = await sql`
    update letters set not_before = now() where id in
      (select id from letters where state = 'pending' and not_before = 'infinity' order by id limit ${count})
    returning id`.execute(test.house.database.db);
  return rows.length;
}

/** So that every life can come to every step, and few letters are in the hands of each. */
async function haveLettersDue(chance: Chance): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await isDue('at all')) || (await release(chance.pick([1, 1, 1, 1, 2]))) > 0) return;
    await sleep(50);
  }
  throw new Error('no letter is left for the next life');
}

/** Whether a letter can go out now; `again`: one that was submitted before and may go out a second time. */
async function isDue(which: 'at all' | 'again'): Promise<boolean> {
  const { rows } = await sql`
    select 1 from letters where submissions between ${which === 'again' ? 1 : 0} and 1 and
      ((state = 'pending' and not_before <= now()) or (state = 'unknown' and not_before < now())
        or (state in ('claimed', 'data') and lease_until < now())) limit 1`.execute(test.house.database.db);
  return rows.length > 0;
}

async function sendInPeace(life: number): Promise<void> {
  await worker.liveUntil({ ...environment, SMTP_URL: sinks.url(life) }, async () => !(await isDue('at all')));
}

async function nothingOpen(): Promise<boolean> {
  const { rows } = await sql`
    select 1 from letters where state in ('pending', 'claimed', 'data') or (state = 'unknown' and not_before < 'infinity')
    limit 1`.execute(test.house.database.db);
  return rows.length === 0;
}
