import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.ts';

export type SourceFile = { readonly path: string; readonly text: string };

/** Files of some folders of this project, by the end of their name. Fails when there is none: a check must see something. */
export function sourceFiles(folders: readonly string[], ending: RegExp): readonly SourceFile[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => ending.test(name) && !/(?:^|\/)(?:node_modules|dist)\//u.test(name))
      .map((name) => join(folder, name)),
  );
  if (files.length === 0) throw new Error(`no file of ${folders.join(', ')} ends in ${ending.source}`);
  return files.map((path) => ({ path, text: readFileSync(join(projectRoot(), path), 'utf8') }));
}

/** The text without comments, with the line structure kept. Good enough for checks; it does not know regular expressions. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replace(/[^\n]/gu, ' '))
    .replace(/(^|[\s;{(,])\/\/[^\n]*/gu, '$1');
}
