import { afterAll, beforeAll, expect, it } from 'vitest';
import { changeCase } from '../../../src/casework/change-case.ts';
import type { LifeOrder } from '../../../src/casework/life-order.ts';
import { TEXT_FIELDS } from '../../../src/domain/note-ref.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { checkJournal } from '../../../src/store/journal.ts';
import { openCasework, type CaseworkHouse } from '../../support/casework-house.ts';
import { aMail, arriveAsCase } from '../../support/casework-mails.ts';
import { expectTablesToFollow } from '../../support/case-tables.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import { createChance } from '../../support/kill-chance.ts';
import { killByPlan, planKills, showHistogram } from '../../support/kill-course.ts';
import { baseEnvironment, openTestHouse } from '../../support/kill-house.ts';
import { createKillableWorker, type Environment, type KillableWorker } from '../../support/kill-worker.ts';

const SEED = 20_140_901;
const CASES = 60;
/** The steps of one order, in order. */
const STEPS = ['loadCaseEvents', 'insertNote', 'writeCases', 'appendJournal', 'commit'];
const PHONE = { way: 'phone', reference: null } as const;
const ORDERS: readonly LifeOrder[] = [
  { type: 'accept' },
  { type: 'tell', delivery: PHONE },
  { type: 'take' },
  { type: 'dispatch', form: 'pass', unit: 'BASIC', helpers: ['FIN'], userId: null, feedbackOn: null },
  { type: 'sign-for' },
  { type: 'object', because: 'not-our-duty' },
  { type: 'rule', form: 'pass', unit: 'PERS', helpers: [], userId: null, feedbackOn: null },
  { type: 'request-extension', days: 10 },
  { type: 'grant-extension', days: 10 },
  { type: 'submit-result', finding: 'true', contacted: true, refundFen: 60_000 },
  { type: 'approve-result' },
  { type: 'send-back-result', feedbackOn: null },
  { type: 'sign-answer', document: '甘教效答〔2026〕1号' },
  { type: 'deliver', delivery: PHONE, callback: true },
  { type: 'record-callback', reached: true, satisfaction: 'dissatisfied' },
  { type: 'redo' },
  { type: 'close' },
];

let postgres: DurablePostgres;
let environment: Environment;
let house: CaseworkHouse;
let worker: KillableWorker;
let cases: number[];
let viewers: Viewer[];
const told: string[] = [];

beforeAll(async () => {
  postgres = await startDurablePostgres();
  environment = {
    ...baseEnvironment(postgres.url),
    IMAP_URL: 'imap://office:none@127.0.0.1:9',
    SMTP_URL: 'smtp://127.0.0.1:9',
  };
  const first = await openTestHouse(environment); // brings the schema up to date, and the rules into force
  await first.close();
  const { pathname } = new URL(postgres.url);
  house = await openCasework({ url: postgres.url, adminUrl: new URL(pathname, postgres.adminUrl).href });
  worker = createKillableWorker('kill-orders-worker.mjs', (effect) => {
    if (effect.startsWith('given ')) told.push(effect.slice('given '.length));
  });
  // Two of the one role: what somebody asked for, another must grant.
  viewers = [await house.officer('supervisor'), await house.officer('supervisor'), await house.officer('discipline')];
  cases = [];
  for (let n = 0; n < CASES; n += 1) cases.push(await confirmedCase());
});

afterAll(async () => {
  await worker.close();
  await house.close();
  await postgres.close();
});

it(
  'an order that was confirmed is there, one that was not is there whole or not at all',
  { timeout: 1_200_000 },
  async () => {
    const chance = createChance(SEED);
    const plans = planKills(chance, STEPS, { before: 24, within: 10, anytime: 40 }, { withinMs: 15, anytimeMs: 1_500 });
    const later = plans.map((plan) => (plan.kind === 'before' ? { ...plan, nth: 1 + chance.below(8) } : plan));
    const histogram = await killByPlan({
      worker,
      plans: later,
      environment: (life) => ({
        ...environment,
        ORDERS: JSON.stringify({ life, cases: chance.shuffled(cases), viewers, orders: ORDERS, fields: TEXT_FIELDS }),
      }),
      before: () => Promise.resolve(),
    });
    const kills = [...histogram.values()].reduce((sum, count) => sum + count, 0);
    const written = await writtenTexts();
    const halves = [...written].filter(([, texts]) => texts !== TEXT_FIELDS.length);
    const lost = told.filter((id) => !written.has(id));
    process.stdout.write(
      `Orders killed, seed ${SEED}: ${showHistogram(histogram)}\n${kills} kills, ${told.length} orders confirmed, ` +
        `${lost.length} lost, ${written.size - told.length} carried out and not heard of, ${halves.length} in part\n`,
    );
    expect({ lost, halves }).toEqual({ lost: [], halves: [] });
    expect(kills).toBeGreaterThanOrEqual(200);
    expect(told.length).toBeGreaterThan(200);
    for (const caseId of cases) await expectTablesToFollow(house, caseId);
    expect(await checkJournal(house.database.db)).toMatchObject({ kind: 'intact' });
  },
);

async function confirmedCase(): Promise<number> {
  const caseId = await arriveAsCase(house, aMail());
  const dependencies = {
    transact: house.store.change,
    timing: house.timing,
    clock: systemClock,
    denyClosure: (units: readonly string[]) => units,
    claimMinutes: 30,
  };
  const [officer] = viewers;
  if (officer === undefined) throw new Error('unreachable: made above');
  const confirmed = await changeCase(dependencies, officer, caseId, null, { type: 'confirm', accusedUnits: [] });
  expect(confirmed.kind).toBe('changed');
  return caseId;
}

/** How many texts of each order are in the tables. */
async function writtenTexts(): Promise<ReadonlyMap<string, number>> {
  const rows = await house.sql(`select split_part(text, ' ', 2) as id, count(*)::int as texts from notes group by 1`);
  return new Map(rows.map(({ id, texts }) => [String(id), Number(texts)]));
}
