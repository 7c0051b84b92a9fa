import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJsonLines } from './load-rules.ts';

const root = join(import.meta.dirname, '../..');
/** Han characters in a row that may be the same by chance: names of offices are this long. */
const BY_CHANCE = 12;
const EVALUATION = ['real-dev', 'real-dev-more', 'real-not-education', 'gansu-dev'];

const han = (text: string): string => text.replace(/[^\p{Script=Han}]/gu, '');

function runsOf(text: string): string[] {
  const plain = han(text);
  return Array.from({ length: Math.max(0, plain.length - BY_CHANCE) }, (_, n) => plain.slice(n, n + BY_CHANCE + 1));
}

/** Rules are judged on texts that were kept apart. They say nothing if our own repeat them. */
describe('what is judged by', () => {
  const theirs = new Set(
    EVALUATION.flatMap(
      (name) => readJsonLines(`../shared/data/complaints/${name}.jsonl`) as { text: string }[],
    ).flatMap(({ text }) => runsOf(text)),
  );

  it.each(['rules', 'fixtures/labelled', 'fixtures/mail-sources', 'fixtures/calls'])(
    'is not repeated in %s',
    (folder) => {
      const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.(?:yaml|jsonl|json)$/u.test(name),
      );
      expect(files.length).toBeGreaterThan(0);
      const repeated = files.flatMap((name) =>
        readFileSync(join(root, folder, name), 'utf8')
          .split('\n')
          .flatMap((line) =>
            runsOf(line)
              .filter((run) => theirs.has(run))
              .slice(0, 1),
          ),
      );
      expect(repeated).toEqual([]);
    },
  );
});
