import { Button, Popconfirm } from 'antd';
import { officialMoment } from '../../dates/official-date.ts';
import { useKeys } from '../../shell/key-commands.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import type { CallDraft } from './call-entry.ts';

type Props = {
  readonly drafts: readonly CallDraft[];
  onContinue(draft: CallDraft): void;
  onRemove(draft: CallDraft): void;
  onNew(): void;
};

/** Calls that were begun and not saved. A new caller's words must never run into another one's record, so this asks first. */
export function UnfinishedDrafts({ drafts, onContinue, onRemove, onNew }: Props) {
  const t = useTexts('call');
  useKeys({ n: { label: t('startNew'), run: onNew } });
  return (
    <section className="call-drafts" aria-labelledby="call-drafts-title">
      <h1 id="call-drafts-title">{t('draftsTitle', { count: drafts.length })}</h1>
      <p className="call-hint">{t('draftsHint')}</p>
      <ul>
        {drafts.map((draft, index) => (
          <DraftRow key={draft.id} draft={draft} isNewest={index === 0} onContinue={onContinue} onRemove={onRemove} />
        ))}
      </ul>
      <Button size="large" onClick={onNew}>
        {t('startNew')}
        <kbd>N</kbd>
      </Button>
    </section>
  );
}

type RowProps = Pick<Props, 'onContinue' | 'onRemove'> & { readonly draft: CallDraft; readonly isNewest: boolean };

function DraftRow({ draft, isNewest, onContinue, onRemove }: RowProps) {
  const t = useTexts('call');
  const language = useLanguage();
  const { text = '', accusedUnit = '', place = '' } = draft.form;
  const begins = text.trim() === '' ? t('draftEmpty') : text.trim();
  return (
    <li>
      <div>
        <span className="call-second">
          {[officialMoment(draft.updatedAt, language), place, accusedUnit].filter((part) => part !== '').join(' · ')}
        </span>
        <span className="call-snippet">{begins}</span>
      </div>
      <Button type={isNewest ? 'primary' : 'default'} autoFocus={isNewest} onClick={() => onContinue(draft)}>
        {t('continueDraft')}
      </Button>
      <Popconfirm
        title={t('removeDraftSure')}
        okText={t('removeDraft')}
        cancelText={t('keepDraft')}
        onConfirm={() => onRemove(draft)}
      >
        <Button type="text">{t('removeDraft')}</Button>
      </Popconfirm>
    </li>
  );
}
