import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { Client } from 'pg';
import { migrate } from '../../../src/store/migrate.ts';
import { startDurablePostgres, type DurablePostgres } from '../../support/database.ts';

let postgres: DurablePostgres; // a command refuses a database that could forget what it confirmed
let client: Client;
let dataDir: string;
beforeAll(async () => {
  postgres = await startDurablePostgres();
  dataDir = await mkdtemp(join(tmpdir(), 'shouli-report-'));
  await migrate(postgres.url);
  client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`insert into cases (number, state, provisional, profile, channel, received_at, category, version)
                      values ('123456782', 'TRIAGE', false, '2014', 'email', '2014-08-01T09:00:00+08:00', 7, 1)`);
});
afterAll(async () => {
  await client.end();
  await postgres.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** As somebody types it: a process of its own. */
function report(...args: readonly string[]): Promise<{ code: number; out: string; told: string }> {
  const env = { ...process.env, DATABASE_URL: postgres.url, DATA_DIR: dataDir };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/src/cli.js', 'report', ...args],
      { cwd: projectRoot(), env },
      (error, out, told) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, told }),
    );
  });
}

describe('npm run report', () => {
  it('makes a report, shows it again, and counts it again', { timeout: 600_000 }, async () => {
    const made = await report('--from', '2014-07', '--to', '2014-09');
    expect([made.code, made.told]).toEqual([0, '']);
    expect(made.out).toContain('2014年7月至9月受理办理情况通报\n第1号');
    expect(made.out).toMatch(/一、收件\n\s+件数\n\s+合计\s+1\n/u);
    expect((await report('--show', '1')).out).toBe(made.out);
    const again = await report('--from', '2014-07', '--to', '2014-09', '--recompute', '1');
    expect([again.code, again.told]).toEqual([0, '']);
    expect(again.out).toContain('清单：未被改动，逐条复算与通报数字一致\n与现有记录比较：没有不同\n');
    await client.query(`update cases set category = 2`);
    const differs = await report('--recompute', '1');
    expect(differs.code).toBe(0);
    expect(differs.out).toMatch(/1条不同\n {2}\d{3} \d{3} \d{3} {2}收件：收件，问题类别已更正\n/u);
    expect((await report('--show', '1', '--csv')).out.startsWith('\u{feff}2014年7月至9月')).toBe(true);
    expect((await report('--list')).out).toMatch(/^第1号 {2}2014年7月至9月 {2}统计时点：.*统计人：system\n$/u);
  });

  it.each([
    [[], 'usage'],
    [['--from', '2014-13'], 'usage'],
    [['--list', '--show', '1'], 'usage'],
    [['--from', '2014-09', '--to', '2014-07'], '结束月份不能早于开始月份'],
    [['--recompute', '999'], '没有这一号通报'],
  ])('%j is answered with what to do', async (args, words) => {
    const { code, out, told } = await report(...args);
    expect([code, out]).toEqual([2, '']);
    expect(told).toContain(words);
  });
});
