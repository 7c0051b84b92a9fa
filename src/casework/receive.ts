import { createHash } from 'node:crypto';
import type { Channel } from '../domain/vocabulary.ts';
import type { ItemFlag } from '../intake/item.ts';
import type { Sealer } from '../platform/sealing.ts';
import { openingChange, SYSTEM, type OpenCaseContext } from './open-case.ts';
import type { Observe } from './ports.ts';
import type { CaseChange, JournalEntry, NewItem, NewRaw, SameBytes } from './records.ts';

export type FolderRef = { readonly id: number; readonly generation: number; readonly uidValidity: bigint | null };

/** A mail as the mailbox handed it over. */
export type ReceivedMail = {
  readonly folder: FolderRef;
  readonly uid: number;
  readonly internalAt: Date;
  readonly announcedBytes: number;
  readonly bytes: Buffer;
  readonly headersOnly: boolean;
  readonly sizeMismatch: boolean;
  readonly fromSpamFolder: boolean;
};

/** Bytes from a file: a mail or a transcript that somebody brought. */
export type ReceivedFile = {
  readonly source: 'mail' | 'transcript';
  readonly name: string;
  readonly receivedAt: Date;
  readonly bytes: Buffer;
  /** Whether an acknowledgement may go out by itself. */
  readonly answer: boolean;
};

