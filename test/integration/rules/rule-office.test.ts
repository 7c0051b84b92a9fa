import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { shippedRules } from '../../../src/compose.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { followRules } from '../../../src/roles/follow-rules.ts';
import { ruleFunctions } from '../../../src/roles/rule-office.ts';
import { checkJournal } from '../../../src/store/journal.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { editedFiles, noted, openRuleHouse, putInForce, someone, type RuleHouse } from '../../support/rule-office.ts';

const SHIPPED = shippedRules().version;

let test: TestDatabase;
let house: RuleHouse;
let office: ReturnType<typeof ruleFunctions>;
let author: Viewer;
let judge: Viewer;

beforeEach(async () => {
  test = await createTestDatabase();
  house = openRuleHouse(test.url);
  office = ruleFunctions(house);
  author = await someone(house, '拟稿人', 'triage');
  judge = await someone(house, '审核人', 'supervisor');
  await followRules(house);
});
afterEach(async () => {
  await house.close();
  await test.drop();
});

const journal = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ kind: string }>`select kind from journal where kind like 'rules.%' order by n`.execute(
    house.database.db,
  );
  return rows.map(({ kind }) => kind);
};

async function propose(files = noted('甲')): Promise<string> {
  const outcome = await office.proposeRules(author, files, '试行');
  if (outcome.kind !== 'proposed') throw new Error(JSON.stringify(outcome));
  return outcome.version;
}

describe('the files beside the program', () => {
  it('are in force while nobody has chosen another version, and are written down as proposed by the machine', async () => {
    const { history, followers } = await office.readRules();
    expect(history).toMatchObject([{ version: SHIPPED, how: 'installed', byName: 'system', insteadOf: null }]);
    expect(await office.listRuleVersions()).toMatchObject([
      { version: SHIPPED, state: 'proposed', proposedByName: 'system' },
    ]);
    await expect.poll(() => office.readRules().then((now) => now.followers)).toEqual({ all: 1, refusing: 0 });
    expect(followers.refusing).toBe(0);
  });

  it('wait for approval like any proposal once another version was chosen', async () => {
    const chosen = await putInForce(house, { author, judge }, noted('甲'));
    const again = openRuleHouse(test.url);
    try {
      await followRules(again);
      expect(again.rules.current().version).toBe(chosen);
    } finally {
      await again.close();
    }
  });
});

