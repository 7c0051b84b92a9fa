import type { ReadResult } from '../intake/item.ts';
import { readLiteHeader } from '../intake/mail-header.ts';
import { prepareSource } from '../intake/mail-source.ts';
import { readLetterTokens } from '../intake/thread-token.ts';
import type { Observe } from './ports.ts';
import type { ClaimedItem } from './records.ts';
import { settleItems, type ReadItem } from './settle-items.ts';
import type { SettleContext } from './settle-port.ts';

/** A reading process of its own, with caps on time and memory (implemented by intake/reader-pool.ts). */
export type Reader = {
  read(job: {
    source: 'mail' | 'transcript';
    channel: 'email' | 'phone';
    name: string;
    bytes: Buffer;
  }): Promise<ReadResult | { readonly kind: 'crashed'; readonly code: string; readonly detail: string }>;
};

export type ReadItemsDependencies = {
  readonly settle: SettleContext;
  readonly reader: Reader;
  readonly tokenKey: Buffer;
  claimItems(limit: number, leaseMs: number): Promise<ClaimedItem[]>;
  /** The bytes of each, as they were fetched. */
  readRaws(rawIds: readonly number[]): Promise<ReadonlyMap<number, Buffer>>;
  countReadFailure(itemId: number, retryAfterMs: number): Promise<void>;
  postponeItem(itemId: number, retryAfterMs: number): Promise<void>;
  wakeLetters(): void;
  observe: Observe;
};

const BATCH = 50;
/** Longer than two full time-outs of the reader, so that nobody takes an item that is still being read. */
const LEASE_MS = 120_000;
const MOST_READ_FAILURES = 2;
/** An item that was taken this often and never came back ends with a person even if nobody saw it fail. */
const MOST_CLAIMS = 50;
/** How long a transcript may stay cut before a person gets it: its file may still be growing (row H14). */
const UNFINISHED_MS = 10 * 60_000;
const UNFINISHED_RETRY_MS = 60_000;
/** As much of a mail as is looked at without the parser's process. */
const HEADER_BYTES = 64 * 1024;

/**
 * Reads everything that waits and settles it in batches as results come in: a poison mail holds back only itself.
 * Answers how many items it settled.
 */
export async function readWaitingItems(dependencies: ReadItemsDependencies, signal: AbortSignal): Promise<number> {
  let settled = 0;
  while (!signal.aborted) {
    dependencies.observe('claim-item');
    const claimed = await dependencies.claimItems(BATCH, LEASE_MS);
    if (claimed.length === 0) return settled;
    settled += await readBatch(dependencies, claimed);
  }
  return settled;
}

/** What is held in memory at once, as stored: one of the largest mails, or a whole batch of ordinary ones. */
const GROUP_BYTES = 16 * 1024 * 1024;

async function readBatch(dependencies: ReadItemsDependencies, claimed: readonly ClaimedItem[]): Promise<number> {
  let settled = 0;
  for (const group of groupsByBytes(claimed)) settled += await readGroup(dependencies, group);
  return settled;
}

function groupsByBytes(claimed: readonly ClaimedItem[]): ClaimedItem[][] {
  const groups: ClaimedItem[][] = [];
  let bytes = Infinity;
  for (const item of claimed) {
    if (bytes + item.storedBytes > GROUP_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(item);
    bytes += item.storedBytes;
  }
  return groups;
}

/** Enough that a transaction is shared by many; what is ready never waits longer than this for slower company. */
const SETTLE_ITEMS = 25;
const SETTLE_MS = 40;

async function readGroup(dependencies: ReadItemsDependencies, group: readonly ClaimedItem[]): Promise<number> {
  const raws = await dependencies.readRaws(group.map(({ rawId }) => rawId));
  const ready: ReadItem[] = [];
  let outstanding = group.length;
  let settled = 0;
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(async () => {
      const batch = ready.splice(0);
      if (batch.length > 0) settled += await settleBatch(dependencies, batch);
    });
    writing.catch(() => undefined); // heard below, once reading has ended; until then it would end the process
  };
  await Promise.all(
    group.map(async (item) => {
      const read = await readOne(dependencies, item, raws.get(item.rawId));
      outstanding -= 1;
      if (read !== null) ready.push(read);
      if (ready.length >= SETTLE_ITEMS || outstanding === 0) flush();
      else timer ??= setTimeout(flush, SETTLE_MS);
    }),
  );
  flush();
  await writing;
  return settled;
}

async function settleBatch(
  { settle, wakeLetters }: ReadItemsDependencies,
  batch: readonly ReadItem[],
): Promise<number> {
  try {
    const { letters } = await settleItems(settle, batch);
    if (letters > 0) wakeLetters();
    return batch.length;
  } catch (error) {
    if (batch.length === 1) throw error;
    // One item that the database refuses must not hold back the others: each on its own, the culprit throws again.
    const results = await Promise.allSettled(batch.map((item) => settleItems(settle, [item])));
    wakeLetters();
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed.length === batch.length) throw error;
    return batch.length - failed.length;
  }
}

async function readOne(
  dependencies: ReadItemsDependencies,
  claimed: ClaimedItem,
  bytes: Buffer | undefined,
): Promise<ReadItem | null> {
  if (claimed.claims > MOST_CLAIMS) return unreadable(claimed, 'taken-too-often', bytes);
  if (bytes === undefined) return unreadable(claimed, 'bytes-missing', bytes);
  dependencies.observe('read-item');
  const result = await dependencies.reader.read({
    source: claimed.source,
    channel: claimed.channel,
    name: claimed.name,
    bytes,
  });
  switch (result.kind) {
    case 'mail': {
      const { ownDomains } = dependencies.settle;
      return { ...result, claimed, letterIds: readLetterTokens(result.mail, dependencies.tokenKey, ownDomains) };
    }
    case 'transcript':
      return { ...result, claimed };
    case 'unreadable':
      return { kind: 'unreadable', claimed, code: result.code, subject: result.subject, from: result.from };
    case 'unfinished':
      return onUnfinished(dependencies, claimed, bytes);
    case 'crashed':
      return onCrash(dependencies, claimed, result.code, bytes);
  }
}

async function onUnfinished(
  { settle, postponeItem }: ReadItemsDependencies,
  claimed: ClaimedItem,
  bytes: Buffer,
): Promise<ReadItem | null> {
  const age = settle.clock.now().getTime() - claimed.receivedAt.getTime();
  if (age > UNFINISHED_MS || !claimed.answer) return unreadable(claimed, 'unfinished', bytes);
  await postponeItem(claimed.itemId, UNFINISHED_RETRY_MS);
  return null;
}

async function onCrash(
  { countReadFailure }: ReadItemsDependencies,
  claimed: ClaimedItem,
  code: string,
  bytes: Buffer,
): Promise<ReadItem | null> {
  if (claimed.readFailures + 1 >= MOST_READ_FAILURES) return unreadable(claimed, code, bytes);
  await countReadFailure(claimed.itemId, 0);
  return null;
}

/** What can be said without the parser: the sender and subject of a mail, by a plain look at its header. */
function unreadable(claimed: ClaimedItem, code: string, bytes: Buffer | undefined): ReadItem {
  const isMail = claimed.source === 'mail' && bytes !== undefined;
  const shown = isMail
    ? readLiteHeader(prepareSource(bytes.subarray(0, HEADER_BYTES)))
    : { subject: claimed.name, from: '' };
  return { kind: 'unreadable', claimed, code, ...shown };
}
