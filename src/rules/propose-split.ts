import { classifiedText, classify } from './classify.ts';
import { letterSentences, type Sentence } from './letter-sentences.ts';
import { neutralSummary } from './neutral-summary.ts';
import type { RuleSet } from './rule-set.ts';
import type { ClassifyInput, SplitPart, Verdict } from './verdict.ts';

/** A matter that is told in fewer characters than this is a remark, not a second complaint. */
const LEAST_PART = 10;

type Letter = {
  readonly rules: RuleSet;
  readonly input: ClassifyInput;
  readonly text: string;
  readonly whole: Verdict;
};

/**
 * How a letter that holds two matters can be taken apart: a request and an accusation, or two requests for two units. null: one
 * matter. Only ever a proposal. The request leaves as a neutral summary; what accuses somebody stays where the letter is.
 */
export function proposeSplit(rules: RuleSet, input: ClassifyInput, whole: Verdict): readonly SplitPart[] | null {
  // Sealed matter goes up whole: nothing is copied or excerpted from it (检举控告工作规则 art. 15).
  if (whole.lane === 'sealed' || !isPetition(whole)) return null;
  const text = classifiedText(input);
  const letter = { rules, input, text, whole };
  // A subject announces everything at once: it belongs to no part.
  const blocks = blocksOf(letter, letterSentences(text, text.length - input.text.length));
  if (blocks.length < 2) return null;
  const parts = joined(letter, blocks);
  return parts !== null && areTwoMatters(parts) ? parts : null;
}

const isPetition = ({ kind }: Verdict): boolean => kind === 'complaint' || kind === 'accusation';

type Block = readonly Sentence[];

/** A new block begins where the citizen says that he comes to another matter, or comes to a unit that the letter accuses. */
function blocksOf(letter: Letter, sentences: readonly Sentence[]): readonly Block[] {
  const blocks: Sentence[][] = [];
  let accusing = false;
  for (const sentence of sentences) {
    const accuses = letter.whole.deny.length > 0 && accusesUnit(letter, [sentence]);
    const last = blocks.at(-1);
    if (last === undefined || sentence.opens || (accuses && !accusing)) {
      blocks.push([sentence]);
      accusing = accuses;
    } else {
      last.push(sentence);
    }
  }
  return blocks;
}

function accusesUnit(letter: Letter, block: Block): boolean {
  return readBlock(letter, block).deny.some((unit) => letter.whole.deny.includes(unit));
}

function readBlock({ rules, input, text }: Letter, block: Block): Verdict {
  return classify(rules, { channel: input.channel, text: wordsOf(text, block) });
}

function wordsOf(text: string, block: Block): string {
  return block.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** One part per unit that has to answer. What is no complaint by itself goes on with what stands before it. */
function joined(letter: Letter, blocks: readonly Block[]): readonly SplitPart[] | null {
  const matters = new Map<string, Sentence[]>();
  let current: Sentence[] = [];
  const opening = current;
  for (const block of blocks) {
    const key = matterOf(letter, block);
    if (key !== null) {
      current = matters.get(key) ?? (matters.size === 0 ? opening : []);
      matters.set(key, current);
    }
    current.push(...block);
  }
  return matters.size < 2
    ? null
    : [...matters.values()].map((block) => partOf(letter, block)).filter((part) => part !== null);
}

/** Which matter a block is about; null when nothing in it asks for anything. */
function matterOf(letter: Letter, block: Block): string | null {
  const part = partOf(letter, block);
  return part === null ? null : `${part.role} ${part.unit}`;
}

/** The block read as a letter of its own. null: alone it is no complaint that a unit could act on. */
function partOf(letter: Letter, block: Block): SplitPart | null {
  const { rules, input, text } = letter;
  const words = wordsOf(text, block);
  const verdict = readBlock(letter, block);
  if (words.length < LEAST_PART || !isPetition(verdict)) return null;
  const { category, unit, target, urgent, deny } = verdict;
  const sentences = block.map(({ start, end }) => ({ start, end }));
  const told = { sentences, category, target, urgent, deny };
  if (isAccusation(verdict)) return { ...told, role: 'accusation', unit: accusationUnit(rules, deny), summary: null };
  if (category === null || unit === 'NONEDU' || unit === 'UNRESOLVED') return null;
  const summary = neutralSummary(rules, { channel: input.channel, text: words }, verdict);
  return { ...told, role: 'request', unit, summary };
}

/** It accuses a unit of the department, or an official by what it says of him. */
function isAccusation({ kind, deny, category }: Verdict): boolean {
  return kind === 'accusation' || category === 2 || category === 3 || deny.length > 0;
}

/** Accusations are the supervision's, unless they accuse itself: then a person finds the way out of the house. */
function accusationUnit({ department }: RuleSet, deny: readonly string[]): string {
  return deny.includes(department.supervisor) ? 'UNRESOLVED' : department.supervisor;
}

function areTwoMatters(parts: readonly SplitPart[]): boolean {
  return parts.length > 1 && parts.some(({ role }) => role === 'request');
}