describe('a proposal', () => {
  it('takes effect nowhere before somebody else approved it and it was put in force, and then without a restart', async () => {
    const version = await propose();
    expect(house.rules.current().version).toBe(SHIPPED);
    expect(await office.activateRules(judge, version, '试')).toEqual({ kind: 'refused', reason: 'not-approved' });
    expect(await office.approveRules(judge, version, '同意')).toEqual({ kind: 'done', version });
    expect(house.rules.current().version).toBe(SHIPPED);
    expect(await office.activateRules(judge, version, '即日起施行')).toEqual({ kind: 'done', version });
    await expect.poll(() => house.rules.current().version).toBe(version);
    expect(await journal()).toEqual(['rules.installed', 'rules.proposed', 'rules.approved', 'rules.activated']);
    expect((await checkJournal(house.database.db)).kind).toBe('intact');
  });

  it('is never approved by its author, whatever his role, and the database holds that too', async () => {
    const admin = await someone(house, '管理员', 'admin');
    const outcome = await office.proposeRules(admin, noted('甲'), '试行');
    const version = outcome.kind === 'proposed' ? outcome.version : '';
    expect(await office.approveRules(admin, version, '同意')).toEqual({ kind: 'refused', reason: 'same-person' });
    await expect(
      sql`update rule_versions set state = 'approved', judged_by = ${admin.userId}, judged_at = now() where version = ${version}`.execute(
        house.database.db,
      ),
    ).rejects.toThrow(/two_persons/u);
  });

  it('is made and judged by those whose role it is', async () => {
    const operator = await someone(house, '话务员', 'operator');
    expect(await office.proposeRules(operator, noted('甲'), '试行')).toEqual({ kind: 'refused', reason: 'role' });
    const version = await propose();
    const colleague = await someone(house, '同事', 'triage');
    for (const act of [office.approveRules, office.rejectRules, office.activateRules])
      expect(await act(colleague, version, '同意')).toEqual({ kind: 'refused', reason: 'role' });
    expect(await office.rollBackRules(colleague, '退回')).toEqual({ kind: 'refused', reason: 'role' });
  });

  it('is judged once: what was rejected, or taken back by its author, never takes effect', async () => {
    const [first, second] = [await propose(), await propose(noted('乙'))];
    expect((await office.rejectRules(judge, first, '不妥')).kind).toBe('done');
    expect((await office.rejectRules(author, second, '撤回')).kind).toBe('done');
    for (const version of [first, second]) {
      expect(await office.approveRules(judge, version, '同意')).toEqual({ kind: 'refused', reason: 'judged-already' });
      expect(await office.activateRules(judge, version, '试')).toEqual({ kind: 'refused', reason: 'not-approved' });
    }
  });

  it('of the same files is the same version', async () => {
    const version = await propose();
    expect(await office.proposeRules(author, noted('甲'), '再试')).toEqual({
      kind: 'known',
      version,
      state: 'proposed',
    });
  });

  it('that does not check, or does otherwise than its examples say, is not stored, and everything wrong is told', async () => {
    const broken = editedFiles('clocks.yaml', (text) => text.replace('amount: 24', 'amount: soon'));
    const checked = await office.proposeRules(author, broken, '试行');
    expect(checked).toMatchObject({ kind: 'invalid', problems: [{ file: 'clocks.yaml', column: expect.any(Number) }] });
    const lying = editedFiles('classification/charging.yaml', (text) =>
      text
        .replace(/matches: \[/u, 'matches: [今天天气很好, ')
        .replace(/matches:\n/u, 'matches:\n      - 今天天气很好\n'),
    );
    const tried = await office.proposeRules(author, lying, '试行');
    expect(tried.kind === 'invalid' && tried.problems.map(({ message }) => message).join()).toMatch(
      /should match: 今天天气很好/u,
    );
    expect(await office.listRuleVersions()).toHaveLength(1);
  });

  it('never changes afterwards', async () => {
    const version = await propose();
    for (const change of [
      sql`update rule_versions set files = '[]' where version = ${version}`,
      sql`update rule_versions set proposed_by = 1 where version = ${version}`,
      sql`delete from rule_versions where version = ${version}`,
    ])
      await expect(change.execute(house.database.db)).rejects.toThrow(/never changes/u);
  });
});

describe('a rollback', () => {
  it(
    'leads to what was in force before, step by step, with one person and a reason',
    { timeout: 180_000 },
    async () => {
      const first = await putInForce(house, { author, judge }, noted('甲'));
      const second = await putInForce(house, { author, judge }, noted('乙'));
      expect(await office.rollBackRules(judge, '误判增多')).toEqual({ kind: 'done', version: first });
      expect(await office.rollBackRules(judge, '误判增多')).toEqual({ kind: 'done', version: SHIPPED });
      expect(await office.rollBackRules(judge, '误判增多')).toEqual({ kind: 'refused', reason: 'nothing-before' });
      expect((await office.activateRules(judge, second, '再试')).kind).toBe('done');
      await expect.poll(() => house.rules.current().version).toBe(second);
      const { history } = await office.readRules();
      expect(history.map(({ how }) => how)).toEqual([
        'activated',
        'rolled-back',
        'rolled-back',
        'activated',
        'activated',
        'installed',
      ]);
    },
  );
});

describe('clocks, letters and the words of operators', () => {
  it('change with the version, in the running house', async () => {
    const files = editedFiles('clocks.yaml', (text) => text.replace('name: 来信回应', 'name: 来信答复'));
    await putInForce(house, { author, judge }, files);
    await expect.poll(() => house.rules.timing.clocks.ACK_MAIL.name).toBe('来信答复');
  });
});

describe('R28 a unit removed that still holds cases', () => {
  it('R28 keeps the version out until its cases are with others', async () => {
    await sql`insert into cases (number, state, provisional, profile, channel, received_at, version, assigned_unit)
              values ('甲-1', 'DISPATCHED', false, '2022', 'email', now(), 1, 'RETIRE')`.execute(house.database.db);
    const renamed = noted('甲').map(({ path, text }) => ({
      path,
      text: text.replaceAll(/\bRETIRE\b/gu, 'PENSION'),
    }));
    expect(await office.proposeRules(author, renamed, '改编')).toEqual({
      kind: 'refused',
      reason: 'units-in-use',
      units: ['RETIRE'],
    });
    await sql`update cases set assigned_unit = 'FIN'`.execute(house.database.db);
    expect((await office.proposeRules(author, renamed, '改编')).kind).toBe('proposed');
  });
});
