import { createBareText, unitSorts } from './bare-text.ts';
import type { BareText } from './bare-text.ts';
import type { SoundAlikesFile } from './file-schemas.ts';
import { compileTries, pairOf, unitsOfName } from './name-trie.ts';
import type { HiddenName, NameTries } from './name-trie.ts';
import { normalPhrase } from './normal-text.ts';
import { knownUnits } from './second-reader.ts';
import type { SecondReader } from './second-reader.ts';

/**
 * A second look for names that somebody hid: 教丨育丨局, 基×处, jiao育局, 基础教盲处. Strokes, letters and signs between the
 * characters do not count; besides, one character may be covered, or look like another, or have one more beside it. Whoever is
 * found this way is denied and a person is asked; no category and no unit is concluded from it.
 */
export type MaskedNames = {
  readonly names: readonly HiddenName[];
  readonly tries: NameTries;
  readonly sorts: Uint8Array;
  readonly pairs: Uint8Array;
  /** By a unit, those for which it may have been put because it looks, or sounds, like them. */
  readonly looksLike: Alikes;
  readonly soundsLike: Alikes;
  /** First and changed second character of names of three, of which no two neighbours are left as they were. */
  readonly changedHeads: ReadonlySet<number>;
  /** Characters of ordinary letters: at the end of a name they are taken for the next word (组织外出). */
  readonly common: ReadonlySet<number>;
  readonly endsWord: ReadonlySet<number>;
  /** Reused from text to text. */
  readonly bare: BareText;
};

type Alikes = ReadonlyMap<number, readonly number[]>;

/** What a pair of characters may be in names, as bits of `pairs`. */
export const HEAD = 1;
export const TAIL = 2;
export const CHANGED_HEAD = 4;

/** Place of a pair in `pairs`: others may share it, so that what it says is only a hint. */
export const placeOfPair = (first: number, second: number): number => (Math.imul(first, 0x9e37) + second) & 0xffff;

/** Most pairs of a letter are in no name, and this says so sooner than a map. */
function pairTable({ heads, tails }: NameTries, changedHeads: ReadonlySet<number>): Uint8Array {
  const pairs = new Uint8Array(0x10000);
  const add = (bit: number, keys: Iterable<number>): void => {
    for (const key of keys) {
      const place = placeOfPair(key >>> 16, key & 0xffff);
      pairs[place] = (pairs[place] ?? 0) | bit;
    }
  };
  add(HEAD, heads.keys());
  add(TAIL, tails.keys());
  add(CHANGED_HEAD, changedHeads);
  return pairs;
}

/** By every character of a group those of it that are meant: the first, or all of them that stand in names. */
function alikesOf(groups: readonly string[], isMeant: (unit: number, place: number) => boolean): Map<number, number[]> {
  const alikes = new Map<number, number[]>();
  for (const group of groups) {
    const units = unitsOfName(normalPhrase(group));
    const meant = units.filter((unit, place) => isMeant(unit, place));
    for (const unit of units) {
      const others = meant.filter((right) => right !== unit);
      if (others.length > 0) alikes.set(unit, [...(alikes.get(unit) ?? []), ...others]);
    }
  }
  return alikes;
}

function changedHeadsOf(names: readonly HiddenName[], alikes: readonly Alikes[]): Set<number> {
  const short = names.filter(({ text }) => text.length === 3).map(({ text }) => unitsOfName(text));
  const pairs = new Set<number>();
  for (const changes of alikes)
    for (const [wrong, rights] of changes)
      for (const [first = 0, second = 0] of short) if (rights.includes(second)) pairs.add(pairOf(first, wrong));
  return pairs;
}

export function compileMaskedNames(
  names: readonly HiddenName[],
  file: SoundAlikesFile,
  reader: SecondReader,
): MaskedNames {
  const unheard = names.filter(({ text, isHeard }) => !isHeard || file.not_last.includes(text.slice(-1)));
  const inUnheard = new Set(unheard.flatMap(({ text }) => unitsOfName(text)));
  const looksLike = alikesOf(file.look_alikes, (_, place) => place === 0);
  const soundsLike = alikesOf(file.groups, (unit) => inUnheard.has(unit));
  const changedHeads = changedHeadsOf(names, [looksLike, soundsLike]);
  const tries = compileTries(names);
  return {
    names,
    tries,
    sorts: unitSorts(file.no_words),
    pairs: pairTable(tries, changedHeads),
    looksLike,
    soundsLike,
    changedHeads,
    common: knownUnits(reader),
    endsWord: new Set(unitsOfName(file.ends_word)),
    bare: createBareText(),
  };
}
