import { classify } from '../../src/rules/classify.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import type { Verdict } from '../../src/rules/verdict.ts';
import { ownTexts, readTexts, rightCategories, type LabelledText } from '../labelled-texts.ts';
import { ourRules } from './classify.ts';

export type AccuracyFigures = { readonly [set: string]: SetFigures };

type SetFigures = {
  readonly texts: number;
  /** Shares of the texts that have one right answer. */
  readonly category: number;
  readonly unit: number;
  readonly danger: string;
  readonly falseAlarms: string;
  /** Decided without a person, and how many of those rightly. */
  readonly alone: number;
  readonly aloneRight: number;
  readonly unitInDeny: number;
};

type Judged = { readonly text: LabelledText; readonly verdict: Verdict };

/** Real messages and invented calls that are kept beside the checkout, never in it. */
const EVALUATION = ['real-dev', 'real-dev-more', 'gansu-dev'];

/**
 * `npm run bench -- accuracy`: how often the rules are right, with the tables of docs/classification.md on stderr. Every second
 * evaluation text (the unread half) was never shown to whoever wrote the rules.
 */
export function benchAccuracy(): Promise<AccuracyFigures> {
  const rules = ourRules();
  const sets = EVALUATION.map((name) =>
    readTexts(`../shared/data/complaints/${name}.jsonl`)
      .filter(({ sure = 3 }) => sure > 1)
      .map((text) => judged(rules, text)),
  );
  const all = sets.flat();
  const half = (odd: number): Judged[] => sets.flatMap((set) => set.filter((_, n) => n % 2 === odd));
  process.stderr.write(`${confusionTable(all)}\n\n${certaintyTable(all)}\n`);
  const named = EVALUATION.map((name, n) => [name, figuresOf(sets[n] ?? [])] as const);
  return Promise.resolve({
    ...Object.fromEntries(named),
    readHalf: figuresOf(half(0)),
    unreadHalf: figuresOf(half(1)),
    own: figuresOf(ownTexts().map((text) => judged(rules, text))),
  });
}

function judged(rules: RuleSet, text: LabelledText): Judged {
  return { text, verdict: classify(rules, { ...text, channel: text.channel ?? 'email' }) };
}

const share = (part: number, whole: number): number => Math.round((1000 * part) / Math.max(1, whole)) / 1000;
const isRight = ({ text, verdict }: Judged): boolean => rightCategories(text).includes(verdict.category);
const isClear = ({ text }: Judged): boolean => [text.gold.category].flat().length === 1;

function figuresOf(set: readonly Judged[]): SetFigures {
  const clear = set.filter(isClear);
  const units = set.filter(({ text }) => [text.gold.unit].flat().length === 1);
  const alone = clear.filter(({ verdict }) => !verdict.review);
  const danger = set.filter(({ text }) => [text.gold.urgent].flat()[0] === true);
  const calm = set.filter(({ text }) => [text.gold.urgent].flat()[0] === false);
  const alarms = (of: readonly Judged[]): string => `${of.filter(({ verdict }) => verdict.urgent).length}/${of.length}`;
  return {
    texts: set.length,
    category: share(clear.filter(isRight).length, clear.length),
    unit: share(units.filter(hasRightUnit).length, units.length),
    danger: alarms(danger),
    falseAlarms: alarms(calm),
    alone: share(alone.length, clear.length),
    aloneRight: share(alone.filter(isRight).length, alone.length),
    unitInDeny: set.filter(({ verdict }) => verdict.deny.includes(verdict.unit)).length,
  };
}

function hasRightUnit({ text, verdict }: Judged): boolean {
  return (text.gold.unit_any ?? [text.gold.unit].flat()).includes(verdict.unit);
}

/** Rows are what the reader says, columns what the rules say; 0 is no category. */
function confusionTable(set: readonly Judged[]): string {
  const labels = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const clear = set.filter(isClear);
  const count = (row: number, column: number): number =>
    clear.filter(({ text, verdict }) => (rightCategories(text)[0] ?? 0) === row && (verdict.category ?? 0) === column)
      .length;
  return table(
    ['', ...labels.map(String)],
    labels.map((row) => [`**${row}**`, ...labels.map((column) => String(count(row, column)))]),
  );
}

/** How often an answer is right, by how certain the rules say they are. */
function certaintyTable(set: readonly Judged[]): string {
  const clear = set.filter(isClear);
  const bins = [0, 0.2, 0.4, 0.6, 0.8, 0.9].map((from, n, all) => {
    const to = all[n + 1] ?? 1;
    return { from, to, texts: clear.filter(({ verdict: { confidence } }) => confidence >= from && confidence < to) };
  });
  return table(
    ['certain', ...bins.map(({ from, to }) => `${from} to ${to}`)],
    [
      ['texts', ...bins.map(({ texts }) => String(texts.length))],
      ['right', ...bins.map(({ texts }) => share(texts.filter(isRight).length, texts.length).toFixed(2))],
    ],
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
