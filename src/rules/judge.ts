import { classify } from './classify.ts';
import { proposeSplit } from './propose-split.ts';
import type { RuleSet } from './rule-set.ts';
import type { ClassifyInput, Verdict } from './verdict.ts';

/** Everything the rules say of a message: the verdict, and how to take it apart when it holds more than one matter. */
export function judge(rules: RuleSet, input: ClassifyInput): Verdict {
  const verdict = classify(rules, input);
  const split = proposeSplit(rules, input, verdict);
  return split === null ? verdict : { ...verdict, split };
}
