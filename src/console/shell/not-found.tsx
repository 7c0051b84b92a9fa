import { Link } from 'react-router';
import { useTexts } from '../texts/texts.ts';
import { Page, PageHead } from './page.tsx';

export function NotFound() {
  const t = useTexts('shell');
  return (
    <Page>
      <PageHead title={t('notFound')} hint={t('notFoundHint')} />
      <Link to="/">{t('toToday')}</Link>
    </Page>
  );
}
