import { useMutation } from '@tanstack/react-query';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { beijingInput } from '../../../dates/official-date.ts';
import { useTexts } from '../../../texts/texts.ts';
import { ProblemWords } from '../problem-words.tsx';
import { useRefresh } from '../use-refresh.ts';
import type { CaseDocument, DocumentForm } from './document-types.ts';

type Props = { readonly document: CaseDocument; readonly audience: DocumentForm['audience'] };

const WAYS = [
  { way: 'mail', label: 'byMail', citizenOnly: true },
  { way: 'post', label: 'byPost', citizenOnly: false },
  { way: 'read-aloud', label: 'readAloud', citizenOnly: true },
  { way: 'by-hand', label: 'byHand', citizenOnly: false },
] as const;
type Way = (typeof WAYS)[number]['way'];

/** How it reaches whom it is for, each way with its own proof. */
export function DeliverForm({ document, audience }: Props) {
  const t = useTexts('documents');
  const refresh = useRefresh(document.caseId);
  const ways = WAYS.filter(({ citizenOnly }) => audience === 'citizen' || !citizenOnly);
  const [way, setWay] = useState<Way>(ways[0]?.way ?? 'by-hand');
  const [postNumber, setPostNumber] = useState('');
  const [at, setAt] = useState(() => beijingInput(new Date()));
  const deliver = useMutation({
    mutationFn: () => {
      const { id, version } = document;
      const params = { path: { id: String(id) } };
      const proof = way === 'mail' ? { way } : way === 'post' ? { way, postNumber } : { way, at: `${at}:00+08:00` };
      return ask(api.POST('/api/documents/{id}/deliver', { params, body: { version, ...proof } }));
    },
    onSuccess: refresh,
  });
  const lacks = way === 'post' ? postNumber.trim() === '' : way !== 'mail' && at === '';
  return (
    <fieldset className="document-deliver">
      <legend>{t('deliver')}</legend>
      <Radio.Group aria-label={t('way')} value={way} onChange={({ target }) => setWay(target.value as Way)}>
        {ways.map(({ way: value, label }) => (
          <Radio key={value} value={value}>
            {t(label)}
          </Radio>
        ))}
      </Radio.Group>
      {way === 'mail' && <p className="case-quiet">{t('mailProof')}</p>}
      {way === 'post' && (
        <label>
          {t('postNumber')}
          <Input maxLength={40} value={postNumber} onChange={({ target }) => setPostNumber(target.value)} />
        </label>
      )}
      {(way === 'read-aloud' || way === 'by-hand') && (
        <label>
          {t('when')}
          <Input type="datetime-local" value={at} onChange={({ target }) => setAt(target.value)} />
        </label>
      )}
      <ProblemWords fault={deliver.error} refusals="document-refusal" />
      {deliver.isSuccess && <p role="status">{t('delivered')}</p>}
      <Button type="primary" disabled={lacks} loading={deliver.isPending} onClick={() => deliver.mutate()}>
        {t(way === 'mail' ? 'sendMail' : 'noteDelivery')}
      </Button>
    </fieldset>
  );
}
