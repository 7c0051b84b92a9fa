import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import { ProblemWords } from '../problem-words.tsx';
import { useRefresh } from '../use-refresh.ts';
import { DraftField, ProblemLines } from './draft-field.tsx';
import { shownProblems, typedFields } from './document-types.ts';
import { useSave, useTrial, type Drafting } from './use-draft.ts';
import { WideDialog } from './wide-dialog.tsx';

type Props = Drafting & { onClose(): void };

/** The fields of a document beside the paper that they make. What is wrong with a field stands beneath it. */
export function DraftDialog(props: Props) {
  const { form, document, corrects, onClose } = props;
  const t = useTexts('documents');
  const name = useCodeName();
  const from = document ?? corrects; // a correction begins with what stands in the wrong one
  const id = from?.id ?? 0;
  const { data, error } = useQuery({
    queryKey: ['document', id, from?.version],
    queryFn: ({ signal }) => ask(api.GET('/api/documents/{id}', { params: { path: { id: String(id) } }, signal })),
    enabled: from !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const kind = name('document', { code: form.kind, name: form.name });
  const title = corrects === null ? kind : t('correctTitle', { kind, number: corrects.number ?? '' });
  return (
    <WideDialog title={title} onClose={onClose}>
      <ProblemWords fault={error} refusals="document-refusal" />
      {(from === null || data !== undefined) && <Draft {...props} start={data?.fields ?? {}} />}
    </WideDialog>
  );
}

function Draft(props: Props & { readonly start: Readonly<Record<string, string>> }) {
  const { caseId, form, start, onClose } = props;
  const t = useTexts('documents');
  const refresh = useRefresh(caseId);
  const [typed, setTyped] = useState(start);
  const [reason, setReason] = useState('');
  const [pressed, setPressed] = useState(false);
  const trial = useTrial(props, typed);
  const known = trial?.known ?? {};
  const save = useSave(props, async () => {
    await refresh();
    onClose();
  });
  const asksReason = asksWhy(props);
  const lacksReason = asksReason && reason.trim() === '';
  const problems = shownProblems(trial?.problems ?? [], pressed);
  const store = (): void => {
    setPressed(true);
    if (trial?.problems.length === 0 && !lacksReason) save.mutate({ fields: typedFields(typed, known), reason });
  };
  return (
    <div className="document-columns">
      <div className="document-fields">
        <ProblemLines problems={problems.filter(({ field }) => field === '')} />
        {asksReason && <ReasonField value={reason} missing={pressed && lacksReason} onChange={setReason} />}
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
        <ProblemWords fault={save.error} refusals="document-refusal" />
        <div className="case-buttons">
          <Button type="primary" loading={save.isPending} onClick={store}>
            {t('save')}
          </Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </div>
      </div>
      <div className="document-paper" role="region" aria-label={t('text')} tabIndex={0}>
        {trial?.text ?? <span className="case-quiet">{t('notWhole', { count: trial?.problems.length ?? 0 })}</span>}
      </div>
    </div>
  );
}

/** A correction says why when it is begun; the reason stays when the draft is written anew. */
function asksWhy({ document, corrects }: Drafting): boolean {
  return document === null && corrects !== null;
}

type ReasonProps = { readonly value: string; readonly missing: boolean; onChange(value: string): void };

/** What is wrong with the signed document: for who approves and signs, not for the paper. */
function ReasonField({ value, missing, onChange }: ReasonProps) {
  const t = useTexts('documents');
  return (
    <div className="document-field">
      <span>
        <strong>{t('reason')}</strong> <span className="case-quiet">{t('reasonHint')}</span>
      </span>
      <Input.TextArea
        rows={2}
        maxLength={500}
        aria-label={t('reason')}
        aria-invalid={missing}
        status={missing ? 'error' : ''}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <div role="status" className="document-problems">
        {missing && <p>{t('reasonMissing')}</p>}
      </div>
    </div>
  );
}
