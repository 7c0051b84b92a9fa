import { useTexts } from '../../texts/texts.ts';
import type { Today } from './today-page.tsx';

/** One quiet line while everything runs; what does not, and what to do about it, when something does not. */
export function HealthLines({ health }: { readonly health: Today['health'] }) {
  const t = useTexts('today');
  const wrong = health.filter(({ state }) => state !== 'ok');
  if (wrong.length === 0) return <p className="today-runs">{t('allRuns')}</p>;
  return (
    <ul className="today-health" aria-label={t('health')}>
      {wrong.map(({ part, state, sentence, todo }) => (
        <li key={part} className={`today-health-${state}`}>
          <strong>{sentence}</strong>
          {todo !== null && <span>{todo}</span>}
        </li>
      ))}
    </ul>
  );
}
