import { deliverDocument, type DeliveryOrder } from '../../src/casework/deliver-document.ts';
import type { DocumentDependencies, DocumentResult } from '../../src/casework/documents.ts';
import { draftDocument } from '../../src/casework/draft-document.ts';
import { approveDocument, signDocument } from '../../src/casework/sign-document.ts';
import type { DocumentKind } from '../../src/domain/official-document.ts';
import type { Viewer } from '../../src/domain/vocabulary.ts';
import { createDocumentPress } from '../../src/letters/document-press.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { OFFICE, type CaseworkHouse } from './casework-house.ts';
import { shippedOffice } from './shipped-office.ts';

const UNIT_NAMES: ReadonlyMap<string, string> = new Map([
  ['FIN', '财务处'],
  ['BASIC', '基础教育处'],
]);

/** Two officers and the letters, on the house's own database. */
export async function openDocumentDesk(house: CaseworkHouse) {
  const { catalogue, templates } = shippedOffice();
  const press = createDocumentPress({ catalogue, templates, officeAddress: OFFICE });
  const dependencies: DocumentDependencies = {
    transact: house.store.document,
    press,
    sealer: house.sealer,
    clock: systemClock,
    acknowledge: house.acknowledge,
    unitWords: (unit) => [UNIT_NAMES.get(unit) ?? unit],
    categoryName: (category) => `第${String(category)}类`,
  };
  const author = await house.officer('triage');
  const signer = await house.officer('supervisor');
  return {
    dependencies,
    author,
    signer,
    draft: (
      caseId: number,
      kind: DocumentKind,
      fields: Readonly<Record<string, string>>,
      corrects: number | null = null,
    ) => draftDocument(dependencies, author, caseId, { kind, fields, corrects: correctionOf(corrects) }),
    approve: (id: number, version: number, by: Viewer = signer) => approveDocument(dependencies, by, id, version),
    sign: (id: number, version: number, by: Viewer = signer) => signDocument(dependencies, by, id, version),
    deliver: (id: number, version: number, order: DeliveryOrder) =>
      deliverDocument(dependencies, author, id, version, order),
    /** Drafted, approved and signed; answers its id. */
    async signed(
      caseId: number,
      kind: DocumentKind,
      fields: Readonly<Record<string, string>>,
      corrects: number | null = null,
    ) {
      const { id } = done(
        await draftDocument(dependencies, author, caseId, { kind, fields, corrects: correctionOf(corrects) }),
      );
      done(await approveDocument(dependencies, signer, id, 1));
      done(await signDocument(dependencies, signer, id, 2));
      return id;
    },
  };
}

const correctionOf = (id: number | null) => (id === null ? null : { id, reason: '事项摘要写错' });

export function done(result: DocumentResult): { readonly id: number; readonly version: number } {
  if (result.kind !== 'done') throw new Error(JSON.stringify(result));
  return result;
}
