import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Category, Channel } from '../src/domain/vocabulary.ts';
import { projectRoot } from '../src/platform/project-root.ts';

/** A text and what a reader says of it. */
export type LabelledText = {
  readonly id: string | number;
  readonly channel?: Channel;
  readonly subject?: string;
  readonly text: string;
  readonly gold: {
    readonly category: Category | null | readonly (Category | null)[];
    readonly category_any?: readonly (Category | null)[];
    readonly unit?: string | readonly string[];
    readonly unit_any?: readonly string[];
    readonly urgent?: boolean | readonly boolean[];
  };
  readonly sure?: number;
};

/** All of our own. */
export function ownTexts(): LabelledText[] {
  return ownTextsByFile().flat();
}

/** Those of one file are of one hand and one mood: held out together. */
export function ownTextsByFile(): LabelledText[][] {
  return readdirSync(join(projectRoot(), 'fixtures/labelled'))
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => readTexts(`fixtures/labelled/${name}`));
}

/** Every category that can be defended, the first choice first. */
export function rightCategories({ gold }: LabelledText): readonly (Category | null)[] {
  return gold.category_any ?? [gold.category].flat();
}

/** One file of JSON Lines; the path counts from the checkout. */
export function readTexts(path: string): LabelledText[] {
  return readFileSync(join(projectRoot(), path), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledText);
}
