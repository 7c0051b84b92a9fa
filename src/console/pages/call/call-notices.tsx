import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.ts';
import type { DraftStatus } from './draft-keeper.ts';
import type { Submitting } from './use-submit.ts';

type Props = {
  readonly status: DraftStatus;
  readonly submitting: Submitting;
  onTakeOver(): void;
  onKeepMine(): void;
  onTakeStored(): void;
  onStop(): void;
  onSaveAnew(): void;
};

/** What stands between the operator and a saved call, and what he can do about it. What was typed stays in every one. */
export function CallNotices(props: Props) {
  return (
    <div className="call-notices">
      <DraftNotice {...props} />
      <SubmitNotice {...props} />
    </div>
  );
}

function DraftNotice({ status, submitting, onTakeOver, onKeepMine, onTakeStored }: Props) {
  const t = useTexts('call');
  switch (status) {
    case 'away':
      return submitting.kind === 'sending' ? null : <Notice title={t('away')} text={t('awayHint')} />;
    case 'signed-out':
      return <SignedOut />;
    case 'refused':
      return <Notice title={t('draftRefused')} text={t('draftRefusedHint')} />;
    case 'taken':
      return (
        <Notice title={t('taken')} text={t('takenHint')}>
          <Button onClick={onTakeOver}>{t('takeOver')}</Button>
        </Notice>
      );
    case 'conflict':
      return (
        <Notice title={t('conflict')} text={t('conflictHint')}>
          <Button onClick={onTakeStored}>{t('takeStored')}</Button>
          <Button onClick={onKeepMine}>{t('keepMine')}</Button>
        </Notice>
      );
    case 'blank':
    case 'unsaved':
    case 'saved':
    case 'closed':
      return null;
  }
}

function SubmitNotice({ status, submitting, onStop, onSaveAnew }: Props) {
  const t = useTexts('call');
  if (submitting.kind === 'sending' && submitting.attempts > 0) {
    return (
      <Notice title={t('sendingAgain', { count: submitting.attempts })} text={t('sendingAgainHint')}>
        <Button onClick={onStop}>{t('stopSending')}</Button>
      </Notice>
    );
  }
  if (submitting.kind === 'signed-out' && status !== 'signed-out') return <SignedOut />;
  if (submitting.kind !== 'refused') return null;
  if (submitting.problem?.code === 'key-reused') {
    return (
      <Notice title={t('keyReused')} text={t('keyReusedHint')}>
        <Button onClick={onSaveAnew}>{t('saveAnew')}</Button>
      </Notice>
    );
  }
  const { title = t('refused'), detail = t('refusedHint') } = submitting.problem ?? {};
  return <Notice title={title} text={detail} />;
}

function SignedOut() {
  const t = useTexts('call');
  return (
    <Notice title={t('signedOut')} text={t('signedOutHint')}>
      <Button href="/sign-in" target="_blank" rel="noopener">
        {t('toSignIn')}
      </Button>
    </Notice>
  );
}

function Notice(props: { readonly title: string; readonly text: string; readonly children?: ReactNode }) {
  return (
    <Alert
      type="warning"
      showIcon
      title={props.title}
      description={
        <>
          <p>{props.text}</p>
          {props.children}
        </>
      }
    />
  );
}
