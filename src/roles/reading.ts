import type { CaseView, Download, IdentityView, SealedIdentity } from '../casework/views.ts';
import { identityContext } from '../casework/settle-mail.ts';
import type { House } from '../compose.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { unshownPage } from '../intake/mail-html.ts';
import { readAttachment } from '../intake/read-attachment.ts';
import type { ReaderPool } from '../intake/reader-pool.ts';
import { findItemRaw, readSealedIdentities } from '../store/case-items.ts';
import { readCase } from '../store/case-view.ts';
import { appendJournal } from '../store/journal.ts';
import { isTaskVisible } from '../store/task-list.ts';
import { finishTask } from '../store/tasks.ts';
import { readRaw } from './triage-role.ts';

/** Reads that open what is sealed. Each is written down before it is answered: who, what, when (promise P31). */
export function readingFunctions(house: House, reader: Pick<ReaderPool, 'readHtml'>) {
  const { db, transact } = house.database;
  const note = (viewer: Viewer, kind: string, about: { caseId?: number; itemId?: number }): Promise<void> =>
    transact((tx) => appendJournal(tx, [{ actor: viewer.userId, kind, ...about, data: {} }]));
  const rawOf = async (viewer: Viewer, itemId: number) => {
    const found = await findItemRaw(db, viewer, itemId);
    return found === null ? null : { ...found, bytes: await readRaw(house, found.rawId) };
  };
  return {
    async readCase(viewer: Viewer, caseId: number): Promise<CaseView | null> {
      const found = await readCase(db, viewer, caseId);
      if (found !== null) await note(viewer, 'case.read', { caseId });
      return found;
    },
    async readIdentity(viewer: Viewer, caseId: number): Promise<readonly IdentityView[] | null> {
      const sealed = await readSealedIdentities(db, viewer, caseId);
      if (sealed === null) return null;
      await note(viewer, 'identity.read', { caseId });
      return sealed.map((one) => openIdentity(house, one));
    },
    async readRaw(viewer: Viewer, itemId: number): Promise<Download | null> {
      const raw = await rawOf(viewer, itemId);
      if (raw === null) return null;
      await note(viewer, 'raw.read', { itemId });
      return { name: raw.source === 'mail' ? `item-${itemId}.eml` : `item-${itemId}.txt`, bytes: raw.bytes };
    },
    async readHtml(viewer: Viewer, itemId: number): Promise<string | null> {
      const raw = await rawOf(viewer, itemId);
      if (raw === null || raw.source !== 'mail') return null;
      const shown = await reader.readHtml(raw.bytes);
      const page = shown.kind === 'html' ? shown.page : unshownPage();
      if (page !== null) await note(viewer, 'html.read', { itemId });
      return page;
    },
    async readAttachment(viewer: Viewer, itemId: number, index: number): Promise<Download | null> {
      const raw = await rawOf(viewer, itemId);
      const attachment = raw?.attachments[index];
      if (raw === null || attachment === undefined) return null;
      const bytes = await readAttachment(raw.bytes, attachment.sha256);
      if (bytes === null) return null;
      await note(viewer, 'attachment.read', { itemId });
      return { name: attachment.name, bytes };
    },
  };
}

type OpenedIdentity = {
  readonly from?: string;
  readonly address?: string | null;
  readonly replyTo?: readonly string[];
  readonly headers?: string;
  readonly callerName?: string;
  readonly callerPhone?: string;
  readonly place?: string;
  readonly accusedUnit?: string;
  readonly anonymous?: boolean;
  readonly keepSecret?: boolean;
};

function openIdentity(house: House, { itemId, channel, sealed }: SealedIdentity): IdentityView {
  const opened = JSON.parse(house.sealer.unseal(sealed, identityContext(itemId)).toString('utf8')) as OpenedIdentity;
  return {
    itemId,
    channel,
    name: opened.from ?? opened.callerName ?? null,
    address: opened.address ?? null,
    replyTo: opened.replyTo ?? [],
    headers: opened.headers ?? null,
    phone: opened.callerPhone ?? null,
    place: opened.place ?? null,
    accusedUnit: opened.accusedUnit ?? null,
    anonymous: opened.anonymous ?? false,
    keepSecret: opened.keepSecret ?? false,
  };
}

export async function finishVisibleTask(house: House, viewer: Viewer, taskId: number): Promise<boolean> {
  return house.database.transact(async (tx) => {
    const done = (await isTaskVisible(tx, viewer, taskId)) ? await finishTask(tx, taskId, viewer.userId) : null;
    if (done === null) return false;
    const about = done.caseId === null ? {} : { caseId: done.caseId };
    await appendJournal(tx, [{ actor: viewer.userId, kind: 'task.done', ...about, data: { taskId } }]);
    return true;
  });
}
