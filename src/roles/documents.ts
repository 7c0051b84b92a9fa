import type { DocumentForm, FilledDocument } from '../casework/document-press.ts';
import { loadFillContext } from '../casework/document-context.ts';
import {
  documentContentContext,
  documentDocxContext,
  documentFieldsContext,
  documentPdfContext,
  waitingFor,
  type DocumentsOfCase,
  type DocumentDependencies,
  type OpenedDocument,
} from '../casework/documents.ts';
import { replay } from '../casework/case-change.ts';
import { deliverDocument } from '../casework/deliver-document.ts';
import { draftDocument, reviseDocument, tryDocument, type DraftFields } from '../casework/draft-document.ts';
import { approveDocument, signDocument } from '../casework/sign-document.ts';
import type { Download } from '../casework/views.ts';
import type { House } from '../compose.ts';
import { profileAt } from '../domain/deadlines.ts';
import { owedDocuments, undraftedOf } from '../domain/owed-documents.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { readCaseEvents } from '../store/cases.ts';
import type { DocumentDesk } from '../http/dependencies.ts';
import { systemClock } from '../platform/clock.ts';
import type { Db } from '../store/database.ts';
import { listDocuments, listDocumentsOnTheirWay, readDocument, type SealedDocument } from '../store/documents.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { appendJournal } from '../store/journal.ts';

type Rules = Pick<DocumentDependencies, 'unitWords' | 'categoryName'>;
type Parts = Pick<House, 'database' | 'sealer' | 'press' | 'acknowledge'> & {
  readonly store: Pick<House['store'], 'document'>;
};

/** How units and categories are called by people. */
export function documentRules(now: () => Pick<RuleSet, 'units' | 'categories'>): Rules {
  return {
    unitWords(unit) {
      const known = now().units.find(({ id }) => id === unit);
      // An alias may be a pattern: 教(育|y)t. It is no word to look for.
      if (known === undefined) return [];
      const words = [...known.aliases, ...(known.shared_aliases ?? []), ...(known.former_names ?? [])];
      return [known.name, ...words.filter((alias) => !/[(|]/u.test(alias))];
    },
    categoryName: (category) => now().categories.find(({ id }) => id === category)?.name ?? String(category),
  };
}

/** What the API asks about official letters. Whoever opens one reads a name, so every opening is written down. */
export function documentFunctions(house: Parts, rules: Rules, wakeLetters: () => void): DocumentDesk {
  const { db, transact } = house.database;
  const { press, sealer, acknowledge } = house;
  const dependencies = { ...rules, press, sealer, acknowledge, clock: systemClock, transact: house.store.document };
  const open = async (viewer: Viewer, id: number) => {
    const sealed = await readDocument(db, viewer, id);
    if (sealed === null) return null;
    const about = { caseId: sealed.view.caseId, data: { documentId: id } };
    await transact((tx) => appendJournal(tx, [{ actor: viewer.userId, kind: 'document.read', ...about }]));
    const fields = fieldsOf(dependencies, sealed);
    return { sealed, fields, content: await contentOf(dependencies, viewer, sealed, fields) };
  };
  return {
    forms: (): readonly DocumentForm[] => press.forms(profileAt(systemClock.now())),
    name: (kind) => press.about(kind).name,
    list: (viewer, caseId) => documentsOfCase(db, press, viewer, caseId),
    waiting: async (viewer) =>
      waitingFor(viewer, await listDocumentsOnTheirWay(db, viewer), (kind) => press.about(kind).audience),
    tryOut: (viewer, caseId, draft) => tryDocument(dependencies, viewer, caseId, draft),
    async read(viewer, id): Promise<OpenedDocument | null> {
      const opened = await open(viewer, id);
      if (opened === null) return null;
      const text = opened.content === null ? '' : press.text(opened.content);
      return { ...opened.sealed.view, fields: opened.fields, text };
    },
    draft: (viewer, caseId, draft) => draftDocument(dependencies, viewer, caseId, draft),
    revise: (viewer, id, version, fields) => reviseDocument(dependencies, viewer, id, version, fields),
    approve: (viewer, id, version) => approveDocument(dependencies, viewer, id, version),
    sign: (viewer, id, version) => signDocument(dependencies, viewer, id, version),
    async deliver(viewer, id, version, order) {
      const result = await deliverDocument(dependencies, viewer, id, version, order);
      if (result.kind === 'done' && order.way === 'mail') wakeLetters();
      return result;
    },
    ...fileFunctions(dependencies, open),
  };
}

type Opened = {
  readonly sealed: SealedDocument;
  readonly fields: DraftFields;
  readonly content: FilledDocument | null;
};

/** The frozen bytes of what is signed, else as it would be today. */
function fileFunctions(
  { press, sealer }: DocumentDependencies,
  open: (viewer: Viewer, id: number) => Promise<Opened | null>,
): Pick<DocumentDesk, 'pdf' | 'docx'> {
  return {
    async pdf(viewer, id): Promise<Download | null> {
      const opened = await open(viewer, id);
      if (opened === null || opened.content === null) return null;
      const frozen = opened.sealed.pdfSealed;
      const bytes = frozen === null ? press.pdf(opened.content) : sealer.unseal(frozen, documentPdfContext(id));
      return { name: `document-${String(id)}.pdf`, bytes: await bytes };
    },
    async docx(viewer, id): Promise<Download | null> {
      const opened = await open(viewer, id);
      if (opened === null || opened.content === null) return null;
      const frozen = opened.sealed.docxSealed;
      const bytes = frozen === null ? press.docx(opened.content) : sealer.unseal(frozen, documentDocxContext(id));
      return { name: `document-${String(id)}.docx`, bytes };
    },
  };
}

/** With what the history of the case calls for, as far as its lane has such a document. */
async function documentsOfCase(
  db: Db,
  press: DocumentDependencies['press'],
  viewer: Viewer,
  caseId: number,
): Promise<DocumentsOfCase | null> {
  const documents = await listDocuments(db, viewer, caseId);
  const events = await readCaseEvents(db, viewer, caseId);
  if (documents === null || events === null) return null;
  const lane = replay(events)?.verdict?.lane;
  const fits = press.forms(profileAt(systemClock.now())).filter(({ lanes }) => lanes.some((one) => one === lane));
  const owed = undraftedOf(owedDocuments(events), documents);
  return { documents, owed: owed.filter(({ kind }) => fits.some((one) => one.kind === kind)) };
}

function fieldsOf(
  { sealer }: Pick<DocumentDependencies, 'sealer'>,
  { view, fieldsSealed }: SealedDocument,
): DraftFields {
  return JSON.parse(sealer.unseal(fieldsSealed, documentFieldsContext(view.id)).toString('utf8')) as DraftFields;
}

/** As it was signed; a draft as it would be today. null: a draft that has become unfit since it was written. */
async function contentOf(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  { view, contentSealed }: SealedDocument,
  fields: DraftFields,
): Promise<FilledDocument | null> {
  const { sealer, press } = dependencies;
  if (contentSealed !== null)
    return JSON.parse(sealer.unseal(contentSealed, documentContentContext(view.id)).toString('utf8')) as FilledDocument;
  const loaded = await dependencies.transact((tx) => loadFillContext(dependencies, tx, viewer, view.caseId));
  if (loaded === null) return null;
  const filling = press.fill(view.kind, fields, { ...loaded.context, corrects: view.corrects });
  return filling.kind === 'filled' ? filling.document : null;
}
