import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from 'json-rules-engine';
import { rulesDirectory } from '../../src/compose.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { classify } from '../../src/rules/classify.ts';
import { compileRules } from '../../src/rules/compile-rules.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';
import type { ClassifyInput } from '../../src/rules/verdict.ts';
import { ownTexts } from '../labelled-texts.ts';

export type ClassifyFigures = {
  /** Texts a second on one core, everything included: normalising, scanning, rules, routing, evidence. Median of the rounds. */
  readonly perSecond: number;
  readonly jsonRulesPerSecond: number;
  readonly ratio: number;
  readonly p99Ms: number;
  /** Plain phrases of the lexicon, the same for both. Ours looks for patterns, names of units and places besides. */
  readonly phrases: number;
  readonly texts: number;
  readonly meanCharacters: number;
};

const CHARACTERS = 600;
const ROUNDS = 7;
/** A worker runs for weeks; its compiler has long seen what is hot. */
const WARM_ROUNDS = 10;
/** json-rules-engine needs a minute for what takes us a second. */
const JSON_RULES_TEXTS = 40;

/** `npm run bench -- classify`: our rules and then json-rules-engine on the same texts in one process. */
export async function benchClassify(): Promise<ClassifyFigures> {
  const rules = ourRules();
  const texts = longTexts();
  const phrases = plainPhrases();
  for (let round = 0; round < WARM_ROUNDS; round += 1) for (const text of texts) classify(rules, text);
  const ours: number[] = [];
  const each: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    ours.push(perSecond(texts, (text) => each.push(timed(() => classify(rules, text)))));
  const theirs = jsonRules(phrases); // its garbage would be collected at our cost
  const other: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    other.push(await perSecondOf(texts.slice(0, JSON_RULES_TEXTS), theirs));
  const [mine, them] = [median(ours), median(other)];
  return {
    perSecond: Math.round(mine),
    jsonRulesPerSecond: Math.round(them * 10) / 10,
    ratio: Math.round(mine / them),
    p99Ms: Math.round((each.toSorted((a, b) => a - b)[Math.floor(each.length * 0.99)] ?? 0) * 1000) / 1000,
    phrases: phrases.length,
    texts: texts.length,
    meanCharacters: Math.round(texts.reduce((sum, { text }) => sum + text.length, 0) / texts.length),
  };
}

/** The rules of the checkout, compiled. */
export function ourRules(): RuleSet {
  const compiled = compileRules(readRuleFiles(rulesDirectory()));
  if (compiled.kind === 'invalid') throw new Error('the rules are not in order: npm run -s rules -- check');
  return compiled.rules;
}

/** Our labelled texts, joined until each is as long as what people send. */
function longTexts(): ClassifyInput[] {
  const short = ownTexts().map(({ text }) => text);
  const long: ClassifyInput[] = [];
  for (let start = 0; start < short.length; start += 1) {
    let text = '';
    for (let n = start; text.length < CHARACTERS; n += 1) text += `${short[n % short.length] ?? ''}\n`;
    long.push({ channel: 'email', text: text.slice(0, CHARACTERS) });
  }
  return long;
}

/** The phrases of the lexicon that stand for themselves. */
function plainPhrases(): string[] {
  const folder = join(rulesDirectory(), 'lexicon');
  const words = readdirSync(folder).flatMap(
    (name) => readFileSync(join(folder, name), 'utf8').match(/\p{Script=Han}{2,}/gu) ?? [],
  );
  return [...new Set(words)];
}

/** As many rules as phrases, each a condition on the text. */
function jsonRules(phrases: readonly string[]): (text: ClassifyInput) => Promise<unknown> {
  const engine = new Engine();
  engine.addOperator('holds', (text: string, phrase: string) => text.includes(phrase));
  for (const phrase of phrases)
    engine.addRule({
      conditions: { all: [{ fact: 'text', operator: 'holds', value: phrase }] },
      event: { type: 'found', params: { phrase } },
    });
  return async ({ text }) => engine.run({ text });
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function perSecond(texts: readonly ClassifyInput[], work: (text: ClassifyInput) => void): number {
  const ms = timed(() => {
    for (const text of texts) work(text);
  });
  return (texts.length / ms) * 1000;
}

async function perSecondOf(
  texts: readonly ClassifyInput[],
  work: (text: ClassifyInput) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  for (const text of texts) await work(text);
  return (texts.length / (performance.now() - start)) * 1000;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
