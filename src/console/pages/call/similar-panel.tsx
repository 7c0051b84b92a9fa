import { officialDate } from '../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { useSimilar } from './use-reading.ts';

/** Cases that may be about the same: only a hint, opened in a tab of its own so that nothing typed is left. */
export function SimilarPanel({ rows }: { readonly rows: ReturnType<typeof useSimilar> }) {
  const t = useTexts('call');
  const language = useLanguage();
  const name = useCodeName();
  if (rows.length === 0) return null;
  return (
    <section className="call-card" aria-labelledby="call-similar-title">
      <h2 id="call-similar-title">{t('similarTitle')}</h2>
      <p className="call-hint">{t('similarHint')}</p>
      <ul className="call-similar">
        {rows.map((row) => (
          <li key={row.id}>
            <a href={`/cases/${row.id}`} target="_blank" rel="noopener">
              <span className="call-digits">{row.numberShown}</span>{' '}
              {t('likeness', { percent: Math.round(row.likeness * 100) })}
            </a>
            <span className="call-second">
              {officialDate(row.receivedAt, language)} · {name('state', row.state)}
            </span>
            <span className="call-snippet">{row.subject === '' ? row.snippet : row.subject}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
