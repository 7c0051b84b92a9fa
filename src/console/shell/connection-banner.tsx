import { useTexts } from '../texts/texts.ts';
import { useConnection } from './use-connection.ts';

/** Says that the service is away, and that it is back. The place is always there, so that a screen reader hears both. */
export function ConnectionBanner() {
  const t = useTexts('shell');
  const connection = useConnection();
  return (
    <div role="status" aria-live="assertive">
      {connection === 'away' && <p className="shell-banner shell-banner-away">{t('noAnswer')}</p>}
      {connection === 'back' && <p className="shell-banner shell-banner-back">{t('back')}</p>}
    </div>
  );
}
