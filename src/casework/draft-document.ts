import { DOCUMENT_ROLES, type DocumentKind } from '../domain/official-document.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { loadFillContext } from './document-context.ts';
import { actOnDocument, documentFieldsContext, refuseDocument } from './documents.ts';
import type { DocumentDependencies, DocumentResult, DocumentTrial } from './documents.ts';

export type DraftFields = Readonly<Record<string, string>>;

/** Takes a draft in, when everything in it is there and may be said. `corrects`: id of the signed document that it puts right. */
export async function draftDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  caseId: number,
  draft: { readonly kind: DocumentKind; readonly fields: DraftFields; readonly corrects: number | null },
): Promise<DocumentResult> {
  const { press, sealer, transact } = dependencies;
  if (!DOCUMENT_ROLES.draft.includes(viewer.role)) return refuseDocument('role-not-allowed');
  return transact(async (tx) => {
    const loaded = await loadFillContext(dependencies, tx, viewer, caseId);
    if (loaded === null) return { kind: 'not-found' };
    const wrong = draft.corrects === null ? null : await tx.lockDocument(viewer, draft.corrects);
    if (draft.corrects !== null && (wrong === null || wrong.caseId !== caseId || wrong.number === null))
      return refuseDocument('nothing-to-correct');
    const filling = press.fill(draft.kind, draft.fields, { ...loaded.context, corrects: wrong?.number ?? null });
    if (filling.kind === 'refused') return { kind: 'unfit', problems: filling.problems };
    const [id = 0] = await tx.nextIds('documents', 1);
    const fieldsSealed = sealer.seal(Buffer.from(JSON.stringify(draft.fields)), documentFieldsContext(id));
    const { kind, corrects } = draft;
    await tx.insertDocument({ id, caseId, kind, corrects, fieldsSealed, draftedBy: viewer.userId });
    await tx.appendJournal([
      { actor: viewer.userId, kind: 'document.drafted', caseId, data: { documentId: id, documentKind: kind } },
    ]);
    return { kind: 'done', id, version: 1 };
  });
}

/** The same as drafting, up to where something would be stored. null: no such case for this viewer. */
export async function tryDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  caseId: number,
  { kind, fields }: { readonly kind: DocumentKind; readonly fields: DraftFields },
): Promise<DocumentTrial | null> {
  const { press, transact } = dependencies;
  const loaded = await transact((tx) => loadFillContext(dependencies, tx, viewer, caseId));
  if (loaded === null) return null;
  const { context } = loaded;
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
