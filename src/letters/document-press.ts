import type { DocumentForm, DocumentPress } from '../casework/document-press.ts';
import { DOCUMENT_KINDS, type DocumentKind } from '../domain/official-document.ts';
import type { Profile } from '../domain/vocabulary.ts';
import { wordingFor, type DocumentCatalogue } from './document-catalogue.ts';
import { composeDocumentMail } from './document-mail.ts';
import type { DocumentFileData } from './document-schema.ts';
import { documentText } from './document-text.ts';
import { fillDocument } from './fill-document.ts';
import { openLetterFonts, type LetterFonts } from './letter-fonts.ts';
import type { LetterTemplates } from './letter-templates.ts';
import { renderDocx } from './render-docx.ts';
import { renderPdf } from './render-pdf.ts';

export type PressSettings = {
  readonly catalogue: DocumentCatalogue;
  readonly templates: LetterTemplates;
  readonly officeAddress: string;
};

/** Everything that official letters need. `settings` are looked at with every document: they change with the rules in force. The fonts are read with the first document, not before. */
export function createDocumentPress(settings: PressSettings): DocumentPress {
  let opened: LetterFonts | null = null;
  const fonts = (): LetterFonts => (opened ??= openLetterFonts());
  const dataOf = (kind: DocumentKind): DocumentFileData => {
    const data = settings.catalogue.documents.get(kind);
    if (data === undefined) throw new RangeError('the catalogue is checked to hold every kind');
    return data;
  };
  return {
    forms: (profile) => DOCUMENT_KINDS.map((kind) => formOf(dataOf(kind), profile)),
    about: dataOf,
    fill: (kind, fields, context) => fillDocument(settings.catalogue, fonts().hasGlyphs, kind, fields, context),
    docx: renderDocx,
    pdf: (document) => renderPdf(document, fonts()),
    text: documentText,
    mail: (mail) => composeDocumentMail(settings, mail),
  };
}

function formOf({ kind, name, audience, lanes, fields }: DocumentFileData, profile: Profile): DocumentForm {
  return {
    kind,
    name,
    audience,
    lanes,
    fields: fields.map(({ id, label, type, from, optional, requiredBy, usual, options }) => ({
      id,
      label,
      type,
      from,
      optional,
      requiredBy: wordingFor(requiredBy, profile),
      usual: usual ?? null,
      options: options?.map(({ value, label: shown }) => ({ value, label: shown })) ?? [],
    })),
  };
}
