import { useTexts } from '../texts/texts.ts';
import { Page, PageHead } from './page.tsx';

/** For those who may sign in and have no case to see: administrators, auditors. */
export function NoDeskForRole() {
  const t = useTexts('shell');
  return (
    <Page>
      <PageHead title={t('noDesk')} hint={t('noDeskHint')} />
    </Page>
  );
}
