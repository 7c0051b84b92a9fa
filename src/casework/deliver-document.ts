import type { DocumentRefusal } from '../domain/official-document.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { letterMessageId, verpAddress } from '../intake/thread-token.ts';
import { bytesContext, recipientContext, recipientKeys } from './acknowledge.ts';
import { loadFillContext } from './document-context.ts';
import {
  actOnDocument,
  documentPdfContext,
  refuseDocument,
  type DocumentDependencies,
  type DocumentResult,
  type DocumentTransaction,
  type NewDelivery,
  type StoredDocument,
} from './documents.ts';

/** `at`: when it was read aloud or handed over. Mail is proved by its letter, post by its registered number. */
export type DeliveryOrder =
  | { readonly way: 'mail' }
  | { readonly way: 'post'; readonly postNumber: string }
  | { readonly way: 'read-aloud' | 'by-hand'; readonly at: Date };

/** Writes down how a signed document reached whom it is for; by mail it also sends it. Only a citizen's document goes to him. */
export async function deliverDocument(
  dependencies: DocumentDependencies,
  viewer: Viewer,
  documentId: number,
  version: number,
  order: DeliveryOrder,
): Promise<DocumentResult> {
  return actOnDocument(dependencies, viewer, { documentId, version, act: 'deliver' }, async (tx, document) => {
    const citizens = dependencies.press.about(document.kind).audience === 'citizen';
    if (!citizens && (order.way === 'mail' || order.way === 'read-aloud')) return refuseDocument('not-for-citizen');
    const letterId = order.way === 'mail' ? await mailDocument(dependencies, tx, viewer, document) : null;
    if (typeof letterId === 'string') return refuseDocument(letterId);
    await tx.insertDelivery(deliveryOf(dependencies, viewer, documentId, order, letterId));
    if (order.way !== 'mail') await tx.markDelivered(documentId); // a mail is delivered when the server has taken it
    const data = { documentId, way: order.way, ...(letterId === null ? {} : { letterId }) };
    await tx.appendJournal([{ actor: viewer.userId, kind: 'document.delivered', caseId: document.caseId, data }]);
    return { kind: 'done', id: documentId, version };
  });
}

function deliveryOf(
  { clock }: DocumentDependencies,
  viewer: Viewer,
  documentId: number,
  order: DeliveryOrder,
  letterId: number | null,
): NewDelivery {
  return {
    documentId,
    way: order.way,
    at: 'at' in order ? order.at : clock.now(),
    byUser: viewer.userId,
    letterId,
    postNumber: order.way === 'post' ? order.postNumber : null,
  };
}

/** A letter with the frozen PDF, to the address that wrote and to no other. Answers its id, or why there is none. */
async function mailDocument(
  dependencies: DocumentDependencies,
  tx: DocumentTransaction,
  viewer: Viewer,
  { id, caseId, pdfSealed }: StoredDocument,
): Promise<number | DocumentRefusal> {
  const { press, sealer, clock, acknowledge } = dependencies;
  const loaded = await loadFillContext(dependencies, tx, viewer, caseId);
  const recipient = loaded?.writers.address ?? null;
  if (loaded === null || recipient === null) return 'no-address';
  if (pdfSealed === null) return 'not-signed';
  const [letterId = 0] = await tx.nextIds('letters', 1);
  const now = clock.now();
  const messageId = letterMessageId(letterId, acknowledge.tokenKey, acknowledge.domain);
  const pdf = sealer.unseal(pdfSealed, documentPdfContext(id));
  const composed = press.mail({ messageId, recipient, now, caseNumber: loaded.number, pdf });
  await tx.insertLetters([
    {
      id: letterId,
      kind: 'document',
      caseId,
      messageId,
      envelopeFrom: verpAddress(letterId, acknowledge.tokenKey, acknowledge.domain),
      recipientSealed: sealer.seal(Buffer.from(recipient), recipientContext(letterId)),
      ...recipientKeys(sealer, recipient),
      bytesSealed: sealer.seal(composed.bytes, bytesContext(letterId)),
      bytesSha256: composed.sha256,
      notBefore: now,
    },
  ]);
  return letterId;
}
