import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../fixtures/catalogue/catalogue.ts';
import type { MailExpectation } from '../../fixtures/catalogue/catalogue-entry.ts';
import { compose, CONTEXT, OFFICE_DOMAIN, TOKEN_KEY } from '../../fixtures/catalogue/compose-mail.ts';
import type { ParsedMail, ReadResult } from '../../src/intake/item.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { createReaderPool, type ReaderPool } from '../../src/intake/reader-pool.ts';
import { readLetterTokens } from '../../src/intake/thread-token.ts';
import { projectRoot } from '../../src/platform/project-root.ts';

/** Mail of other projects, used to test and not part of this one. */
const FOREIGN_MAIL = join(projectRoot(), '../shared/data/mail');

let pool: ReaderPool;

beforeAll(() => {
  pool = createReaderPool({
    childPath: join(projectRoot(), 'dist/src/intake/reader-child.js'),
    rules: () => readRuleFiles(join(projectRoot(), 'rules')),
    context: CONTEXT,
    maxChildren: 2,
  });
});
afterAll(() => pool.close());

async function read(bytes: Buffer): Promise<ReadResult> {
  const result = await pool.read({ source: 'mail', channel: 'email', name: 'mail.eml', bytes });
  if (result.kind === 'crashed') throw new Error(`the reading process ended: ${result.code}, ${result.detail}`);
  return result;
}

describe('the catalogue of bad mail, read by the real process under its caps', () => {
  it('has every row of M, C, A and S', () => {
    const rows = Object.entries({ M: 70, C: 28, A: 46, S: 35 }).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_unused, n) => letter + String(n + 1).padStart(2, '0')),
    );
    const ids = catalogue().map((entry) => entry.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rows.filter((row) => !ids.some((id) => id.replace(/[a-z]$/, '') === row))).toEqual([]);
  });

  it.each(catalogue().map((entry) => [entry.id, entry.title, entry] as const))(
    '%s: %s',
    { timeout: 60_000 },
    async (_id, _title, entry) => {
      const result = await read(entry.raw());
      switch (entry.expect.kind) {
        case 'elsewhere':
          expect(result.kind).toBe('mail');
          return;
        case 'unreadable':
          expect(result).toMatchObject(entry.expect);
          return;
        case 'mail':
          expectMail(result, entry.expect);
      }
    },
  );
});

function expectMail(result: ReadResult, expected: MailExpectation): void {
  if (result.kind !== 'mail') throw new Error(`expected a mail, got ${JSON.stringify(result)}`);
  const { mail } = result;
  expect(mail.flags).toEqual(expect.arrayContaining([...(expected.flags ?? [])]));
  expect(mail.flags.filter((flag) => expected.withoutFlags?.includes(flag))).toEqual([]);
  expect((expected.text ?? []).filter((part) => !mail.text.includes(part))).toEqual([]);
  expect((expected.notText ?? []).filter((part) => mail.text.includes(part))).toEqual([]);
  expect(facts(mail, expected)).toMatchObject(stated(expected));
  if (expected.letters !== undefined)
    expect(readLetterTokens(mail, TOKEN_KEY, [OFFICE_DOMAIN])).toEqual(expected.letters);
  expect(mail.parts.every((part) => part.shown || part.why !== undefined)).toBe(true);
}

/** The mail in the words of the catalogue. */
function facts(mail: ParsedMail, expected: MailExpectation): Record<string, unknown> {
  return {
    ...mail,
    from: mail.from?.address ?? null,
    attachments: mail.attachments.map((attachment) => attachment.name),
    ownText: mail.ownText,
    automatic: mail.automatic === null ? null : { reason: mail.automatic.reason, certain: mail.automatic.certain },
    delivery: expected.delivery === undefined ? undefined : mail.delivery,
  };
}

/** What the catalogue says, without the fields that are compared in their own way. */
function stated(expected: MailExpectation): Record<string, unknown> {
  const {
    kind: _kind,
    flags: _flags,
    withoutFlags: _without,
    text: _text,
    notText: _not,

    letters: _letters,
    ...rest
  } = expected;
  return rest;
}

describe('a thousand mails of other projects', () => {
  const files = listFiles(FOREIGN_MAIL).filter((path) => !/mbox/i.test(path)); // mailboxes are split before they are read

  it('are each answered once, while the program that asks stays quick and small', { timeout: 120_000 }, async () => {
    expect(files.length).toBeGreaterThan(1_000);
    await read(compose()); // the process is warm
    const before = process.memoryUsage().rss;
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const results = await readAll(files);
    delay.disable();
    expect(results.length).toBe(files.length);
    expect(results.filter((result) => result.kind !== 'mail' && result.kind !== 'unreadable')).toEqual([]);
    expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(64);
    expect(delay.percentile(99) / 1e6).toBeLessThan(200);
  });

  it('are told apart from bounces', async () => {
    const bounces = files.filter((path) => /sisimai.*__(?:bsd|dos|mac)__(?:lhost|rhost|rfc3464)/.test(path));
    expect(bounces.length).toBeGreaterThan(500);
    const results = await readAll(bounces);
    const missed = bounces.filter((_path, n) => {
      const result = results[n];
      return result?.kind === 'mail' && result.mail.automatic?.certain !== true;
    });
    expect(missed.length / bounces.length, missed.map((path) => relative(FOREIGN_MAIL, path)).join('\n')).toBeLessThan(
      0.03,
    );
  });
});

/** Fifty at a time, as triage asks for them. */
async function readAll(paths: readonly string[]): Promise<ReadResult[]> {
  const results: ReadResult[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < paths.length; n = next++) results[n] = await read(readFileSync(paths[n] ?? ''));
  };
  await Promise.all(Array.from({ length: 50 }, worker));
  return results;
}

/** Fails when the folder is missing: a test that looked at nothing proves nothing. */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
