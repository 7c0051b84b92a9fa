import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as reasons from '../../src/domain/case-reasons.ts';
import { CHANNELS, DISPOSITIONS, KINDS, LANES, LEVELS, PROFILES, ROLES } from '../../src/domain/vocabulary.ts';
import { NOTE_NAMES } from '../../src/http/labels.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { sourceFiles, withoutComments } from '../support/source-files.ts';

type ClosedSet = { readonly where: string; readonly words: readonly string[] };

/** `check (lane in ('request', ...))`, as PostgreSQL gives it back: the words of every column with a closed set. */
async function closedSetsOfDatabase(url: string): Promise<readonly ClosedSet[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ where: string; definition: string }>(
      `select conrelid::regclass || '.' || conname as where, pg_get_constraintdef(oid) as definition
         from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace order by 1`,
    );
    return rows
      .filter(({ definition }) => /= ANY \(ARRAY\[/u.test(definition))
      .map(({ where, definition }) => ({ where, words: quotedWords(definition) }));
  } finally {
    await client.end();
  }
}

/** Every union of words (`'a' | 'b'`), every list of words that the source declares closed, and the tables of grounds. */
function closedSetsOfSource(): ReadonlySet<string> {
  const texts = sourceFiles(['src'], /\.ts$/u).map(({ text }) => withoutComments(text));
  const found = texts.flatMap((text) => [
    ...(text.match(/(?:'[^'\n]+'\s*\|\s*)+'[^'\n]+'/gu) ?? []),
    ...(text.match(/\[(?:\s*'[^'\n]+',?)+\s*\](?= as const)/gu) ?? []),
  ]);
  const tables = [...Object.values(reasons), NOTE_NAMES].map((table) => key(Object.keys(table)));
  return new Set([...found.map((text) => key(quotedWords(text))), ...tables]);
}

function quotedWords(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'/gu)].map(([, word]) => word ?? '');
}

function key(words: readonly string[]): string {
  return [...new Set(words)].toSorted().join(' ');
}

describe('closed sets', () => {
  let database: TestDatabase;
  let inDatabase: readonly ClosedSet[];
  beforeAll(async () => {
    database = await createTestDatabase();
    inDatabase = await closedSetsOfDatabase(database.url);
  });
  afterAll(() => database.drop());

  it('are the same words in the database and in the code', () => {
    const inSource = closedSetsOfSource();
    const unknown = inDatabase.filter(({ words }) => words.length > 1 && !inSource.has(key(words)));
    expect(unknown).toEqual([]);
  });

  it.each(Object.entries({ ROLES, LANES, KINDS, CHANNELS, LEVELS, PROFILES, DISPOSITIONS }))(
    'of the vocabulary are held by the database: %s',
    (_, words) => {
      expect(inDatabase.map((set) => key(set.words))).toContain(key(words));
    },
  );
});
