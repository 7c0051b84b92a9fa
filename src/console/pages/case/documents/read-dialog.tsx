import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../../api/client.ts';
import { useTexts } from '../../../texts/texts.ts';
import { ProblemWords } from '../problem-words.tsx';
import { useRefresh } from '../use-refresh.ts';
import { DeliverForm } from './deliver-form.tsx';
import { isOpen, type CaseDocument, type DocumentForm } from './document-types.ts';
import { WideDialog } from './wide-dialog.tsx';

type Props = {
  readonly document: CaseDocument;
  readonly title: string;
  /** Whom it is to be delivered to; null: it is not delivered now. */
  readonly audience: DocumentForm['audience'] | null;
  onClose(): void;
};

/** A document to be read, with the next step beneath it: nobody approves, signs or reads aloud what he has not before him. */
export function ReadDialog({ document, title, audience, onClose }: Props) {
  const t = useTexts('documents');
  const refresh = useRefresh(document.caseId);
  const { id, version } = document;
  const params = { path: { id: String(id) } };
  const { data, error } = useQuery({
    queryKey: ['document', id, version],
    queryFn: ({ signal }) => ask(api.GET('/api/documents/{id}', { params, signal })),
    staleTime: Number.POSITIVE_INFINITY, // every reading is written into the journal
    refetchOnWindowFocus: false,
  });
  const step = useMutation({
    mutationFn: (act: 'approve' | 'sign') =>
      act === 'approve'
        ? ask(api.POST('/api/documents/{id}/approve', { params, body: { version } }))
        : ask(api.POST('/api/documents/{id}/sign', { params, body: { version } })),
    onSettled: refresh,
  });
  return (
    <WideDialog title={title} onClose={onClose}>
      <div className="document-columns">
        <div className="document-paper" role="region" aria-label={t('text')} tabIndex={0}>
          {data?.text === '' ? t('unfit') : data?.text}
        </div>
        <div className="document-side">
          <ProblemWords fault={step.error ?? error} refusals="document-refusal" />
          {(['approve', 'sign'] as const).map(
            (act) =>
              isOpen(document, act) && (
                <Button
                  key={act}
                  type="primary"
                  loading={step.isPending && step.variables === act}
                  disabled={step.isPending && step.variables !== act} // the step before is not settled yet
                  onClick={() => step.mutate(act)}
                >
                  {t(act)}
                </Button>
              ),
          )}
          {audience !== null && isOpen(document, 'deliver') && <DeliverForm document={document} audience={audience} />}
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </div>
    </WideDialog>
  );
}
