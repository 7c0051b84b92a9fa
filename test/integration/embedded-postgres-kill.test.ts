import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { signalServer } from '../../src/platform/postgres-server.ts';
import { createEmbeddedFolder, kill9, query, type EmbeddedFolder } from '../support/embedded-folder.ts';

const WAIT = { timeout: 15_000, interval: 20 };
const log = createLogger({ level: 'silent', name: 'test' });

let folder: EmbeddedFolder;

beforeEach(async () => {
  folder = await createEmbeddedFolder();
});
afterEach(() => folder.remove());

describe('after a kill -9', () => {
  it('of the process that started it, the next one takes the running server over and stops it in the end', async () => {
    const killed = await folder.user();
    await query(killed.url, 'create table kept as select 42 as answer');
    await killed.kill9();
    const pidBefore = folder.server()?.pid;
    const next = await folder.user();
    expect(next.adopted).toBe(true);
    expect(folder.server()?.pid).toBe(pidBefore);
    expect(await query(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await next.close();
    expect(folder.server()).toBeNull();
  });

  it('of the server, it is started again and no acknowledged commit is lost', async () => {
    const database = await openEmbeddedPostgres({ dataDir: folder.path, log });
    await query(database.url, 'create table counted (n int)');
    let acknowledged = 0;
    for (let round = 0; round < 3; round += 1) {
      acknowledged += await insertUntilCut(database, acknowledged);
      await vi.waitFor(() => query(database.url, 'select 1'), WAIT);
    }
    const [row] = await query(database.url, 'select count(*)::int as kept from counted');
    await database.close();
    expect(acknowledged).toBeGreaterThan(0);
    expect(row?.['kept']).toBeGreaterThanOrEqual(acknowledged);
  });

  it('of both, the next start recovers by itself', async () => {
    const killed = await folder.user();
    await query(killed.url, 'create table kept as select 42 as answer');
    signalServer(folder.server()?.pid ?? 0, 'SIGKILL');
    await killed.kill9();
    const next = await folder.user();
    expect(next.adopted).toBe(false);
    expect(await query(next.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await next.close();
  });

  it('a pid file that now names somebody else does not keep it from starting', async () => {
    const killed = await folder.user();
    const pid = folder.server()?.pid ?? 0;
    signalServer(pid, 'SIGKILL');
    await killed.kill9();
    await vi.waitFor(() => expect(folder.server()).toBeNull(), WAIT);
    const pidFile = join(folder.path, 'postgres', 'data', 'postmaster.pid');
    const bystander = folder.spawn('--eval', ['setInterval(() => undefined, 1000)']);
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/u, String(bystander.pid)));
    const next = await folder.user();
    expect(next.adopted).toBe(false);
    await next.close();
    expect(bystander.exitCode).toBeNull();
  });

  it('while the database is being made, nothing of the half-made one remains', async () => {
    const killed = folder.spawn();
    await vi.waitFor(async () => expect(await unfinished()).toHaveLength(1), WAIT);
    await kill9(killed);
    const next = await folder.user();
    await next.close();
    expect(await unfinished()).toEqual([]);
  });
});

/** Inserts one row after the other and kills the server in the middle. Returns how many were acknowledged. */
async function insertUntilCut(database: EmbeddedPostgres, already: number): Promise<number> {
  const client = new Client({ connectionString: database.url });
  client.on('error', () => undefined); // the cut connection
  await client.connect();
  let acknowledged = 0;
  setTimeout(() => {
    signalServer(folder.server()?.pid ?? 0, 'SIGKILL');
  }, 100);
  try {
    for (;;) {
      await client.query('insert into counted values ($1)', [already + acknowledged]);
      acknowledged += 1;
    }
  } catch {
    return acknowledged; // the server is gone, as intended
  }
}

async function unfinished(): Promise<string[]> {
  return (await readdir(folder.path)).filter((name) => name.includes('unfinished'));
}
