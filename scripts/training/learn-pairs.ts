import classifiers from 'natural/lib/natural/classifiers/index.js';
import type { Category } from '../../src/domain/vocabulary.ts';
import { CATEGORIES } from '../../src/domain/vocabulary.ts';
import { createNormalText, normalise } from '../../src/rules/normal-text.ts';
import { eachHanPair } from '../../src/rules/second-reader.ts';
import { rightCategories, type LabelledText } from '../labelled-texts.ts';

/** What the second reader knows: see `secondReaderFile` in src/rules/file-schemas.ts. */
export type LearnedPairs = { labels: (Category | 0)[]; texts: number[]; pairs: string };

/** More words make the file longer and the reader no better. */
const MOST_PAIRS = 6_000;
/** What stands in fewer texts is chance. */
const FEWEST_TEXTS = 3;

const LABELS: readonly (Category | 0)[] = [0, ...CATEGORIES];

/** The model of natural that its classifier keeps in the open. */
type BayesModel = {
  addExample(observation: Readonly<Record<string, string>>, label: string): void;
  readonly classFeatures: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/** Counts in how many texts of each label a pair stands, and keeps the pairs that tell the labels apart. */
export function learnPairs(training: readonly LabelledText[]): LearnedPairs {
  // natural's own train() walks the whole vocabulary for each text; its model takes a text as the pairs that are in it.
  const { classifier: model } = new classifiers.BayesClassifier() as unknown as { readonly classifier: BayesModel };
  const texts = LABELS.map(() => 0);
  for (const text of training) {
    const label = labelOf(text);
    texts[label] = (texts[label] ?? 0) + 1;
    // The prefix keeps a pair from being taken for a name of Object's own.
    model.addExample(Object.fromEntries(pairsOf(text).map((pair, number) => [number, `w:${pair}`])), String(label));
  }
  const told = [...countsOf(model)]
    .map(([pair, counts]) => ({ pair, counts, worth: worthOf(counts, texts) }))
    .filter(({ counts }) => sum(counts) >= FEWEST_TEXTS)
    .toSorted((a, b) => b.worth - a.worth || (a.pair < b.pair ? -1 : 1))
    .slice(0, MOST_PAIRS)
    .toSorted((a, b) => (a.pair < b.pair ? -1 : 1));
  return {
    labels: [...LABELS],
    texts,
    pairs: told.map(({ pair, counts }) => `${pair} ${counts.join(' ')}\n`).join(''),
  };
}

function labelOf(text: LabelledText): Category | 0 {
  return rightCategories(text)[0] ?? 0;
}

const normal = createNormalText();

/** Its pairs of Han characters, once each. */
export function pairsOf({ subject = '', text }: LabelledText): string[] {
  normalise(`${subject}\n${text}`, normal, subject.length);
  const keys = new Set<number>();
  eachHanPair(normal, (key) => keys.add(key));
  return [...keys].map((key) => String.fromCharCode(key >>> 16, key & 0xffff));
}

function countsOf({ classFeatures }: BayesModel): Map<string, number[]> {
  const counts = new Map<string, number[]>();
  for (const [label, features] of Object.entries(classFeatures)) {
    for (const [feature, count] of Object.entries(features)) {
      const pair = feature.slice('w:'.length);
      const row = counts.get(pair) ?? LABELS.map(() => 0);
      row[Number(label)] = count - 1; // natural starts each count at 1
      counts.set(pair, row);
    }
  }
  return counts;
}

/** How much a pair tells of the label: the likelihood ratio against a pair that stands everywhere alike. */
function worthOf(counts: readonly number[], texts: readonly number[]): number {
  const [all, everywhere] = [sum(counts), sum(texts)];
  return counts.reduce((worth, count, label) => {
    const expected = (all * (texts[label] ?? 0)) / everywhere;
    return count === 0 ? worth : worth + count * Math.log(count / expected);
  }, 0);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
