import { describe, expect, it } from 'vitest';
import { sourceFiles, withoutComments, type SourceFile } from '../support/source-files.ts';

const BANNED = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'tools',
  'types',
  'constants',
  'index',
  'shared',
];
const ROLE_SUFFIX = /\.(?:service|manager|helper|controller|repository|model|dto|interface|enum)\.tsx?$/u;

const product = sourceFiles(['src', 'workers', 'scripts'], /\.tsx?$/u);
const everything = [...product, ...sourceFiles(['test'], /\.(?:ts|mjs)$/u)];

function pathsWhere(files: readonly SourceFile[], isWrong: (path: string, text: string) => boolean): string[] {
  return files.filter(({ path, text }) => isWrong(path, text)).map(({ path }) => path);
}

function baseName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\..*$/u, '');
}

describe('names', () => {
  it('say what is inside: no drawers, no barrels', () => {
    expect(
      pathsWhere(everything, (path) => path.split('/').some((part) => BANNED.includes(part.replace(/\..*$/u, '')))),
    ).toEqual([]);
  });

  it('of files are in kebab-case and carry no role', () => {
    const isWrong = (path: string): boolean =>
      !/^[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(baseName(path)) || ROLE_SUFFIX.test(path);
    expect(pathsWhere(everything, isWrong)).toEqual([]);
  });

  it('of tests are not those of a ticket', () => {
    expect(pathsWhere(everything, (path) => /(?:issue|bug|ticket)-?\d/iu.test(path))).toEqual([]);
  });
});

describe('the source', () => {
  it('re-exports nothing: a file is imported where it is', () => {
    expect(
      pathsWhere(product, (_, text) => /^export (?:\*|(?:type )?\{[^}]*\} from)/mu.test(withoutComments(text))),
    ).toEqual([]);
  });

  it('has no enum, no namespace and no parameter property: the compiler only removes types', () => {
    expect(
      pathsWhere(product, (_, text) => /^(?:export )?(?:const )?(?:enum|namespace) /mu.test(withoutComments(text))),
    ).toEqual([]);
  });

  it('has workers that only wire and start: less than 60 lines each', () => {
    const workers = product.filter(({ path }) => path.startsWith('workers/'));
    expect(pathsWhere(workers, (_, text) => text.split('\n').length > 60)).toEqual([]);
  });

  it('has at most five things left to do, each with an owner and a date', () => {
    const notes = everything
      .filter(({ path }) => !path.startsWith('test/architecture/'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\b(?:TODO|FIXME|XXX|HACK)\b.*/gu)].map(([note]) => `${path}: ${note}`),
      );
    expect(notes.filter((note) => !/TODO\([^),]+, \d{4}-\d\d-\d\d\): ./u.test(note))).toEqual([]);
    expect(notes.length).toBeLessThanOrEqual(5);
  });

  it('switches no check off for a whole file, and no type check at all', () => {
    expect(
      pathsWhere(
        everything,
        (path, text) =>
          !path.startsWith('test/architecture/') &&
          /@ts-(?:ignore|nocheck)|(?:eslint|oxlint)-disable(?!-next-line|-line)/u.test(text),
      ),
    ).toEqual([]);
  });
});
