import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import { ProblemWords } from '../problem-words.tsx';
import { useRefresh } from '../use-refresh.ts';
import { DraftField, ProblemLines } from './draft-field.tsx';
import { shownProblems, typedFields, type CaseDocument, type DocumentForm } from './document-types.ts';
import { WideDialog } from './wide-dialog.tsx';

type Props = {
  readonly caseId: number;
  readonly form: DocumentForm;
  /** The draft that is written anew; null: a new one. */
  readonly document: CaseDocument | null;
  onClose(): void;
};

/** The fields of a document beside the paper that they make. What is wrong with a field stands beneath it. */
export function DraftDialog(props: Props) {
  const { document, onClose } = props;
  const name = useCodeName();
  const id = document?.id ?? 0;
  const { data, error } = useQuery({
    queryKey: ['document', id, document?.version],
    queryFn: ({ signal }) => ask(api.GET('/api/documents/{id}', { params: { path: { id: String(id) } }, signal })),
    enabled: document !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const title = name('document', { code: props.form.kind, name: props.form.name });
  return (
    <WideDialog title={title} onClose={onClose}>
      <ProblemWords fault={error} />
      {(document === null || data !== undefined) && <Draft {...props} start={data?.fields ?? {}} />}
    </WideDialog>
  );
}

function Draft({
  caseId,
  form,
  document,
  start,
  onClose,
}: Props & { readonly start: Readonly<Record<string, string>> }) {
  const t = useTexts('documents');
  const refresh = useRefresh(caseId);
  const [typed, setTyped] = useState(start);
  const [pressed, setPressed] = useState(false);
  const params = { path: { id: String(caseId) } };
  const tried = useDeferredValue(typed);
  const { data } = useQuery({
    queryKey: ['document-trial', caseId, form.kind, tried],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/cases/{id}/documents/try', {
          params,
          body: { kind: form.kind, fields: typedFields(tried, {}) },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });
  const known = data?.known ?? {};
  const save = useMutation({
    mutationFn: () => {
      const fields = typedFields(typed, known);
      return document === null
        ? ask(api.POST('/api/cases/{id}/documents', { params, body: { kind: form.kind, fields } }))
        : ask(
            api.PUT('/api/documents/{id}', {
              params: { path: { id: String(document.id) } },
              body: { version: document.version, fields },
            }),
          );
    },
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const problems = shownProblems(data?.problems ?? [], pressed);
  const store = (): void => {
    setPressed(true);
    if (data?.problems.length === 0) save.mutate();
  };
  return (
    <div className="document-columns">
      <div className="document-fields">
        <ProblemLines problems={problems.filter(({ field }) => field === '')} />
        {form.fields.map((field) => (
          <DraftField
            key={field.id}
            field={field}
            known={known[field.id] ?? null}
            value={typed[field.id] ?? ''}
            problems={problems.filter((one) => one.field === field.id)}
            onChange={(value) => setTyped((before) => ({ ...before, [field.id]: value }))}
          />
        ))}
        <ProblemWords fault={save.error} />
        <div className="case-buttons">
          <Button type="primary" loading={save.isPending} onClick={store}>
            {t('save')}
          </Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </div>
      <div className="document-paper" role="region" aria-label={t('text')} tabIndex={0}>
        {data?.text ?? <span className="case-quiet">{t('notWhole', { count: data?.problems.length ?? 0 })}</span>}
      </div>
    </div>
  );
}
