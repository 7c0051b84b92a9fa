import type { FetchedMessage, ListedMessage, Mailbox, Observe } from './ports.ts';
import type { ReceivedMail } from './receive.ts';

/** What the poller remembers of a folder (implemented by store/mail-folders.ts). */
export type Folder = { readonly id: number; readonly generation: number; readonly uidValidity: bigint | null };
export type FolderMemory = {
  folder(mailbox: string, path: string, spam: boolean): Promise<Folder>;
  newGeneration(folderId: number, uidValidity: bigint | null): Promise<Folder>;
  adoptUidValidity(folderId: number, uidValidity: bigint): Promise<void>;
  storedAmong(
    folder: Folder,
    uids: readonly number[],
  ): Promise<ReadonlyMap<number, { readonly announcedBytes: number }>>;
  markMoved(folder: Folder, uids: readonly number[]): Promise<void>;
  notePoll(folderId: number, listed: number): Promise<void>;
};

export type PollDependencies = {
  readonly folders: FolderMemory;
  receive(mails: readonly ReceivedMail[]): Promise<void>;
  wakeTriage(): void;
  observe: Observe;
};

/** Above this a mail is taken by its headers only and given to a person (IMAP literals in the gigabytes kill a connection). */
const MAX_BYTES = 60 * 1024 * 1024;
const BATCH_MESSAGES = 100;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Mail that is in goes here; nothing is ever expunged. */
const DONE_FOLDER = 'Intake/Done';

export type PollReport = {
  readonly listed: number;
  readonly taken: number;
  readonly missing: number;
  readonly damaged: number;
};

/**
 * One complete round over one folder, in the order that survives a kill at any instruction: list, subtract what is stored,
 * fetch, commit, and only then flag and move. Nothing depends on the flag or the move; both are tried again next round.
 */
export async function pollFolder(
  dependencies: PollDependencies,
  mailbox: Mailbox,
  watched: { readonly path: string; readonly spam: boolean },
  signal: AbortSignal,
): Promise<PollReport> {
  const { folders, observe } = dependencies;
  observe('select');
  const state = await mailbox.open(watched.path);
  const numbering = await currentFolder(folders, mailbox.name, watched, state.uidValidity);
  observe('list');
  const listed = await mailbox.list();
  const { folder, stored } = await knownMessages(folders, numbering, listed);
  const work = listed.filter((message) => !stored.has(message.uid)).toSorted((a, b) => a.uid - b.uid);
  const report = { listed: listed.length, taken: 0, missing: 0, damaged: 0 };
  const tidy = state.readOnly || watched.spam ? null : mailbox;
  if (tidy !== null) await leaveFolder(dependencies, tidy, folder, [...stored.keys()]);
  for (const batch of batches(work)) {
    if (signal.aborted) break;
    const mails = await fetchBatch(dependencies, mailbox, folder, watched.spam, batch);
    report.missing += batch.length - mails.length;
    report.damaged += mails.filter((mail) => mail.sizeMismatch).length;
    if (mails.length === 0) continue;
    await dependencies.receive(mails);
    report.taken += mails.length;
    observe('wake-up');
    dependencies.wakeTriage();
    if (tidy !== null) {
      await leaveFolder(
        dependencies,
        tidy,
        folder,
        mails.map((mail) => mail.uid),
      );
    }
  }
  await folders.notePoll(folder.id, listed.length);
  return report;
}

/** UIDVALIDITY new, changed, missing or 0: the old UIDs name nothing (RFC 3501 2.3.1.1), so a new numbering begins. */
async function currentFolder(
  folders: FolderMemory,
  mailboxName: string,
  watched: { readonly path: string; readonly spam: boolean },
  uidValidity: bigint | null,
): Promise<Folder> {
  const folder = await folders.folder(mailboxName, watched.path, watched.spam);
  if (uidValidity === null) return folders.newGeneration(folder.id, null);
  if (folder.uidValidity === uidValidity) return folder;
  if (folder.uidValidity === null && folder.generation === 1) {
    await folders.adoptUidValidity(folder.id, uidValidity);
    return { ...folder, uidValidity };
  }
  return folders.newGeneration(folder.id, uidValidity);
}

/**
 * What is stored already. A stored UID that now has another size means that the server gave it to another mail
 * (it must not, RFC 3501 2.3.1.1, and some do): start a new numbering rather than lose the newcomer.
 */
async function knownMessages(folders: FolderMemory, folder: Folder, listed: readonly ListedMessage[]) {
  const uids = listed.map((message) => message.uid);
  const stored = await folders.storedAmong(folder, uids);
  const reused = listed.some(
    (message) => (stored.get(message.uid)?.announcedBytes ?? message.sizeBytes) !== message.sizeBytes,
  );
  if (!reused) return { folder, stored };
  const next = await folders.newGeneration(folder.id, folder.uidValidity);
  return { folder: next, stored: await folders.storedAmong(next, uids) };
}

function* batches(work: readonly ListedMessage[]): Generator<ListedMessage[]> {
  let batch: ListedMessage[] = [];
  let bytes = 0;
  for (const message of work) {
    if (batch.length > 0 && (batch.length >= BATCH_MESSAGES || bytes + message.sizeBytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += Math.min(message.sizeBytes, MAX_BYTES);
  }
  if (batch.length > 0) yield batch;
}

async function fetchBatch(
  { observe }: PollDependencies,
  mailbox: Mailbox,
  folder: Folder,
  spam: boolean,
  batch: readonly ListedMessage[],
): Promise<ReceivedMail[]> {
  observe('fetch');
  const small = batch.filter((message) => message.sizeBytes <= MAX_BYTES);
  const fetched = new Map(
    (small.length === 0 ? [] : await mailbox.fetch(small.map((m) => m.uid))).map((m) => [m.uid, m]),
  );
  const mails: ReceivedMail[] = [];
  for (const message of batch) {
    const oversize = message.sizeBytes > MAX_BYTES;
    const answer = oversize
      ? await mailbox.fetchHeaders(message.uid)
      : await wholeMessage(mailbox, fetched.get(message.uid));
    // A UID the server left out, or BODY[] NIL: not an empty mail. It stays in the work list of the next round.
    if (answer === null || answer.source === null) continue;
    mails.push({
      folder,
      uid: message.uid,
      internalAt: message.internalDate,
      announcedBytes: message.sizeBytes,
      bytes: answer.source,
      headersOnly: oversize,
      sizeMismatch: !oversize && answer.source.length !== message.sizeBytes,
      fromSpamFolder: spam,
    });
  }
  return mails;
}

/** A literal shorter than announced comes without an error: ask once more before believing it. */
async function wholeMessage(mailbox: Mailbox, first: FetchedMessage | undefined): Promise<FetchedMessage | null> {
  if (first?.source !== null && first?.source !== undefined && first.source.length === first.sizeBytes) return first;
  const [again] = first === undefined ? [] : await mailbox.fetch([first.uid]);
  return again ?? first ?? null;
}

/** Marks and moves what is stored. False or a missing COPYUID means "not done": the next round tries again. */
async function leaveFolder(
  { folders, observe }: PollDependencies,
  mailbox: Mailbox,
  folder: Folder,
  uids: readonly number[],
): Promise<void> {
  if (uids.length === 0) return;
  observe('flag');
  if (!(await mailbox.markSeen(uids))) return;
  observe('move');
  const moved = await mailbox.move(uids, DONE_FOLDER);
  observe('moved');
  await folders.markMoved(folder, [...moved]);
}
