import { BUREAU, LEADERS } from './deny.ts';
import type { RuleSet } from './rule-set.ts';

/** What stands as `rule` of a mention: nobody wrote a rule for it, the name alone presumes that the unit is accused. */
export function ruleOfMention(unitId: string): string {
  return `accused.${unitId}`;
}

/** Whom such a mention means; null for a rule of another name. */
export function mentionedIn(rule: string): string | null {
  return /^accused\.(?<id>.+)$/u.exec(rule)?.groups?.['id'] ?? null;
}

/** How `rule` of a piece of evidence reads: the line of the rule, what a concept says, or whom a mention means. */
export function reasonOf(rules: Pick<RuleSet, 'rules' | 'meanings' | 'units'>, id: string): string {
  const rule = rules.rules.find((one) => one.id === id);
  if (rule !== undefined) return rule.why;
  const mentioned = mentionedIn(id);
  if (mentioned === null) return rules.meanings.get(id) ?? id;
  if (mentioned === LEADERS) return '提到厅领导';
  if (mentioned === BUREAU) return '提到市县教育局';
  return `提到${rules.units.find((one) => one.id === mentioned)?.name ?? mentioned}`;
}
