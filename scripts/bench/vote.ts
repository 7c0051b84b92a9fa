import classifiers from 'natural/lib/natural/classifiers/index.js';
import { classify } from '../../src/rules/classify.ts';
import { ourRules } from './classify.ts';
import { pairsOf } from '../training/learn-pairs.ts';
import { ownTexts, readTexts, type LabelledText } from '../labelled-texts.ts';

/** Share of texts whose category is right, by who decides. */
export type VoteFigures = {
  readonly set: string;
  readonly texts: number;
  readonly rules: number;
  /** natural's classifier as it ships. */
  readonly voteAsShipped: number;
  /** The second reader: smoothed properly and scored in log space, it neither underflows nor falls for the smallest class. */
  readonly vote: number;
  /** The vote decides wherever the rules would ask a person, the rules everywhere else. */
  readonly both: number;
};

type Decide = (text: LabelledText) => string;

/** Real messages that are kept beside the checkout, never in it. */
const EVALUATION = ['real-dev', 'real-dev-more', 'gansu-dev'];

/** `npm run bench -- vote`: does a statistical vote, trained on our own labelled texts, earn a place beside the rules? */
export function benchVote(): Promise<readonly VoteFigures[]> {
  const asShipped = trainAsShipped(ownTexts());
  const sets = EVALUATION.map((name) => [name, readTexts(`../shared/data/complaints/${name}.jsonl`)] as const);
  return Promise.resolve(sets.map(([set, texts]) => judge(set, texts, asShipped)));
}

function judge(set: string, all: readonly LabelledText[], asShipped: Decide): VoteFigures {
  const rules = ourRules();
  const texts = all.filter(
    ({ gold, sure = 3 }) => sure > 1 && Array.isArray(gold.category) && gold.category.length === 1,
  );
  const verdicts = new Map(
    texts.map((text) => [text, classify(rules, { ...text, channel: text.channel ?? 'email' })] as const),
  );
  const byRules: Decide = (text) => String(verdicts.get(text)?.category);
  const byReader: Decide = (text) => String(verdicts.get(text)?.vote.category);
  const share = (decide: Decide): number =>
    Math.round(
      (1000 * texts.filter((text) => decide(text) === String([text.gold.category].flat()[0])).length) / texts.length,
    ) / 1000;
  return {
    set,
    texts: texts.length,
    rules: share(byRules),
    voteAsShipped: share(asShipped),
    vote: share(byReader),
    both: share((text) => (verdicts.get(text)?.review === true ? byReader(text) : byRules(text))),
  };
}

/** natural's classifier as it ships, trained on our own labelled texts. */
function trainAsShipped(training: readonly LabelledText[]): Decide {
  const shipped = new classifiers.BayesClassifier();
  for (const text of training) shipped.addDocument(tokensOf(text), String(text.gold.category));
  shipped.train();
  return (text) => shipped.classify(tokensOf(text));
}

/** The prefix keeps a pair from being read as a name of Object's own. */
function tokensOf(text: LabelledText): string[] {
  return pairsOf(text).map((pair) => `w:${pair}`);
}
