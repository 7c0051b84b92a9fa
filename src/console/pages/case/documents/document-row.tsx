import { Button } from 'antd';
import { useState } from 'react';
import { officialMoment } from '../../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../../texts/texts.ts';
import { isOpen, type CaseDocument, type DocumentForm } from './document-types.ts';
import { ReadDialog } from './read-dialog.tsx';

type Props = {
  readonly document: CaseDocument;
  readonly form: DocumentForm | null;
  /** The document that puts this one right, signed or still being drafted; null: none does. */
  readonly correction: CaseDocument | null;
  onRevise(): void;
  onCorrect(): void;
};

/** One document: how far it is, who did what, how it was delivered, and what can be done with it now. */
export function DocumentRow(props: Props) {
  const { document, correction } = props;
  const name = useCodeName();
  const waits = turnOf(document) === null ? blockedBy(document) : null;
  return (
    <li className={isSuperseded(correction) ? 'documents-superseded' : ''}>
      <Head document={document} correction={correction} />
      <CorrectionLines document={document} correction={correction} />
      <People document={document} />
      <Deliveries deliveries={document.deliveries} />
      {waits !== null && <p className="case-quiet">{name('document-refusal', waits)}</p>}
      <Acts {...props} />
    </li>
  );
}

/** A signed one stands in its place. */
function isSuperseded(correction: CaseDocument | null): boolean {
  return correction !== null && correction.number !== null;
}

function Head({ document: { kind, state, number }, correction }: Pick<Props, 'document' | 'correction'>) {
  const t = useTexts('documents');
  const name = useCodeName();
  const superseded = isSuperseded(correction);
  return (
    <>
      <p className="documents-head">
        <strong>{name('document', kind)}</strong>
        <span className={superseded ? 'case-tag' : `case-tag documents-${state.code}`}>{name('step', state)}</span>
        {superseded && <span className="case-tag case-tag-mind">{t('superseded')}</span>}
      </p>
      {number !== null && <p className="documents-number">{number}</p>}
    </>
  );
}

/** To read it, with the step that is this viewer's; to write it anew or put it right; and its files. */
function Acts({ document, form, correction, onRevise, onCorrect }: Props) {
  const t = useTexts('documents');
  const name = useCodeName();
  const [reading, setReading] = useState(false);
  const turn = turnOf(document);
  const audience = isSuperseded(correction) ? null : audienceOf(document, form);
  const title = name('document', document.kind);
  const file = (form_: 'pdf' | 'docx', query = '') => `/api/documents/${String(document.id)}/${form_}${query}`;
  return (
    <div className="documents-acts">
      <Button
        size="small"
        type={turn === null ? 'default' : 'primary'}
        aria-label={t('openOne', { kind: title })}
        onClick={() => setReading(true)}
      >
        {t(turn ?? (audience === null ? 'open' : 'openDeliver'))}
      </Button>
      {isOpen(document, 'revise') && (
        <Button size="small" aria-label={t('reviseOne', { kind: title })} onClick={onRevise}>
          {t('revise')}
        </Button>
      )}
      {document.number !== null && correction === null && (
        <Button size="small" aria-label={t('correctOne', { kind: title })} onClick={onCorrect}>
          {t('correct')}
        </Button>
      )}
      <a href={file('pdf', '?show=true')} target="_blank" rel="noopener noreferrer">
        {t('preview')}
      </a>
      <a href={file('pdf')}>PDF</a>
      <a href={file('docx')}>DOCX</a>
      {reading && (
        <ReadDialog document={document} title={title} audience={audience} onClose={() => setReading(false)} />
      )}
    </div>
  );
}

/** Whom it can be delivered to now; null: to nobody. What is for the office stays there. */
function audienceOf(document: CaseDocument, form: DocumentForm | null): DocumentForm['audience'] | null {
  if (form === null || form.audience === 'office') return null;
  return isOpen(document, 'deliver') ? form.audience : null;
}

/** Which document this one puts right, and which one puts this one right. */
function CorrectionLines({ document: { corrects }, correction }: Pick<Props, 'document' | 'correction'>) {
  const t = useTexts('documents');
  const by = correction?.number ?? null;
  return (
    <>
      {corrects !== null && <p>{t('corrects', { number: corrects })}</p>}
      {correction !== null && <p>{by === null ? t('beingCorrected') : t('correctedBy', { number: by })}</p>}
    </>
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
  const name = useCodeName();
  return deliveries.map(({ way, at, by, postNumber, letter }) => (
    <p key={`${way.code} ${at}`} className="case-quiet">
      {[
        name('delivery', way),
        postNumber,
        letter === null ? null : name('letter', letter.state),
        officialMoment(at, language),
        by.name,
      ]
        .filter((part) => part !== null)
        .join(' · ')}
    </p>
  ));
}

/** Why the next step is not this viewer's; null once it is signed. */
function blockedBy({ state, acts }: CaseDocument): CaseDocument['acts'][number]['closed'] {
  if (state.code !== 'draft' && state.code !== 'approved') return null;
  const next = state.code === 'draft' ? 'approve' : 'sign';
  return acts.find(({ act }) => act === next)?.closed ?? null;
}
