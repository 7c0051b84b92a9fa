import { Button } from 'antd';
import { useTexts } from '../texts/texts.ts';
import { Page, PageHead } from './page.tsx';

/** A fault of the desk itself, such as a part of it that could not be loaded while the service was away. */
export function PageFault() {
  const t = useTexts('shell');
  return (
    <Page>
      <PageHead title={t('pageFault')} hint={t('pageFaultHint')} />
      <Button type="primary" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </Page>
  );
}
