import { createHash } from 'node:crypto';
import { dayOf, yearOf } from '../domain/calendar-date.ts';
import { documentNumber } from '../domain/official-document.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { loadFillContext } from './document-context.ts';
import {
  actOnDocument,
  documentContentContext,
  documentDocxContext,
  documentFieldsContext,
  documentPdfContext,
  type DocumentDependencies,
  type DocumentResult,
  type DocumentTransaction,
  type StoredDocument,
} from './documents.ts';
import type { DraftFields } from './draft-document.ts';

/** A second person has read it. */
export async function approveDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  documentId: number,
  version: number,
): Promise<DocumentResult> {
  return actOnDocument(dependencies, viewer, { documentId, version, act: 'approve' }, async (tx, document) => {
    await tx.approveDocument(documentId, viewer.userId, dependencies.clock.now());
    await tx.appendJournal([
      { actor: viewer.userId, kind: 'document.approved', caseId: document.caseId, data: { documentId } },
    ]);
    return { kind: 'done', id: documentId, version: version + 1 };
  });
}

/**
 * Signs: fills it once more with what the case says now, draws the number, and freezes the bytes. From here on it is never
 * altered. What has become unfit since it was drafted (a unit accused in the meantime) is not signed.
 */
export async function signDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  documentId: number,
  version: number,
): Promise<DocumentResult> {
  return actOnDocument(dependencies, viewer, { documentId, version, act: 'sign' }, (tx, document) =>
    signIn(dependencies, tx, viewer, document),
  );
}

async function signIn(
  { press, sealer, clock, ...rest }: DocumentDependencies,
  tx: DocumentTransaction,
  viewer: Viewer,
  document: StoredDocument,
): Promise<DocumentResult> {
  const { id, caseId, kind } = document;
  const loaded = await loadFillContext({ press, sealer, clock, ...rest }, tx, viewer, caseId);
  if (loaded === null) return { kind: 'not-found' };
  const fields = JSON.parse(
    sealer.unseal(document.fieldsSealed, documentFieldsContext(id)).toString('utf8'),
  ) as DraftFields;
  const context = { ...loaded.context, corrects: document.corrects };
  const trial = press.fill(kind, fields, context);
  if (trial.kind === 'refused') return { kind: 'unfit', problems: trial.problems };
  const on = dayOf(clock.now());
  const year = yearOf(on);
  const serial = await tx.drawDocumentNumber(kind, year); // only for what is fit: numbers have no gaps
  const number = documentNumber(press.about(kind).series, year, serial);
  const filling = press.fill(kind, fields, { ...context, signed: { number, on } });
  if (filling.kind === 'refused') throw new Error('unreachable: the same fields were fit a moment ago');
  const pdf = await press.pdf(filling.document);
  const docx = press.docx(filling.document);
  const [pdfSha256, docxSha256] = [sha256(pdf), sha256(docx)];
  await tx.signDocument(id, viewer.userId, clock.now(), {
    number,
    year,
    serial,
    contentSealed: sealer.seal(Buffer.from(JSON.stringify(filling.document)), documentContentContext(id)),
    pdfSealed: sealer.seal(pdf, documentPdfContext(id)),
    pdfSha256,
    docxSealed: sealer.seal(docx, documentDocxContext(id)),
    docxSha256,
  });
  const data = { documentId: id, number, pdfSha256: pdfSha256.toString('hex'), docxSha256: docxSha256.toString('hex') };
  await tx.appendJournal([{ actor: viewer.userId, kind: 'document.signed', caseId, data }]);
  return { kind: 'done', id, version: document.version + 1 };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
