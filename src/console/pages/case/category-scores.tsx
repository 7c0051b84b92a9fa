import { useCodeName, useTexts } from '../../texts/texts.ts';
import type { VerdictBody } from './decision-draft.ts';

type Proposal = NonNullable<VerdictBody['proposal']>;

/** Which categories were in question, what lost, and by how much. */
export function CategoryScores({ scores }: Pick<Proposal, 'scores'>) {
  const t = useTexts('case');
  const name = useCodeName();
  const best = scores[0]?.score ?? 0;
  if (scores.length === 0) return <p className="case-quiet">{t('noScores')}</p>;
  return (
    <ol className="case-scores">
      {scores.map(({ category, score }, rank) => (
        <li key={category.code}>
          <span className="case-score-name">{name('category', category)}</span>
          <span className="case-score-bar" aria-hidden="true">
            <span style={{ inlineSize: `${best > 0 ? Math.max((score / best) * 100, 1) : 0}%` }} />
          </span>
          <span className="case-score-number">
            {score.toFixed(1)}
            {rank > 0 && <span className="case-quiet"> {t('behind', { points: (best - score).toFixed(1) })}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
