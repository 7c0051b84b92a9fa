import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { installShippedRules, takeInForce, followRules } from '../../../src/roles/follow-rules.ts';
import { notReady } from '../../../src/roles/health.ts';
import { ruleFunctions } from '../../../src/roles/rule-office.ts';
import { createShadowPass } from '../../../src/roles/shadow-rules.ts';
import { compileOfficeRules } from '../../../src/office-rules.ts';
import { classify } from '../../../src/rules/classify.ts';
import { reportShadow } from '../../../src/rules/shadow-report.ts';
import { shadowPairs } from '../../../src/store/shadow-verdicts.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { editedFiles, noted, openRuleHouse, putInForce, someone, type RuleHouse } from '../../support/rule-office.ts';

let test: TestDatabase;
let house: RuleHouse;
let author: Viewer;
let judge: Viewer;

beforeEach(async () => {
  test = await createTestDatabase();
  house = openRuleHouse(test.url);
  author = await someone(house, '拟稿人', 'triage');
  judge = await someone(house, '审核人', 'discipline');
  await installShippedRules(house);
});
afterEach(async () => {
  await house.close();
  await test.drop();
});

/** Past all checks, by somebody who can write into the database: `version` need not even be the hash of the files. */
async function force(version: string, files: readonly unknown[]): Promise<void> {
  await sql`insert into rule_versions (version, files, proposed_by) values (${version}, ${JSON.stringify(files)}::jsonb, ${author.userId})`.execute(
    house.database.db,
  );
  await sql`update rules_in_force set version = ${version}`.execute(house.database.db);
}

describe('a version that should be in force and does not check', () => {
  it.each([
    ['holds files that do not check', 'bad', editedFiles('units.yaml', (text) => text.replace('units:', 'unitz:'))],
    ['has no files at all', 'none', []],
    ['has other files than its name says', 'false-name', noted('另一份')],
  ])('changes nothing where it %s; readiness and the list of followers say so', async (_what, version, files) => {
    await followRules(house);
    const before = house.rules.current().version;
    await force(version, files);
    await expect.poll(() => house.rules.refused?.version).toBe(version);
    expect(house.rules.current().version).toBe(before);
    expect(await notReady(house)).toEqual([{ part: 'rules', code: 'rules.invalid', stops: false }]);
    const { readRules } = ruleFunctions(house);
    await expect.poll(async () => (await readRules()).followers).toEqual({ all: 1, refusing: 1 });
    await sql`update rules_in_force set version = ${before}`.execute(house.database.db);
    await expect.poll(() => house.rules.refused).toBeNull();
    expect(await notReady(house)).toEqual([]);
  });
});

describe('R26 a file that has gone', () => {
  it('R26 or a whole folder, at the start: what was in force stays in force', async () => {
    const version = await putInForce(house, { author, judge }, noted('甲'));
    const empty = mkdtempSync(join(tmpdir(), 'shouli-rules-'));
    try {
      await installShippedRules(house, empty);
      await installShippedRules(house, join(empty, 'no-such-folder'));
    } finally {
      rmSync(empty, { recursive: true });
    }
    await takeInForce(house);
    expect(house.rules.current().version).toBe(version);
  });
});

describe('a shadow', () => {
  /** A mail as it stands in the tables after it was settled. */
  async function settled(text: string): Promise<number> {
    const { db } = house.database;
    const verdict = classify(house.rules.current().rules, { channel: 'email', text });
    const { rows } = await sql<{ id: number }>`
      with opened as (insert into cases (number, state, provisional, profile, channel, received_at, version)
          values (${text.slice(0, 20)}, 'TRIAGE', false, '2022', 'email', now(), 1) returning id),
        item as (insert into intake_items (channel, state, disposition, case_id, received_at, settled_at)
          select 'email', 'settled', 'case', id, now(), now() from opened returning id, case_id),
        words as (insert into item_texts (item_id, subject, body, bigrams) select id, '', ${text}, '{}' from item)
      insert into verdicts (case_id, item_id, source, rules_version, body, by_user)
      select case_id, id, 'rules', 'v', ${JSON.stringify(verdict)}::jsonb, 1 from item returning item_id as id`.execute(
      db,
    );
    return rows[0]?.id ?? 0;
  }

  const ACCUSES = '我举报基础教育处收受礼金，推诿扯皮，打电话没人接。';

  it('judges only what comes in after it began, changes no verdict and no case, and shows first whom it would let in', async () => {
    await settled('我举报财务处收受礼金。');
    // The candidate does not know one name of a unit any more: the one change that lets the accused see the case.
    const files = editedFiles('units.yaml', (text) =>
      text.replaceAll('基础教育处', '初等教育司').replaceAll('基教', '初教'),
    );
    const compiled = compileOfficeRules(files);
    if (compiled.kind === 'invalid') throw new Error(compiled.problems[0]?.message);
    const { version } = compiled.office;
    await sql`insert into rule_versions (version, files, proposed_by, why) values (${version}, ${JSON.stringify(files)}::jsonb, ${author.userId}, '试')`.execute(
      house.database.db,
    );
    const { shadowRules } = ruleFunctions(house);
    expect(await shadowRules(author, version)).toEqual({ kind: 'refused', reason: 'role' });
    expect((await shadowRules(judge, version)).kind).toBe('done');
    const itemId = await settled(ACCUSES);
    const look = () =>
      Promise.all(
        (['cases', 'verdicts', 'case_denials'] as const).map((table) =>
          house.database.db.selectFrom(table).selectAll().execute(),
        ),
      );
    const before = await look();
    const pass = createShadowPass(house);
    expect([await pass(), await pass()]).toEqual([1, 0]);
    expect(await look()).toEqual(before);
    const pairs = [];
    for await (const pair of shadowPairs(house.database.db, version)) pairs.push(pair);
    const report = reportShadow(pairs);
    expect(report).toMatchObject({ items: 1, changed: 1, lostDenials: [{ itemId }] });
    expect(report.lostDenials[0]?.units).toContain('BASIC');
    expect((await shadowRules(judge, null)).kind).toBe('done');
    await settled('另一封来信，也是举报基础教育处。');
    expect(await pass()).toBe(0);
  });
});
