import { Button } from 'antd';
import type { KeyboardEvent } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { CallDialog } from './call-dialog.tsx';
import { sayDigits } from './say-digits.ts';
import type { SavedCall } from './submit-call.ts';

/** Number and code to be read aloud. Shown only when both are safe on the service's disk. */
export function SavedCallDialog({ answer, onNext }: { readonly answer: SavedCall; onNext(): void }) {
  const t = useTexts('call');
  // The Enter of a second Ctrl+Enter must not close what nobody has read yet.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (!event.ctrlKey && !event.metaKey && !event.repeat) onNext();
  };
  return (
    <CallDialog
      title={answer.kind === 'case' ? t('savedTitle') : t('savedInvalidTitle')}
      footer={
        <Button type="primary" size="large" onClick={onNext} onKeyDown={onKeyDown}>
          {t('next')}
          <kbd>Enter</kbd>
        </Button>
      }
    >
      {answer.kind === 'case' ? (
        <>
          <p>{t('savedHint')}</p>
          <ToRead label={t('number')} digits={answer.number} />
          <ToRead label={t('code')} digits={answer.code} />
          <p className="call-hint">{t('codeOnce')}</p>
        </>
      ) : (
        <p>{t('savedInvalidHint')}</p>
      )}
    </CallDialog>
  );
}

function ToRead({ label, digits }: { readonly label: string; readonly digits: string }) {
  const t = useTexts('call');
  return (
    <div className="call-to-read">
      <span>{label}</span>
      <output className="call-digits">{digits}</output>
      <span className="call-spoken">{t('readAs', { spoken: sayDigits(digits) })}</span>
    </div>
  );
}
