import { nearInSentence } from './countable-words.ts';
import type { CategoryDecision } from './decide-category.ts';
import type { Accused, Mention } from './find-accused.ts';
import type { Institution } from './find-institutions.ts';
import type { Firing, Reading } from './fire-rules.ts';
import { originalSpan } from './normal-text.ts';
import type { NormalText } from './normal-text.ts';
import { ruleOfMention } from './reason.ts';
import type { RuleSet } from './rule-set.ts';
import { termNumber } from './rule-set.ts';
import { GUARDED } from './find-occurrences.ts';
import { ASIDE_REASONS } from './set-aside.ts';
import type { Evidence, UnitAnswer, Verdict } from './verdict.ts';

const MAX_EVIDENCE = 40;
const MAX_IGNORED = 20;
const MAX_ACCUSED = 5;

function quote(text: NormalText, rule: string, start: number, end: number): Evidence {
  const span = originalSpan(text, start, end);
  return { rule, start: span.start, end: span.end, text: text.original.slice(span.start, span.end) };
}

/** How close a firing is to what was decided: the category first, then unit, urgency, sort, and last what spoke for others. */
function rank({ rule }: Firing, { category, secondary }: CategoryDecision, unit: UnitAnswer): number {
  if (category !== null && rule.category === category) return 0;
  if (rule.urgent) return 1;
  if (rule.unit === unit) return 2;
  if (secondary !== null && rule.category === secondary) return 3;
  if (rule.kind !== null) return 4;
  return 5;
}

/** The rules that fired and their exact words, best first; then who is presumed accused. */
export function collectEvidence(
  rules: RuleSet,
  text: NormalText,
  firings: readonly Firing[],
  accused: Accused,
  decision: CategoryDecision,
  unit: UnitAnswer,
): readonly Evidence[] {
  const ranked = firings
    .map((firing) => ({ firing, rank: rank(firing, decision, unit) }))
    .toSorted((a, b) => a.rank - b.rank || b.firing.score - a.firing.score);
  const mentions = [...accused.leaders, ...accused.units, ...accused.masked].map(({ id, start, end }) =>
    quote(text, ruleOfMention(id), start, end),
  );
  const reasons = ranked.map(({ firing }) => quote(text, firing.rule.id, firing.start, firing.end));
  return [...reasons.slice(0, MAX_EVIDENCE - Math.min(mentions.length, MAX_EVIDENCE / 2)), ...mentions].slice(
    0,
    MAX_EVIDENCE,
  );
}

/** Words of concepts that did not count, with the reason. */
export function collectIgnored(rules: RuleSet, { text, found }: Reading): Verdict['ignored'] {
  const ignored: Verdict['ignored'][number][] = [];
  for (let i = 0; i < found.count && ignored.length < MAX_IGNORED; i += 1) {
    const aside = found.aside[i] as number;
    const term = rules.terms[found.term[i] as number];
    if (aside <= GUARDED || term?.kind !== 'concept') continue;
    ignored.push({
      ...quote(text, term.id, found.start[i] as number, found.end[i] as number),
      why: ASIDE_REASONS[aside] ?? '',
    });
  }
  return ignored;
}

function accusesNear(rules: RuleSet, { text, found, words }: Reading, { start, end }: Institution): boolean {
  const term = termNumber(rules, 'concept', 'accusing');
  return nearInSentence(text, found, words, term, start, end) >= 0;
}

/** Who is accused, in the citizen's own words: leaders and units first, then named institutions, then bare ones. */
export function accusedWords(
  rules: RuleSet,
  reading: Reading,
  accused: Accused,
  institutions: readonly Institution[],
): readonly string[] {
  const words = (mention: Mention | Institution): string => {
    const { start, end } = originalSpan(reading.text, mention.start, mention.end);
    return reading.text.original.slice(start, end);
  };
  const near = institutions.filter((institution) => accusesNear(rules, reading, institution));
  const named = near.filter(({ isBare }) => !isBare);
  const all = [...accused.leaders, ...accused.units, ...accused.masked, ...(named.length > 0 ? named : near)].map(
    words,
  );
  return [...new Set(all)].slice(0, MAX_ACCUSED);
}
