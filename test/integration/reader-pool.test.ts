import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMPLAINT, compose, CONTEXT, SUBJECT } from '../../fixtures/catalogue/compose-mail.ts';
import type { ReadJob } from '../../src/intake/read-item.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { createReaderPool, type ReaderPool, type ReaderPoolOptions } from '../../src/intake/reader-pool.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { treeMemory } from '../support/tree-memory.ts';

const FAILING = join(import.meta.dirname, '../support/reader-that-fails.mjs');
const REAL = join(projectRoot(), 'dist/src/intake/reader-child.js');

/** Loading the rules takes seconds when the machine is busy. */
const PATIENTLY = { timeout: 15_000 };

let pool: ReaderPool;
let rules: string;

beforeEach(() => {
  rules = mkdtempSync(join(tmpdir(), 'shouli-rules-'));
  cpSync(join(projectRoot(), 'rules'), rules, { recursive: true });
});
afterEach(async () => {
  await pool.close();
  rmSync(rules, { recursive: true });
});

function open(options: Partial<ReaderPoolOptions>): ReaderPool {
  pool = createReaderPool({
    childPath: FAILING,
    rules: () => readRuleFiles(rules),
    context: CONTEXT,
    maxChildren: 2,
    ...options,
  });
  return pool;
}

function command(name: string, bytes = Buffer.alloc(0)): ReadJob {
  return { source: 'mail', channel: 'email', name, bytes };
}

function letter(bytes: Buffer): ReadJob {
  return { source: 'mail', channel: 'email', name: 'letter.eml', bytes };
}

/** Reading processes that a program started. */
function readersOf(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid) && isReaderOf(pid, parent))
    .map(Number);
}

function isReaderOf(pid: string, parent: number | undefined): boolean {
  const afterName = readOrEmpty(`/proc/${pid}/stat`).replace(/^.*\)/s, '');
  return afterName.split(' ')[2] === String(parent) && readOrEmpty(`/proc/${pid}/cmdline`).includes('reader-child');
}

