import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { sourceFiles, withoutComments } from '../../support/source-files.ts';

const TEXTS = join(projectRoot(), 'src/console/texts');
const PARTS = readdirSync(join(TEXTS, 'zh-CN')).map((name) => name.replace('.json', ''));
const CODES = 'codes'; // looked up by what the service says, not by a key in the source

function read(language: string, part: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(TEXTS, language, `${part}.json`), 'utf8')) as Record<string, unknown>;
}

const placeholders = (text: unknown): string[] => (String(text).match(/\{\w+\}/gu) ?? []).toSorted();

const files = sourceFiles(['src/console'], /\.tsx?$/u).map(({ path, text }) => ({
  folder: dirname(path),
  text: withoutComments(text),
}));

/** The source of every folder in which a part is read: keys may be named in another file than the one that reads them. */
function sourceOf(part: string): string {
  const readers = files.filter(({ text }) => text.includes(`useTexts('${part}')`)).map(({ folder }) => folder);
  return files.flatMap(({ folder, text }) => (readers.includes(folder) ? [text] : [])).join('\n');
}

describe("the desk's texts", () => {
  it('are in the same parts in both languages', () => {
    expect(PARTS.length).toBeGreaterThan(6);
    expect(readdirSync(join(TEXTS, 'en')).map((name) => name.replace('.json', ''))).toEqual(PARTS);
  });

  it.each(PARTS)('of the part %s say the same things in both languages, and none is empty', (part) => {
    const [zh, en] = [read('zh-CN', part), read('en', part)];
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    const empty = [...Object.entries(zh), ...Object.entries(en)].filter(
      ([, text]) => typeof text !== 'string' || text.trim() === '',
    );
    expect(empty).toEqual([]);
  });

  it.each(PARTS)('of the part %s leave the same places to be filled', (part) => {
    const [zh, en] = [read('zh-CN', part), read('en', part)];
    const differ = Object.keys(zh).filter((key) => placeholders(zh[key]).join() !== placeholders(en[key]).join());
    expect(differ).toEqual([]);
  });

  it.each(PARTS.filter((part) => part !== CODES))('of the part %s are all shown somewhere', (part) => {
    const source = sourceOf(part);
    const dead = Object.keys(read('zh-CN', part)).filter((key) => !source.includes(`'${key}'`));
    expect(dead).toEqual([]);
  });

  it('are Chinese where Chinese is read: no half-width comma, colon or question mark between Chinese characters', () => {
    const careless = PARTS.flatMap((part) => Object.entries(read('zh-CN', part)))
      .filter(([, text]) => /\p{Script=Han}[,:;?!]|[,:;?!]\p{Script=Han}/u.test(String(text)))
      .map(([key]) => key);
    expect(careless).toEqual([]);
  });
});