export type ReceiveTransaction = {
  nextIds(table: 'raw_messages' | 'cases' | 'intake_items', count: number): Promise<number[]>;
  rehomeRaw(
    folder: FolderRef,
    candidates: readonly { readonly uid: number; readonly sha256: Buffer; readonly announcedBytes: number }[],
  ): Promise<ReadonlySet<number>>;
  findSameBytes(hashes: readonly Buffer[]): Promise<ReadonlyMap<string, SameBytes>>;
  insertRaw(rows: readonly NewRaw[]): Promise<ReadonlySet<number>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  insertItems(items: readonly NewItem[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type ReceiveDependencies = {
  transact<T>(work: (tx: ReceiveTransaction) => Promise<T>): Promise<T>;
  readonly opening: OpenCaseContext;
  readonly sealer: Sealer;
  observe: Observe;
};

const PIECE_BYTES = 1024 * 1024;

type Arrived = {
  readonly source: 'mail' | 'transcript';
  readonly channel: Channel;
  readonly folder: FolderRef | null;
  readonly uid: number | null;
  readonly name: string | null;
  readonly receivedAt: Date;
  readonly announcedBytes: number;
  readonly bytes: Buffer;
  readonly sha256: Buffer;
  readonly headersOnly: boolean;
  readonly flags: readonly ItemFlag[];
  readonly answer: boolean;
};

/**
 * Stores a batch from one folder: raw bytes, item, provisional case with number, running deadlines and journal, in one
 * transaction, all or nothing. A mail that is here already (same UID, or the same bytes after a renumbering) changes nothing.
 */
export async function receiveMails(dependencies: ReceiveDependencies, mails: readonly ReceivedMail[]): Promise<void> {
  const arrived = mails.map((mail): Arrived => {
    const flags: ItemFlag[] = [];
    if (mail.headersOnly) flags.push('oversize', 'incomplete');
    if (mail.sizeMismatch) flags.push('size-mismatch', 'incomplete');
    if (mail.fromSpamFolder) flags.push('from-spam-folder');
    return {
      source: 'mail',
      channel: 'email',
      folder: mail.folder,
      uid: mail.uid,
      name: null,
      receivedAt: mail.internalAt,
      announcedBytes: mail.announcedBytes,
      bytes: mail.bytes,
      sha256: sha256(mail.bytes),
      headersOnly: mail.headersOnly,
      flags,
      answer: true,
    };
  });
  await store(dependencies, arrived);
}

/** Stores files the same way and answers their item ids in the order given. */
export async function receiveFiles(
  dependencies: ReceiveDependencies,
  files: readonly ReceivedFile[],
): Promise<number[]> {
  const arrived = files.map((file): Arrived => ({
    source: file.source,
    channel: file.source === 'mail' ? 'email' : 'phone',
    folder: null,
    uid: null,
    name: file.name,
    receivedAt: file.receivedAt,
    announcedBytes: file.bytes.length,
    bytes: file.bytes,
    sha256: sha256(file.bytes),
    headersOnly: false,
    flags: [],
    answer: file.answer,
  }));
  return store(dependencies, arrived);
}

async function store(dependencies: ReceiveDependencies, arrived: readonly Arrived[]): Promise<number[]> {
  const { observe } = dependencies;
  observe('begin');
  const ids = await dependencies.transact(async (tx) => {
    observe('insert');
    const stored = await storeIn(dependencies, tx, await withoutRehomed(tx, arrived));
    observe('commit');
    return stored;
  });
  observe('committed');
  return ids;
}

async function withoutRehomed(tx: ReceiveTransaction, arrived: readonly Arrived[]): Promise<readonly Arrived[]> {
  const folder = arrived[0]?.folder;
  if (folder === null || folder === undefined || folder.generation === 1) return arrived;
  const candidates = arrived.flatMap(({ uid, sha256: hash, announcedBytes }) =>
    uid === null ? [] : [{ uid, sha256: hash, announcedBytes }],
  );
  const rehomed = await tx.rehomeRaw(folder, candidates);
  return arrived.filter(({ uid }) => uid === null || !rehomed.has(uid));
}

type Placed = {
  readonly one: Arrived;
  readonly rawId: number;
  readonly itemId: number;
  readonly caseId: number;
  readonly same: SameBytes | null;
};

async function storeIn(
  { opening, sealer }: ReceiveDependencies,
  tx: ReceiveTransaction,
  arrived: readonly Arrived[],
): Promise<number[]> {
  if (arrived.length === 0) return [];
  const placed = await place(tx, arrived);
  const inserted = await tx.insertRaw(placed.map((one) => rawRow(sealer, one)));
  const kept = placed.filter(({ rawId }) => inserted.has(rawId));
  const fresh = kept.filter(({ same }) => same === null);
  const changes = fresh.map(({ one, caseId }) =>
    openingChange(opening, { caseId, channel: one.channel, receivedAt: one.receivedAt }),
  );
  await tx.writeCases(changes);
  await tx.insertItems(kept.map(itemRow));
  await tx.appendJournal([...kept.map(receivedEntry), ...changes.flatMap((change) => change.journal)]);
  return placed.map(({ itemId }) => itemId);
}

/** Gives every arrival its ids and finds what is stored already, in the database or earlier in this very batch. */
async function place(tx: ReceiveTransaction, arrived: readonly Arrived[]): Promise<Placed[]> {
  const [rawIds, itemIds, caseIds] = [
    await tx.nextIds('raw_messages', arrived.length),
    await tx.nextIds('intake_items', arrived.length),
    await tx.nextIds('cases', arrived.length),
  ];
  const known = new Map(await tx.findSameBytes(arrived.map(({ sha256: hash }) => hash)));
  return arrived.map((one, n) => {
    const [rawId = 0, itemId = 0, caseId = 0] = [rawIds[n], itemIds[n], caseIds[n]];
    const hash = one.sha256.toString('hex');
    const same = known.get(hash) ?? null;
    if (same === null) known.set(hash, { rawId, itemId, caseId });
    return { one, rawId, itemId, caseId, same };
  });
}

function rawRow(sealer: Sealer, { one, rawId, same }: Placed): NewRaw {
  const pieces = Math.max(1, Math.ceil(one.bytes.length / PIECE_BYTES));
  return {
    id: rawId,
    source: one.source,
    folder: one.folder,
    uid: one.uid,
    name: one.name,
    internalAt: one.receivedAt,
    announcedBytes: one.announcedBytes,
    storedBytes: one.bytes.length,
    sha256: one.sha256,
    sameAs: same?.rawId ?? null,
    headersOnly: one.headersOnly,
    sealedChunks:
      same === null
        ? Array.from({ length: pieces }, (_, n) =>
            sealer.seal(one.bytes.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES), rawContext(rawId, n)),
          )
        : [],
  };
}

/** Binds a sealed piece to its place: pieces that change places no longer open. */
export function rawContext(rawId: number, n: number): string {
  return `raw:${rawId}:${n}`;
}

function itemRow({ one, rawId, itemId, caseId, same }: Placed): NewItem {
  const sighting = same !== null;
  return {
    id: itemId,
    channel: one.channel,
    rawId,
    state: sighting ? 'settled' : 'received',
    disposition: sighting ? 'duplicate' : null,
    caseId: same?.caseId ?? null,
    provisionalCaseId: sighting ? null : caseId,
    sameAs: same?.itemId ?? null,
    flags: one.flags,
    receivedAt: one.receivedAt,
    answer: one.answer,
  };
}

function receivedEntry({ one, itemId, rawId, same }: Placed): JournalEntry {
  return {
    actor: SYSTEM.userId,
    kind: 'item.received',
    itemId,
    data: {
      rawId,
      sha256: one.sha256.toString('hex'),
      bytes: one.bytes.length,
      ...(same === null ? {} : { sameAs: same.itemId }),
    },
  };
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
