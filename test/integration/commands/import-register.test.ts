import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { readSearch } from '../../../src/casework/queue-search.ts';
import { loadDataKey } from '../../../src/platform/data-key.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { findPage } from '../../../src/store/queue-search.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';
import {
  csvOf,
  REGISTER_HEADS,
  REGISTER_MAPPING,
  registerRow,
  registerTable,
  xlsxOf,
} from '../../support/register-files.ts';

let postgres: DurablePostgres; // a command refuses a database that could forget what it confirmed
let client: Client;
let folder: string;
beforeAll(async () => {
  postgres = await startDurablePostgres();
  folder = await mkdtemp(join(tmpdir(), 'shouli-register-'));
  await migrate(postgres.url);
  client = new Client({ connectionString: postgres.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await postgres.close();
  await rm(folder, { recursive: true, force: true });
});

/** As somebody types it: a process of its own. */
function started(command: string, ...args: readonly string[]): ChildProcess {
  const env = { ...process.env, DATABASE_URL: postgres.url, DATA_DIR: join(folder, 'data') };
  return spawn(process.execPath, ['dist/src/cli.js', command, ...args], { cwd: projectRoot(), env });
}

async function run(
  command: string,
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; told: string }> {
  const child = started(command, ...args);
  let [out, told] = ['', ''];
  child.stdout?.on('data', (data) => (out += String(data)));
  child.stderr?.on('data', (data) => (told += String(data)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, told };
}

async function given(name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function one<T>(sql: string): Promise<T> {
  const { rows } = await client.query<{ value: T }>(sql);
  return rows[0]?.value as T;
}
const number = (sql: string): Promise<number> => one<number>(`select (${sql})::int as value`);
const TAKEN = 'select count(*) from register_rows';

/** Nothing is there twice, half or without its place. */
async function expectWhole(cases: number): Promise<void> {
  expect(await number(TAKEN)).toBe(cases);
  expect(await number('select count(*) from cases')).toBe(cases);
  expect(
    await number(`select count(distinct case_id) from intake_items where disposition = 'case' and state = 'settled'`),
  ).toBe(cases);
  expect(
    await number(
      `select count(*) from raw_messages r join raw_chunks k on k.raw_id = r.id where r.source = 'register'`,
    ),
  ).toBe(cases);
  expect(await number('select count(*) from notes')).toBe(cases);
  expect(await number('select count(*) from item_identities')).toBe(cases);
  expect(await number(`select count(*) from journal where kind = 'case-imported'`)).toBe(cases);
  expect(await number('select count(*) from letters')).toBe(0);
}

describe('npm run import -- register', { timeout: 600_000 }, () => {
  it('says in a dry run what would happen, and writes nothing', async () => {
    const mapping = await given('mapping.yaml', REGISTER_MAPPING);
    const rows = [...registerTable(20), registerRow(21, { 收到日期: '?' }), registerRow(22, { 责任单位: '后勤处' })];
    const file = await given('dry.csv', csvOf(rows));
    const { code, out, told } = await run('import', 'register', file, '--mapping', mapping, '--dry-run');
    expect([code, told]).toEqual([1, '']);
    expect(out).toContain('共 22 行（试运行，未写入任何内容）');
    expect(out).toContain('可以导入：20 行（已办结 18，未办结 2）');
    expect(out).toContain('不能导入：2 行');
    expect(out).toContain('错误按列：收到日期 1、责任单位 1');
    expect(out).toContain('第 22 行　收到日期：“?”不是日期');
    expect(out).toContain('有时限已过 2 件');
    expect(out).toContain('未对应的列（随原始行封存，不进入诉求件）：备注');
    await expectWhole(0);
    await expect(stat(`${file}.errors.csv`)).rejects.toThrow('ENOENT');
  });

  it('takes the rows, keeps those that are wrong in a file, and takes these when they are mended', async () => {
    const mapping = join(folder, 'mapping.yaml');
    const rows = [...registerTable(20), registerRow(21, { 收到日期: '?' }), registerRow(22, { 责任单位: '后勤处' })];
    const file = await given('old.csv', csvOf(rows));
    const first = await run('import', 'register', file, '--mapping', mapping);
    expect([first.code, first.told]).toEqual([1, '']);
    expect(first.out).toContain('已导入：20 行');
    await expectWhole(20);
    const errors = `${file}.errors.csv`;
    const refused = await readFile(errors, 'utf8');
    await writeFile(errors, refused.replace(',?,', ',2014-03-02,').replace('后勤处', '基础教育处'));
    const mended = await run('import', 'register', errors, '--mapping', mapping);
    expect([mended.code, mended.told]).toEqual([0, '']);
    expect(mended.out).toContain('已导入：2 行');
    const again = await run('import', 'register', errors, '--mapping', mapping);
    expect(again.out).toContain('以前已导入：2 行');
    await writeFile(errors, (await readFile(errors, 'utf8')).replace('补课费22元', '补课费23元'));
    const changed = await run('import', 'register', errors, '--mapping', mapping);
    expect(changed.out).toMatch(/以前已导入：1 行\n {2}导入后台账有改动：1 行（诉求件保持原样，请人工核对：第 3 行）/u);
    await expectWhole(22);
  });

  it('files what is closed, and puts what waits before a person without urging anybody', async () => {
    expect(
      await number(
        `select count(*) from cases where state = 'ARCHIVED' and confirmed and profile = '2014' and finding = 'partly'`,
      ),
    ).toBe(20);
    expect(
      await number(
        `select count(*) from cases where state = 'TRIAGE' and not confirmed and unit = 'FIN' and category = 7`,
      ),
    ).toBe(2);
    expect(
      await number(`select count(*) from deadlines where state = 'armed' and due_at < now() and step is null`),
    ).toBe(4);
    expect(await number('select count(*) from deadlines')).toBe(4);
    expect(await number('select count(*) from tasks')).toBe(0);
    const words = await client.query<{ data: string }>(`select data::text from journal`);
    expect(words.rows.filter(({ data }) => /补课费|来信人|13910000/u.test(data))).toEqual([]);
  });

  it('finds them by old number, by words of the citizen and by words of the register', async () => {
    const database = openDatabase(postgres.url, { max: 1, applicationName: 'shouli-test' });
    try {
      const sealer = createSealer(await loadDataKey({ dataKey: null, dataDir: join(folder, 'data') }));
      const found = async (typed: string) => {
        const search = readSearch({ sealer, unitsNamed: () => [] }, typed);
        const page = { limit: 50, after: null, soon: new Date(0) };
        return (await findPage(database.db, { userId: 2, role: 'triage' }, {}, page, search)).length;
      };
      expect(await found('甘教效旧〔2014〕7号')).toBe(1);
      expect(await found('补课费17元')).toBe(1);
      expect(await found('责令学校退费')).toBe(20);
      expect(await found('没有这样的号')).toBe(0);
    } finally {
      await database.close();
    }
  });

  it('counts what was received in its month, and no limit that was past when the register came', async () => {
    const { code, out } = await run('report', '--from', '2014-03', '--to', '2014-04');
    expect(code).toBe(0);
    expect(out).toMatch(/一、收件\n\s+件数\n\s+合计\s+22\n/u);
    expect(out).not.toMatch(/逾期未完成\s+[1-9]/u);
    const entries = await client.query<{ measure: string }>('select distinct measure from report_entries');
    expect(entries.rows).toEqual([{ measure: 'intake' }]);
  });

  it('takes an .xlsx the same way: what came as CSV is known', async () => {
    const table = registerTable(23);
    const file = await given('old.xlsx', xlsxOf([{ name: '2014', rows: table }]));
    const { code, out } = await run('import', 'register', file, '--mapping', join(folder, 'mapping.yaml'));
    expect(code).toBe(0);
    expect(out).toMatch(/已导入：1 行/u);
    await expectWhole(23);
  });

  it('suggests a mapping that works', async () => {
    const { code, out } = await run('import', 'register', join(folder, 'old.xlsx'), '--suggest');
    expect(code).toBe(0);
    expect(out).toContain('  text: "反映内容"\n');
  });

  it.each([
    [['--dry-run'], 'usage'],
    [['--mapping', 'none.yaml'], 'none.yaml：没有这个文件'],
  ])('%j is answered with what to do', async (args, words) => {
    const { code, out, told } = await run('import', 'register', join(folder, 'old.csv'), ...args);
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(words);
  });

  it('says of a file that is no register what to do', async () => {
    const mapping = join(folder, 'mapping.yaml');
    const many = await given('many.csv', `编号,收到日期\n${'1,2014-03-05\n'.repeat(100_001)}`);
    expect(await run('import', 'register', many, '--mapping', mapping)).toMatchObject({
      code: 2,
      told: `${many}：超过 100,000 行，请按年度拆成几个文件分别导入\n`,
    });
    const wrong = await given('wrong.yaml', `${REGISTER_MAPPING}  phone: 联系电话\n`);
    const refused = await run('import', 'register', join(folder, 'old.csv'), '--mapping', wrong);
    expect(refused.told).toMatch(/wrong\.yaml:\d+:\d+ {2}columns: Unrecognized key/u);
  });

  it('loses and doubles nothing when it is killed, however often', async () => {
    const rows = [REGISTER_HEADS, ...Array.from({ length: 2_000 }, (_, n) => registerRow(n + 1_001))];
    const file = await given('long.csv', csvOf(rows));
    const args = ['import', 'register', file, '--mapping', join(folder, 'mapping.yaml')] as const;
    const before = await number(TAKEN);
    const ends: (string | null)[] = [];
    for (const kills of [1, 2, 3]) {
      const child = started(...args);
      const gone = new Promise((resolve) => child.once('close', resolve));
      const reached = before + kills * 300;
      while (child.exitCode === null && (await number(TAKEN)) < reached) await sleep(20);
      child.kill('SIGKILL');
      await gone;
      ends.push(child.signalCode);
    }
    const killedAt = await number(TAKEN);
    expect(ends).toContain('SIGKILL'); // a machine that is too busy to look may find one that is through
    const last = await run(...args);
    expect([last.code, last.told]).toEqual([0, '']);
    expect(last.out).toContain(`以前已导入：${(killedAt - before).toLocaleString('en-US')} 行`);
    await expectWhole(before + 2_000);
    const doctor = await run('doctor', '--json');
    expect(JSON.parse(doctor.out)).toMatchObject({ items: { withoutDisposition: 0 }, journal: { intact: true } });
  });
});
