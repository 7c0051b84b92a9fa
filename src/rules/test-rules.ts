import { classify, readText } from './classify.ts';
import { countOf } from './countable-words.ts';
import { fireRule } from './fire-rules.ts';
import type { Rule, RuleSet } from './rule-set.ts';
import type { ClassifyInput } from './verdict.ts';

/** A text that a rule handles otherwise than its author says. */
export type FailedExample = {
  readonly rule: string;
  readonly file: string;
  readonly expected: 'match' | 'ignore';
  readonly text: string;
};

/** A neutral text on which something fired that decides a category, an urgency or an accused unit. */
export type BaselineHit = { readonly text: string; readonly rule: string };

export type RuleTestReport = {
  readonly ok: boolean;
  readonly rulesTested: number;
  readonly examplesTested: number;
  readonly baselineTested: number;
  readonly failed: readonly FailedExample[];
  readonly baseline: readonly BaselineHit[];
  /** Concepts that no example of any rule contains: nobody would notice if they broke. Listed, not counted in per cent. */
  readonly uncoveredConcepts: readonly string[];
  /** Rules that are drafts or retired: tested, but not in force. */
  readonly inactive: readonly string[];
};

/** Examples of rules that look at the subject are subjects; all others are the body of a mail. */
function exampleInput(rule: Rule, text: string): ClassifyInput {
  return rule.place === 'subject' ? { channel: 'email', subject: text, text: '' } : { channel: 'email', text };
}

function fires(rules: RuleSet, rule: Rule, text: string): boolean {
  const { reading } = readText(rules, exampleInput(rule, text));
  return fireRule(rules, reading, rule) !== null;
}

function noteConcepts(rules: RuleSet, input: ClassifyInput, seen: Set<string>): void {
  const { reading } = readText(rules, input);
  rules.concepts.forEach((concept, number) => {
    if (countOf(reading.words, number) > 0) seen.add(concept);
  });
}

function testExamples(rules: RuleSet, rule: Rule, seen: Set<string>): readonly FailedExample[] {
  const failed: FailedExample[] = [];
  const fail = (expected: 'match' | 'ignore', text: string): void => {
    failed.push({ rule: rule.id, file: rule.file, expected, text });
  };
  for (const text of rule.matches) {
    if (!fires(rules, rule, text)) fail('match', text);
    noteConcepts(rules, exampleInput(rule, text), seen);
  }
  for (const text of rule.ignores) if (fires(rules, rule, text)) fail('ignore', text);
  return failed;
}

/** Neutral texts must stay without a category, without an alarm and without an accused. */
function testBaseline(rules: RuleSet, text: string): readonly BaselineHit[] {
  const verdict = classify(rules, { channel: 'email', text });
  const decisive = verdict.category !== null || verdict.urgent || verdict.deny.length > 0;
  return decisive ? verdict.evidence.map(({ rule }) => ({ text, rule })) : [];
}

/**
 * Tests the rules on the texts their authors wrote: every `matches` must fire and every `ignores` must not, nothing decisive
 * may fire on `baseline`, and what no example covers is listed.
 */
export function testRules(rules: RuleSet, baseline: readonly string[] = []): RuleTestReport {
  const seen = new Set<string>();
  const failed = rules.rules.flatMap((rule) => testExamples(rules, rule, seen));
  const hits = baseline.flatMap((text) => testBaseline(rules, text));
  const uncoveredConcepts = rules.concepts.filter((concept) => !seen.has(concept));
  return {
    ok: failed.length === 0 && hits.length === 0 && uncoveredConcepts.length === 0,
    rulesTested: rules.rules.length,
    examplesTested: rules.rules.reduce((sum, { matches, ignores }) => sum + matches.length + ignores.length, 0),
    baselineTested: baseline.length,
    failed,
    baseline: hits,
    uncoveredConcepts,
    inactive: rules.rules.filter(({ status }) => status !== 'active').map(({ id }) => id),
  };
}
