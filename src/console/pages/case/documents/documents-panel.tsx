import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useKeys } from '../../../shell/key-commands.ts';
import { Panel } from '../../../shell/page.tsx';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import type { CaseBody } from '../decision-draft.ts';
import { DocumentRow } from './document-row.tsx';
import { correctedBy, correctionOf, type CaseDocument, type DocumentForm } from './document-types.ts';
import { DraftDialog } from './draft-dialog.tsx';
import './documents.css';

/** What is being written: a new document of a kind, perhaps to put a signed one right, or a draft anew. */
type Writing = {
  readonly form: DocumentForm;
  readonly document: CaseDocument | null;
  readonly corrects: CaseDocument | null;
};

/** The official documents of the case, and those that it owes. They name the citizen: only who decides sees them. */
export function DocumentsPanel({ body }: { readonly body: CaseBody }) {
  const t = useTexts('documents');
  const name = useCodeName();
  const [writing, setWriting] = useState<Writing | null>(null);
  const params = { path: { id: String(body.id) } };
  const { data, isError } = useQuery({
    queryKey: ['case', body.id, 'documents'],
    queryFn: ({ signal }) => ask(api.GET('/api/cases/{id}/documents', { params, signal })),
  });
  const forms = useForms();
  useKeys({ d: { label: t('keyDraft'), run: () => document.getElementById('case-draft-kind')?.focus() } });
  const fits = forms.filter(({ lanes }) => lanes.some((lane) => lane === body.verdict?.lane.code));
  const documents = data?.documents ?? [];
  const write = (kind: string, document: CaseDocument | null, corrects: CaseDocument | null): void => {
    const form = forms.find((one) => one.kind === kind);
    if (form !== undefined) setWriting({ form, document, corrects });
  };
  return (
    <Panel id="case-documents" title={t('title')}>
      {data === undefined && isError && <p role="alert">{t('notLoaded')}</p>}
      {(data?.owed ?? []).length > 0 && (
        <div className="documents-owed">
          <p>{t('owed')}</p>
          {data?.owed.map(({ kind }) => (
            <Button key={kind.code} onClick={() => write(kind.code, null, null)}>
              {t('draftOne', { kind: name('document', kind) })}
            </Button>
          ))}
        </div>
      )}
      {data !== undefined && documents.length === 0 && <p className="case-quiet">{t('none')}</p>}
      <ul className="documents">
        {documents.map((one) => (
          <DocumentRow
            key={one.id}
            document={one}
            form={forms.find(({ kind }) => kind === one.kind.code) ?? null}
            correction={correctionOf(one, documents)}
            onRevise={() => write(one.kind.code, one, correctedBy(one, documents))}
            onCorrect={() => write(one.kind.code, null, one)}
          />
        ))}
      </ul>
      <Select
        id="case-draft-kind"
        aria-label={t('draft')}
        placeholder={t('draft')}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={fits.map((form) => ({
          value: form.kind,
          label: name('document', { code: form.kind, name: form.name }),
        }))}
        onChange={(kind: string | null) => kind !== null && write(kind, null, null)}
      />
      {writing !== null && <DraftDialog caseId={body.id} {...writing} onClose={() => setWriting(null)} />}
    </Panel>
  );
}

function useForms(): readonly DocumentForm[] {
  const { data } = useQuery({
    queryKey: ['document-kinds'],
    queryFn: ({ signal }) => ask(api.GET('/api/document-kinds', { signal })),
    staleTime: 3_600_000,
  });
  return data?.kinds ?? [];
}
