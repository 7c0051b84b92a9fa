import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';

/** The mail as its sender laid it out, on request only: a frame in which nothing runs and nothing is fetched from elsewhere. */
export function MailAsSent({ itemId }: { readonly itemId: number }) {
  const t = useTexts('case');
  const [open, setOpen] = useState(false);
  return (
    <div className="case-html">
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'hideHtml' : 'showHtml')}
      </Button>
      {open && (
        <>
          <span className="case-quiet"> {t('htmlHint')}</span>
          <iframe sandbox="" src={`/api/items/${itemId}/html`} title={t('htmlTitle')} />
        </>
      )}
    </div>
  );
}
