import type { Unit } from '../rules/rule-set.ts';
import { plainWord } from './register-mapping.ts';

/** How a register of the department itself leaves out whose office it is. */
const DEPARTMENT = /^(?:甘肃)?省?教育?厅/u;
/** Aliases with brackets and signs are patterns for letters: no register calls a unit so. */
const PLAIN = /^[\p{Script=Han}A-Za-z0-9]+$/u;

/**
 * Unit ids by what a register calls them, as `plainWord` makes it: id, name, former name, each with and without 教育厅, then what
 * else they are called. A word that means two units means none.
 */
export function unitWords(
  units: readonly Pick<Unit, 'id' | 'name' | 'former_names' | 'aliases' | 'shared_aliases'>[],
): ReadonlyMap<string, string> {
  const names = uniqueWords(
    units.map(({ id, name, former_names: former = [] }) => {
      return { id, words: [id, ...[name, ...former].flatMap((one) => [one, one.replace(DEPARTMENT, '')])] };
    }),
  );
  const others = uniqueWords(
    units.map(({ id, aliases, shared_aliases: shared = [] }) => {
      return { id, words: [...aliases, ...shared].filter((word) => PLAIN.test(word)) };
    }),
  );
  const none = [
    ['nonedu', 'NONEDU'],
    ['unresolved', 'UNRESOLVED'],
  ] as const;
  return new Map([...others, ...names, ...none]);
}

/** The unit that a register means, by the words of `unitWords`. null: none, or more than one. */
export function unitNamed(words: ReadonlyMap<string, string>, name: string): string | null {
  const word = plainWord(name);
  return words.get(word) ?? words.get(word.replace(DEPARTMENT, '')) ?? null;
}

function uniqueWords(called: readonly { readonly id: string; readonly words: readonly string[] }[]) {
  const meanings = new Map<string, Set<string>>();
  for (const { id, words } of called) {
    for (const word of words.map(plainWord)) meanings.set(word, (meanings.get(word) ?? new Set()).add(id));
  }
  return [...meanings].flatMap(([word, ids]) => {
    const [id] = ids;
    return word === '' || ids.size > 1 || id === undefined ? [] : [[word, id] as const];
  });
}