/** Processes end while we look at them. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe('a reader pool whose process fails', () => {
  it.each([
    ['abort', 'died', 'SIGABRT'],
    ['exit', 'died', 'exit 3'],
    ['hang', 'timeout', '1000 ms'],
    ['memory', 'memory', '200 MB'],
  ])('charges %s to the job that did it and to no other', async (name, code, detail) => {
    open({ maxChildren: 1, timeoutMs: 1_000, memoryMb: 200 });
    const jobs = ['a', 'b', name, 'c', 'd', 'e'];
    const results = await Promise.all(jobs.map((job) => pool.read(command(job))));
    expect(results[2]).toEqual({ kind: 'crashed', code, detail });
    const others = results.filter((_result, n) => n !== 2);
    expect(others.map((result) => (result.kind === 'unreadable' ? result.subject : result))).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('survives many crashes in a row', async () => {
    open({ maxChildren: 1 });
    const results = await Promise.all(
      Array.from({ length: 12 }, (_unused, n) => pool.read(command(n % 2 === 0 ? 'exit' : 'fine'))),
    );
    expect(results.map((result) => result.kind)).toEqual(
      Array.from({ length: 12 }, (_unused, n) => (n % 2 === 0 ? 'crashed' : 'unreadable')),
    );
  });

  it('moves the jobs behind a slow one to a second process', async () => {
    open({ maxChildren: 2 });
    const order: string[] = [];
    const reads = ['slow', 'a', 'b', 'c'].map(async (name) => {
      const result = await pool.read(command(name));
      order.push(name);
      return result.kind === 'unreadable' ? result.reason : '';
    });
    const pids = await Promise.all(reads);
    expect(order.at(-1)).toBe('slow');
    expect(new Set(pids.slice(1)).size).toBe(1);
    expect(pids[1]).not.toBe(pids[0]);
  });

  it('uses one process while jobs are quick', async () => {
    open({ maxChildren: 4 });
    const results = await Promise.all(Array.from({ length: 300 }, () => pool.read(command('quick'))));
    expect(new Set(results.map((result) => (result.kind === 'unreadable' ? result.reason : ''))).size).toBe(1);
  });

  it('replaces a process that read something large, so that the next job is not charged for its memory', async () => {
    open({ maxChildren: 1 });
    const [large, small] = await Promise.all([
      pool.read(command('large', Buffer.alloc(9_000_000))),
      pool.read(command('small')),
    ]);
    expect(large.kind === 'unreadable' && small.kind === 'unreadable' && large.reason !== small.reason).toBe(true);
  });

  it('answers waiting jobs with a fault when its processes cannot start', async () => {
    open({ childPath: join(import.meta.dirname, 'no-such-file.mjs') });
    await expect(pool.read(command('a'))).rejects.toMatchObject({ name: 'Fault', code: 'internal', retryable: true });
  });

  it('blames nobody for being closed: what was not answered is refused', async () => {
    open({ maxChildren: 1 });
    await pool.read(command('warm'));
    const settled = Promise.allSettled(Array.from({ length: 20 }, () => pool.read(command('slow'))));
    await pool.close();
    const results = await settled;
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(18);
    expect(results.filter((result) => result.status === 'fulfilled' && result.value.kind === 'crashed')).toEqual([]);
    await expect(pool.read(command('a'))).rejects.toMatchObject({ code: 'internal', retryable: true });
  });
});

describe('the real reading process', () => {
  it('reads and classifies a letter', async () => {
    open({ childPath: REAL });
    const result = await pool.read(letter(compose()));
    expect(result).toMatchObject({
      kind: 'mail',
      mail: { subject: SUBJECT, ownText: COMPLAINT },
      verdict: { kind: expect.any(String) },
    });
    expect(result.kind === 'mail' && result.rulesVersion).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a transcript and says when one is still being written', async () => {
    open({ childPath: REAL });
    const transcript = { source: 'transcript', channel: 'phone', name: 'call.txt' } as const;
    const whole = await pool.read({
      ...transcript,
      bytes: Buffer.from('话务员:您好。\n来电人:学校乱收费，没人管。\n'),
    });
    expect(whole).toMatchObject({ kind: 'transcript', transcript: { text: expect.stringContaining('学校乱收费') } });
    const cut = await pool.read({ ...transcript, bytes: Buffer.from('{"Result": {"Sentences": [{"Text": "您') });
    expect(cut.kind).toBe('unfinished');
  });

  it('makes a harmless page of the HTML in a mail, and none of a mail without', async () => {
    open({ childPath: REAL, maxChildren: 1 });
    const html = Buffer.from(
      'Content-Type: text/html; charset=utf-8\r\n\r\n<p onclick=x>学校<script>1</script></p>\r\n',
    );
    const [rich, plain] = await Promise.all([pool.readHtml(html), pool.readHtml(compose())]);
    expect(rich).toMatchObject({ kind: 'html', page: expect.stringContaining('<body><p>学校</p>') });
    expect(plain).toEqual({ kind: 'html', page: null });
  });

  it('takes new rules on reload, and keeps the old ones when the new ones do not load', async () => {
    open({ childPath: REAL, maxChildren: 1 });
    const versionOf = async (): Promise<string> => {
      const result = await pool.read(letter(compose()));
      return result.kind === 'mail' ? result.rulesVersion : result.kind;
    };
    const before = await versionOf();
    writeFileSync(join(rules, 'units.yaml'), 'not: [rules');
    pool.reload();
    expect(await versionOf()).toBe(before);
    cpSync(join(projectRoot(), 'rules/units.yaml'), join(rules, 'units.yaml'));
    writeFileSync(join(rules, 'scoring.yaml'), '# a comment changes the version\n', { flag: 'a' });
    pool.reload();
    expect(await versionOf()).not.toBe(before);
  });

  it('refuses to read with a fault while no rules load, and reads once they do', async () => {
    writeFileSync(join(rules, 'units.yaml'), 'not: [rules');
    open({ childPath: REAL, maxChildren: 1 });
    await expect(pool.read(letter(compose()))).rejects.toMatchObject({ code: 'rules.invalid' });
    cpSync(join(projectRoot(), 'rules/units.yaml'), join(rules, 'units.yaml'));
    pool.reload();
    await expect.poll(async () => (await pool.read(letter(compose())).catch(() => null))?.kind, PATIENTLY).toBe('mail');
  });

  it('idles below 110 MB', async () => {
    open({ childPath: REAL, maxChildren: 1 });
    await Promise.all(Array.from({ length: 500 }, () => pool.read(letter(compose()))));
    const [reader = 0] = readersOf(process.pid);
    expect(treeMemory(reader) / 1e6).toBeGreaterThan(20); // it looked at something
    process.stdout.write(`reader after 500 letters: ${Math.round(treeMemory(reader) / 1e6)} MB\n`);
    await expect.poll(() => treeMemory(reader) / 1e6, PATIENTLY).toBeLessThan(110); // once it has collected what it read
  });

  it('ends by itself when the program that started it is killed', async () => {
    const program = `
      const { createReaderPool } = await import(${JSON.stringify(join(projectRoot(), 'dist/src/intake/reader-pool.js'))});
      const { readRuleFiles } = await import(${JSON.stringify(join(projectRoot(), 'dist/src/intake/read-rule-files.js'))});
      const options = ${JSON.stringify({ childPath: REAL, context: CONTEXT, maxChildren: 1 })};
      const pool = createReaderPool({ ...options, rules: () => readRuleFiles(${JSON.stringify(rules)}) });
      await pool.read({ source: 'mail', channel: 'email', name: 'a', bytes: Buffer.from('Subject: x\\r\\n\\r\\nx') });
      process.stdout.write('warm');`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(parent.stdout, 'data');
    const reader = readersOf(parent.pid)[0];
    expect(reader).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await expect.poll(() => readOrEmpty(`/proc/${reader}/cmdline`), PATIENTLY).not.toContain('reader-child');
  });
});
