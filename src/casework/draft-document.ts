import { DOCUMENT_ROLES, type DocumentKind } from '../domain/official-document.ts';
import type { NoteRef } from '../domain/note-ref.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { loadFillContext } from './document-context.ts';
import { actOnDocument, documentFieldsContext, refuseDocument } from './documents.ts';
import type { DocumentDependencies, DocumentResult, DocumentTransaction, DocumentTrial } from './documents.ts';
import { writeNote } from './write-note.ts';

export type DraftFields = Readonly<Record<string, string>>;

/** Which signed document a draft puts right, and what is wrong with that one. */
export type Correction = { readonly id: number; readonly reason: string };

/** Takes a draft in, when everything in it is there and may be said. The reason of a correction is kept with the case. */
export async function draftDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  caseId: number,
  draft: { readonly kind: DocumentKind; readonly fields: DraftFields; readonly corrects: Correction | null },
): Promise<DocumentResult> {
  const { press, sealer, transact } = dependencies;
  if (!DOCUMENT_ROLES.draft.includes(viewer.role)) return refuseDocument('role-not-allowed');
  return transact(async (tx) => {
    const loaded = await loadFillContext(dependencies, tx, viewer, caseId);
    if (loaded === null) return { kind: 'not-found' };
    const { kind, corrects } = draft;
    const wrong = corrects === null ? null : await numberOf(tx, viewer, caseId, corrects.id);
    if (corrects !== null && wrong === null) return refuseDocument('nothing-to-correct');
    const filling = press.fill(kind, draft.fields, { ...loaded.context, corrects: wrong });
    if (filling.kind === 'refused') return { kind: 'unfit', problems: filling.problems };
    const [id = 0] = await tx.nextIds('documents', 1);
    const fieldsSealed = sealer.seal(Buffer.from(JSON.stringify(draft.fields)), documentFieldsContext(id));
    const draftedBy = viewer.userId;
    await tx.insertDocument({ id, caseId, kind, corrects: corrects?.id ?? null, fieldsSealed, draftedBy });
    const why =
      corrects === null || wrong === null
        ? {}
        : { corrects: corrects.id, note: await noteReason(tx, viewer, caseId, `更正${wrong}：${corrects.reason}`) };
    const data = { documentId: id, documentKind: kind, ...why };
    await tx.appendJournal([{ actor: viewer.userId, kind: 'document.drafted', caseId, data }]);
    return { kind: 'done', id, version: 1 };
  });
}

/** Number of a signed document of this case; null: there is none to put right. */
async function numberOf(
  tx: DocumentTransaction,
  viewer: Viewer,
  caseId: number,
  documentId: number,
): Promise<string | null> {
  const found = await tx.lockDocument(viewer, documentId);
  return found?.caseId === caseId ? found.number : null;
}

/** For who approves and signs: it stands with the notes of the case. */
function noteReason(tx: DocumentTransaction, { userId }: Viewer, caseId: number, text: string): Promise<NoteRef> {
  return writeNote(tx, { caseId, byUser: userId, about: 'reason', text });
}

/** The same as drafting, up to where something would be stored. null: no such case for this viewer. */
export async function tryDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  caseId: number,
  draft: { readonly kind: DocumentKind; readonly fields: DraftFields; readonly corrects: number | null },
): Promise<DocumentTrial | null> {
  const { press, transact } = dependencies;
  const { kind, fields, corrects } = draft;
  const context = await transact(async (tx) => {
    const loaded = await loadFillContext(dependencies, tx, viewer, caseId);
    if (loaded === null || corrects === null) return loaded?.context ?? null;
    return { ...loaded.context, corrects: await numberOf(tx, viewer, caseId, corrects) };
  });
  if (context === null) return null;
  const form = press.forms(context.profile).find((one) => one.kind === kind);
  const asked = (form?.fields ?? []).filter(({ from }) => from === 'case').map(({ id }) => id);
  const known = Object.fromEntries(Object.entries(context.facts).filter(([id]) => asked.includes(id)));
  const filling = press.fill(kind, fields, context);
  return filling.kind === 'refused'
    ? { known, problems: filling.problems, text: null }
    : { known, problems: [], text: press.text(filling.document) };
}

/** Writes a draft anew. Whoever does that is its author from now on, and what was approved has to be approved again. */
export async function reviseDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  documentId: number,
  version: number,
  fields: DraftFields,
): Promise<DocumentResult> {
  const { press, sealer } = dependencies;
  return actOnDocument(dependencies, viewer, { documentId, version, act: 'revise' }, async (tx, document) => {
    const loaded = await loadFillContext(dependencies, tx, viewer, document.caseId);
    if (loaded === null) return { kind: 'not-found' };
    const filling = press.fill(document.kind, fields, { ...loaded.context, corrects: document.corrects });
    if (filling.kind === 'refused') return { kind: 'unfit', problems: filling.problems };
    const sealed = sealer.seal(Buffer.from(JSON.stringify(fields)), documentFieldsContext(documentId));
    await tx.reviseDocument(documentId, sealed, viewer.userId);
    await tx.appendJournal([
      { actor: viewer.userId, kind: 'document.revised', caseId: document.caseId, data: { documentId } },
    ]);
    return { kind: 'done', id: documentId, version: version + 1 };
  });
}
