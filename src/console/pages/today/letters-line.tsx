import { useTexts } from '../../texts/texts.ts';
import type { Today } from './today-page.tsx';

/** How answering goes. */
export function LettersLine({ letters }: { readonly letters: Today['letters'] }) {
  const t = useTexts('today');
  return (
    <p className="today-letters">
      {t('lettersSent', { sent: letters.sentToday, waiting: letters.waiting })}
      {letters.problems > 0 && (
        <strong className="today-problem"> {t('lettersProblems', { count: letters.problems })}</strong>
      )}
    </p>
  );
}
