import type { CategoryDecision } from './decide-category.ts';
import type { NormalText } from './normal-text.ts';
import { MAX_TEXT_UNITS } from './normal-text.ts';
import type { RuleSet } from './rule-set.ts';
import type { Tally } from './tally.ts';

/** More than this share of U+FFFD, and the text is damaged: whoever is accused may have become unreadable (T10). */
const DAMAGED_SHARE = 0.01;
const CHINESE_SHARE = 0.3;
/** A text that argues this many categories quotes the notice or complains of everything: a person reads it (R30, R32). */
const TOO_MANY_CATEGORIES = 5;

/** 0..1, rising with the evidence for the answer and with its lead over the runner-up. */
export function strengthOf(rules: RuleSet, evidence: number, lead: number): number {
  const { evidence_half: half } = rules.scoring.confidence;
  const strength = evidence <= 0 ? 0 : evidence / (evidence + half);
  return strength * (0.35 + 0.65 * lead);
}

function isDamaged({ length, replacementUnits }: NormalText): boolean {
  return length > 0 && replacementUnits / length > DAMAGED_SHARE;
}

/** Hardly any Han characters: whatever it says, the rules cannot read it. */
export function isForeign({ length, hanUnits }: NormalText): boolean {
  return length > 0 && hanUnits / length < CHINESE_SHARE;
}

/** Whether the text itself calls for a person, whatever was concluded from it. */
export function isHardToRead(text: NormalText): boolean {
  return text.length === 0 || isDamaged(text) || isForeign(text) || text.original.length > MAX_TEXT_UNITS;
}

/** Whether the categories are too close to each other to be told apart by a machine. */
export function isCloseCall(rules: RuleSet, tally: Tally, { category, secondary, lead }: CategoryDecision): boolean {
  const strong = [...tally.categories.values()].filter((score) => score >= rules.scoring.secondary.floor).length;
  if (strong >= TOO_MANY_CATEGORIES) return true;
  const near = rules.categories.find(({ id }) => id === category)?.near ?? [];
  return secondary !== null && near.includes(secondary) && lead < 0.35;
}
