import { useIgnoredReason } from '../../evidence/use-ignored-reason.ts';
import { useTexts } from '../../texts/texts.ts';
import { CategoryScores } from './category-scores.tsx';
import type { VerdictBody } from './decision-draft.ts';

type Proposal = NonNullable<VerdictBody['proposal']>;

/** Why the rules propose what they propose: the words, the reasons, what did not count, and what lost. */
export function RuleFindings({ proposal }: { readonly proposal: Proposal }) {
  const t = useTexts('case');
  const whyIgnored = useIgnoredReason();
  const deciding = gather(proposal.evidence.map(({ text, reason }) => ({ text, reason })));
  const ignored = gather(proposal.ignored.map(({ text, why }) => ({ text, reason: whyIgnored(why) })));
  return (
    <div className="case-findings">
      <h3>{t('scores')}</h3>
      <CategoryScores scores={proposal.scores} />
      <details open={deciding.length <= 6}>
        <summary>{t('decidingWords', { count: deciding.length })}</summary>
        <Findings list={deciding} />
      </details>
      {ignored.length > 0 && (
        <details>
          <summary>{t('ignoredWords', { count: ignored.length })}</summary>
          <Findings list={ignored} />
        </details>
      )}
      {proposal.rulesVersion !== null && (
        <p className="case-quiet">{t('rulesVersion', { version: proposal.rulesVersion.slice(0, 12) })}</p>
      )}
    </div>
  );
}

type Finding = { readonly reason: string; readonly words: readonly string[] };

function Findings({ list }: { readonly list: readonly Finding[] }) {
  return (
    <ul className="case-reasons">
      {list.map(({ reason, words }) => (
        <li key={reason}>
          {words.map((word) => (
            <q key={word}>{word}</q>
          ))}
          <span>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** One line a reason, with all the words that gave it. */
function gather(found: readonly { readonly text: string; readonly reason: string }[]): readonly Finding[] {
  const words = new Map<string, Set<string>>();
  for (const { text, reason } of found) words.set(reason, (words.get(reason) ?? new Set()).add(text));
  return [...words].map(([reason, texts]) => ({ reason, words: [...texts] }));
}
