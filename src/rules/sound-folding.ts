import { normalPhrase } from './normal-text.ts';
import type { Loaded } from './rule-files.ts';
import type { RuleProblem } from './rule-problem.ts';
import type { SoundAlikesFile } from './file-schemas.ts';

/** How misheard names are recognised. */
export type Sounds = {
  readonly soundOf: Uint16Array;
  readonly notLast: ReadonlySet<number>;
  readonly notNext: ReadonlySet<number>;
};

const unitsOf = (text: string): ReadonlySet<number> => new Set([...text].map((character) => character.charCodeAt(0)));

/**
 * Maps every unit to the first of the characters that sound like it, so that 鸡脚处 and 基教处 fold to the same text.
 * A character stands in one group only: the sound it has most often in what citizens say.
 */
export function compileSounds({ data, file }: Loaded<SoundAlikesFile>, problems: RuleProblem[]): Sounds {
  const soundOf = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  const seen = new Map<string, number>();
  data.groups.forEach((group, i) => {
    const characters = normalPhrase(group);
    for (const character of characters) {
      if (seen.has(character))
        problems.push(file.problemAt(['groups', i], `${character} stands in two groups`, 'keep the more common sound'));
      seen.set(character, i);
      soundOf[character.charCodeAt(0)] = characters.charCodeAt(0);
    }
  });
  return { soundOf, notLast: unitsOf(data.not_last), notNext: unitsOf(data.not_next) };
}
