import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesDirectory, type House } from '../../../src/compose.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { readRuleFiles } from '../../../src/intake/read-rule-files.ts';
import { sendSandboxMail } from '../../../src/mailbox/send-sandbox-mail.ts';
import { installShippedRules } from '../../../src/roles/follow-rules.ts';
import { notReady } from '../../../src/roles/health.ts';
import { ruleFunctions } from '../../../src/roles/rule-office.ts';
import { runRoles, type RunningRoles } from '../../../src/roles/run-roles.ts';
import { versionOf } from '../../../src/rules/compile-rules.ts';
import { checkJournal } from '../../../src/store/journal.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import { freeLoopbackPort } from '../../support/free-loopback-port.ts';
import { baseEnvironment, openTestHouse } from '../../support/kill-house.ts';
import { noted, putInForce, someone } from '../../support/rule-office.ts';
import { mutantsOf, withMutant, type Mutant } from '../../support/rule-mutants.ts';

const SEED = 20_140_722;
/** Before anybody chose a version; and after it: proposed, beside the program, in the place of the version in force. */
const COUNTS = { early: 10, proposed: 8, beside: 18, forced: 18 };
const FILES = readRuleFiles(rulesDirectory());
const SHIPPED = versionOf(FILES);
const MANY = mutantsOf(FILES, 1_000, SEED);
const HOPELESS = MANY.filter(({ hopeless }) => hopeless);
const WAIT = { timeout: 110_000, interval: 100 };

let postgres: DurablePostgres;
let test: { house: House; close(): Promise<void> };
let house: House;
let running: RunningRoles;
let folder: string;
let author: Viewer;
let judge: Viewer;
let sent = 0;

beforeAll(async () => {
  postgres = await startDurablePostgres();
  const port = String(await freeLoopbackPort());
  test = await openTestHouse({ ...baseEnvironment(postgres.url), SANDBOX_SMTP_PORT: port });
  ({ house } = test);
  running = await runRoles(house, ['mailbox', 'triage', 'letters']);
  folder = mkdtempSync(join(tmpdir(), 'shouli-rules-'));
  cpSync(rulesDirectory(), folder, { recursive: true });
  author = await someone(house, '拟稿人', 'triage');
  judge = await someone(house, '审核人', 'supervisor');
});
afterAll(async () => {
  await test.close();
  await postgres.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a citizen sends it: by SMTP into the mailbox that the worker reads. */
async function mail(): Promise<void> {
  sent += 1;
  const from = `citizen-${String(sent)}@example.org`;
  const text = `第${String(sent)}封来信：孩子的学校乱收费三百元，没有收据，请查处。`;
  const { officeAddress } = house.config;
  const outcome = await sendSandboxMail(running.servers.sandbox?.port ?? 0, {
    from,
    to: officeAddress,
    subject: `来信 ${String(sent)}`,
    text,
  });
  expect(outcome).toBe('sent');
}

/** By which version each case was judged, and how many cases were. */
async function judgedBy(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ version: string; cases: number }>`
    select v.rules_version as version, count(distinct c.id)::int as cases
    from verdicts v join cases c on c.id = v.case_id and not c.provisional join intake_items i on i.id = v.item_id
    where v.source = 'rules' and i.disposition = 'case' group by 1`.execute(house.database.db);
  return Object.fromEntries(rows.map(({ version, cases }) => [version, cases]));
}

/** The file lies beside the program when one of its processes starts. */
async function putBeside(mutant: Mutant): Promise<void> {
  const place = join(folder, mutant.path);
  writeFileSync(place, mutant.text);
  await installShippedRules(house, folder);
  cpSync(join(rulesDirectory(), mutant.path), place);
}

/** Past all checks, by somebody who can write into the database: `version` need not be the hash of the files. */
async function force(version: string, files: unknown): Promise<void> {
  const { db } = house.database;
  await sql`insert into rule_versions (version, files) values (${version}, ${JSON.stringify(files)}::jsonb)
            on conflict do nothing`.execute(db);
  await sql`update rules_in_force set version = ${version}`.execute(db);
  await expect.poll(() => house.rules.refused?.version, WAIT).toBe(version);
}

const activations = async (): Promise<readonly string[]> =>
  (await ruleFunctions(house).readRules()).history.map(({ version }) => version).toReversed();

describe('P28 mutated rule files in a house in which mails arrive', () => {
  it('take no effect beside the program, even before anybody has chosen a version', { timeout: 600_000 }, async () => {
    for (const mutant of HOPELESS.slice(0, COUNTS.early)) {
      await putBeside(mutant);
      await mail();
    }
    await expect.poll(judgedBy, WAIT).toEqual({ [SHIPPED]: COUNTS.early });
    expect(await activations()).toEqual([SHIPPED]);
  });

  it(
    'take no effect, whichever way they come; every mail is a case, judged by the last good version',
    { timeout: 900_000 },
    async () => {
      const chosen = await putInForce(house, { author, judge }, noted('甲'));
      await expect.poll(() => house.rules.current().version, WAIT).toBe(chosen);
      const early = sent;
      const office = ruleFunctions(house);
      for (const mutant of MANY.slice(0, COUNTS.proposed)) {
        const [outcome] = await Promise.all([office.proposeRules(author, withMutant(FILES, mutant), '试行'), mail()]);
        expect(outcome.kind, mutant.name).toMatch(mutant.hopeless ? /^invalid$/u : /^(?:invalid|proposed)$/u);
      }
      for (const mutant of MANY.slice(COUNTS.proposed, COUNTS.proposed + COUNTS.beside)) {
        await putBeside(mutant);
        await mail();
      }
      // A text with NUL cannot even be stored.
      const storable = HOPELESS.filter(({ text }) => !text.includes('\0')).slice(
        COUNTS.early,
        COUNTS.early + COUNTS.forced,
      );
      for (const mutant of storable) {
        const files = withMutant(FILES, mutant);
        await force(versionOf(files), files);
        await mail();
      }
      for (const [n, files] of [
        [],
        {},
        'units.yaml',
        [null],
        [{ path: 1 }],
        [{ path: 'units.yaml', text: 2 }],
      ].entries()) {
        await force(`no-files-${String(n)}`, files);
        await mail();
      }
      await expect.poll(judgedBy, WAIT).toEqual({ [SHIPPED]: early, [chosen]: sent - early });
      expect(house.rules.current().version).toBe(chosen);
      expect(await activations()).toEqual([SHIPPED, chosen]);
      expect((await office.listRuleVersions()).filter(({ state }) => state === 'approved')).toMatchObject([
        { version: chosen },
      ]);
      await sql`update rules_in_force set version = ${chosen}`.execute(house.database.db);
      await expect.poll(() => house.rules.refused, WAIT).toBeNull();
      expect(await notReady(house)).toEqual([]);
      expect((await checkJournal(house.database.db)).kind).toBe('intact');
    },
  );
});
