import type { Kind } from '../domain/vocabulary.ts';
import type { RuleSet } from './rule-set.ts';
import { highest } from './tally.ts';
import type { Tally } from './tally.ts';

/** What sort of message it is. A question that is really a complaint is a complaint: grievance outweighs form. */
export function decideKind(rules: RuleSet, { kinds, categories }: Tally): Kind {
  const { kinds: limits } = rules.scoring;
  const of = (kind: Kind): number => Math.max(0, kinds.get(kind) ?? 0);
  // Topics of the residual category (操场, 职称) are no grievance by themselves: a notice names them too.
  const facts =
    highest(new Map([...categories].filter(([id]) => id !== rules.scoring.residual.category)), 0)?.score ?? 0;
  const topics = categories.get(rules.scoring.residual.category) ?? 0;
  const grievance =
    of('complaint') +
    of('accusation') +
    Math.max(limits.fact_share * facts, limits.topic_share * topics - limits.topic_floor);
  if (of('other') >= limits.other_floor && of('other') > grievance) return 'other';
  const asking = Math.max(of('consultation'), of('suggestion'));
  if (asking > grievance) return of('consultation') >= of('suggestion') ? 'consultation' : 'suggestion';
  if (grievance === 0) return 'other';
  return of('accusation') >= limits.accusation_floor && of('accusation') > of('complaint') * limits.complaint_weight
    ? 'accusation'
    : 'complaint';
}
