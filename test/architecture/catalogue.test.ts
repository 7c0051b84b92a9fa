import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../fixtures/catalogue/catalogue.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { sourceFiles, withoutComments } from '../support/source-files.ts';

/** What each letter stands for, in the order of the page. */
const CHAPTERS: Readonly<Record<string, string>> = {
  P: 'Promises',
  M: 'Mail: structure',
  C: 'Mail: character sets and text',
  A: 'Mail: automatic',
  S: 'Mail: forged and hostile',
  R: 'Rule files and classification',
  W: 'Requests to the API',
  L: 'Logs',
  H: 'Calls and transcripts',
  T: 'Time',
  I: 'IMAP servers',
  D: 'PostgreSQL',
  Q: 'Redis and BullMQ',
  O: 'Outgoing SMTP',
  F: 'Files, backups and processes',
};
/** Reads the rows of M, C, A and S, each under its id and title: test/integration/mail-corpus.test.ts. */
const CORPUS_TEST = 'test/integration/mail-corpus.test.ts';
const PAGE = join(projectRoot(), 'docs/catalogue.md');

const known = JSON.parse(readFileSync(join(projectRoot(), 'docs/catalogue.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

/** "R15-R17" and "H18 H19" both name what they say; "P1" is the promise P01. */
function idsIn(title: string): readonly string[] {
  const named = [...title.matchAll(/\b([A-Z])(\d{1,2})(?:-\1(\d{1,2}))?(?=[a-z]?\b)/gu)];
  return named.flatMap(([, letter = '', first = '', last = first]) =>
    Array.from({ length: Math.max(0, Number(last) - Number(first)) + 1 }, (_, n) => {
      return letter + String(Number(first) + n).padStart(2, '0');
    }),
  );
}

/**
 * What counts as a title: the text of a test or a describe, a row of a table of tests that begins with an id, and the closing
 * line that a randomised test prints ("P11: 300 kills ...").
 */
function titlesIn(text: string): readonly string[] {
  const code = withoutComments(text);
  const titles = code.matchAll(/\b(?:it|test|describe)(?:\.\w+)*(?:\([^'"`\n]*\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gu);
  const eachTitles = code.matchAll(/^\s*(?:\]|[^'"`\n]*)\)\((['"`])((?:\\.|(?!\1).)*)\1/gmu);
  const rows = code.matchAll(/(['"`])([A-Z]\d{1,2}(?:-[A-Z]\d{1,2})?[: ](?:\\.|(?!\1).)*)\1/gu);
  return [...titles, ...eachTitles, ...rows].map(([, , title = '']) => title);
}

/** For each id the test files that name it. A mail of which reading decides nothing counts only where it is proven. */
function coverage(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  const add = (id: string, path: string): void => {
    found.set(id, (found.get(id) ?? new Set()).add(path));
  };
  for (const { path, text } of sourceFiles(['test'], /\.test\.ts$/u)) {
    for (const title of titlesIn(text)) for (const id of idsIn(title)) if (id in known) add(id, path);
  }
  for (const { id, expect: expected } of catalogue()) {
    if (expected.kind !== 'elsewhere') add(id.slice(0, 3), CORPUS_TEST);
  }
  return new Map([...found].map(([id, paths]) => [id, [...paths].toSorted()]));
}

function page(covered: ReadonlyMap<string, readonly string[]>): string {
  const lines = [
    '# Catalogue of promises and bad inputs',
    '',
    'Written by `UPDATE_GOLDEN=1 npx vitest run test/architecture/catalogue.test.ts` from `catalogue.json` and the titles of the',
    'tests; do not edit. A row is covered when the title of a test names its id. "Not yet" means that no test says so by id, not',
    'that nothing is done about it.',
  ];
  for (const [letter, chapter] of Object.entries(CHAPTERS)) {
    const rows = Object.entries(known).filter(([id]) => id.startsWith(letter));
    const done = rows.filter(([id]) => covered.has(id)).length;
    lines.push('', `## ${letter}: ${chapter} (${done} of ${rows.length})`, '');
    for (const [id, title] of rows) {
      const where = covered.get(id)?.map((path) => `\`${path.replace(/^test\//u, '')}\``);
      lines.push(`- **${id}** ${title}: ${where?.join(', ') ?? 'not yet'}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('the catalogue', () => {
  const covered = coverage();

  it('has every id once, in the order of its chapters, with a title', () => {
    const ids = Object.keys(known);
    const chapters = Object.keys(CHAPTERS);
    expect(ids.filter((id) => !/^[A-Z]\d{2}$/u.test(id) || !chapters.includes(id.slice(0, 1)))).toEqual([]);
    expect(ids).toEqual(
      ids.toSorted(
        (a, b) =>
          chapters.indexOf(a.slice(0, 1)) - chapters.indexOf(b.slice(0, 1)) || Number(a.slice(1)) - Number(b.slice(1)),
      ),
    );
    expect(Object.values(known).filter((title) => title.trim() === '')).toEqual([]);
  });

  it('finds ids in the titles of tests, tables and closing lines, and nowhere else', () => {
    const text = [
      "it('H06 the name of the role', () => {});",
      "test.each([1, 2])('R15-R17 %s is harmless', () => {});",
      "const ROWS = [['R05 it is empty', 1]];",
      '// it("M01 a comment")',
      "expect(due).toBe('2014-07-22T16:00:00');",
      'process.stdout.write(`P1: ${kills} kills`);',
    ].join('\n');
    expect([...new Set(titlesIn(text).flatMap(idsIn))].toSorted()).toEqual(['H06', 'P01', 'R05', 'R15', 'R16', 'R17']);
  });

  it('says where each of them is tested', () => {
    const missing = Object.keys(known).filter((id) => !covered.has(id));
    process.stdout.write(`catalogue: ${covered.size} of ${Object.keys(known).length} covered\n`);
    for (const id of missing) process.stdout.write(`  not yet: ${id} ${known[id] ?? ''}\n`);
    expect(covered.size).toBeGreaterThan(150);
  });

  it('is in step with docs/catalogue.md (UPDATE_GOLDEN=1 writes it)', () => {
    const now = page(covered);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PAGE, now);
    expect(readFileSync(PAGE, 'utf8')).toBe(now);
  });
});
