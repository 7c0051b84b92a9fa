import { Button } from 'antd';
import { useState } from 'react';
import { officialMoment } from '../../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../../texts/texts.ts';
import { isOpen, type CaseDocument, type DocumentForm } from './document-types.ts';
import { ReadDialog } from './read-dialog.tsx';

type Props = {
  readonly document: CaseDocument;
  readonly form: DocumentForm | null;
  onRevise(): void;
};

/** One document: how far it is, who did what, how it was delivered, and what can be done with it now. */
export function DocumentRow({ document, form, onRevise }: Props) {
  const t = useTexts('documents');
  const name = useCodeName();
  const [reading, setReading] = useState(false);
  const { id, kind, state, number, deliveries } = document;
  const turn = turnOf(document);
  const waits = turn === null ? blockedBy(document) : null;
  const title = name('document', kind);
  const file = (form_: 'pdf' | 'docx', query = '') => `/api/documents/${String(id)}/${form_}${query}`;
  return (
    <li>
      <p className="documents-head">
        <strong>{title}</strong>
        <span className={`case-tag documents-${state.code}`}>{name('step', state)}</span>
      </p>
      {number !== null && <p>{number}</p>}
      <People document={document} />
      <Deliveries deliveries={deliveries} />
      {waits !== null && <p className="case-quiet">{waits}</p>}
      <div className="documents-acts">
        <Button
          size="small"
          type={turn === null ? 'default' : 'primary'}
          aria-label={t('openOne', { kind: title })}
          onClick={() => setReading(true)}
        >
          {t(turn ?? (isOpen(document, 'deliver') ? 'openDeliver' : 'open'))}
        </Button>
        {isOpen(document, 'revise') && (
          <Button size="small" aria-label={t('reviseOne', { kind: title })} onClick={onRevise}>
            {t('revise')}
          </Button>
        )}
        <a href={file('pdf', '?show=true')} target="_blank" rel="noopener noreferrer">
          {t('preview')}
        </a>
        <a href={file('pdf')}>PDF</a>
        <a href={file('docx')}>DOCX</a>
      </div>
      {reading && (
        <ReadDialog
          document={document}
          title={title}
          audience={form?.audience ?? 'office'}
          onClose={() => setReading(false)}
        />
      )}
    </li>
  );
}

/** The reading that is this viewer's to do. */
function turnOf(document: CaseDocument): 'approve' | 'sign' | null {
  if (isOpen(document, 'approve')) return 'approve';
  return isOpen(document, 'sign') ? 'sign' : null;
}

function People({ document: { draftedBy, approvedBy, signedBy } }: Pick<Props, 'document'>) {
  const t = useTexts('documents');
  const said = [
    t('draftedBy', { name: draftedBy.name }),
    ...(approvedBy === null ? [] : [t('approvedBy', { name: approvedBy.name })]),
    ...(signedBy === null ? [] : [t('signedBy', { name: signedBy.name })]),
  ];
  return <p className="case-quiet">{said.join(' · ')}</p>;
}

/** Each with its proof: the number of the post, the fate of the mail, who handed it over and when. */
function Deliveries({ deliveries }: Pick<CaseDocument, 'deliveries'>) {
  const language = useLanguage();
  return deliveries.map(({ way, at, by, postNumber, letter }) => (
    <p key={`${way.code} ${at}`} className="case-quiet">
      {[way.name, postNumber, letter?.state.name, officialMoment(at, language), by.name]
        .filter((part) => part !== null && part !== undefined)
        .join(' · ')}
    </p>
  ));
}

/** Why the next step is not this viewer's; null once it is signed. */
function blockedBy({ state, acts }: CaseDocument): string | null {
  if (state.code !== 'draft' && state.code !== 'approved') return null;
  const next = state.code === 'draft' ? 'approve' : 'sign';
  return acts.find(({ act }) => act === next)?.closed?.name ?? null;
}
