import type { CallDraft } from '../casework/views.ts';
import type { House } from '../compose.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { CallForm } from '../intake/call-form.ts';
import { deleteDraft, listDrafts, saveDraft, type SealedDraft } from '../store/call-drafts.ts';

/** What operators are typing, sealed before it is stored and opened only for its owner. */
export function draftFunctions(house: House) {
  const { db } = house.database;
  const open = (viewer: Viewer, { id, sealed, version, updatedAt }: SealedDraft): CallDraft => {
    const form = JSON.parse(
      house.sealer.unseal(sealed, draftContext(viewer, id)).toString('utf8'),
    ) as Partial<CallForm>;
    return { id, version, updatedAt, form };
  };
  const drafts = async (viewer: Viewer): Promise<CallDraft[]> =>
    (await listDrafts(db, viewer.userId)).map((draft) => open(viewer, draft));
  return {
    listDrafts: drafts,
    readDraft: async (viewer: Viewer, id: string) => (await drafts(viewer)).find((draft) => draft.id === id) ?? null,
    saveDraft: (
      viewer: Viewer,
      draft: { readonly id: string; readonly version: number; readonly form: Partial<CallForm> },
    ) =>
      saveDraft(db, {
        id: draft.id,
        userId: viewer.userId,
        version: draft.version,
        sealed: house.sealer.seal(Buffer.from(JSON.stringify(draft.form)), draftContext(viewer, draft.id)),
      }),
    deleteDraft: (viewer: Viewer, id: string) => deleteDraft(db, id, viewer.userId),
  };
}

const draftContext = (viewer: Viewer, id: string): string => `draft:${viewer.userId}:${id.toLowerCase()}`;
