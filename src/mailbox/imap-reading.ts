import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { FetchedMessage, ListedMessage } from '../casework/ports.ts';
import { Fault } from '../platform/fault.ts';
import { isServerRefusal } from './imap-fault.ts';
import { during, type ImapSession } from './imap-session.ts';
import { uidBatches, uidSet } from './uid-set.ts';

/** More rows than any mailbox has: a server that goes on for ever must not take the memory of the process with it. */
const MOST_ROWS = 2_000_000;

/** Everything in the open folder, by UID. The answer is read to its end before anything else is sent. */
export async function listMessages(session: ImapSession): Promise<readonly ListedMessage[]> {
  return during(session, 'list', async () => {
    session.arrived = false; // before the listing: what arrives while it runs must wake the next wait
    // NOOP lets the server tell what arrived since SELECT; many do not count it in before.
    await session.client.noop();
    if (session.client.mailbox === false || session.client.mailbox.exists === 0) return [];
    const found = new Map<number, ListedMessage>();
    const query = { uid: true, flags: true, size: true, internalDate: true };
    await readRows(session, '1:*', query, (row) => found.set(row.uid, listed(row, found.get(row.uid))));
    return [...found.values()].toSorted((a, b) => a.uid - b.uid);
  });
}

/** Whole sources. What the server leaves out, or refuses one by one, is absent. */
export async function fetchSources(session: ImapSession, uids: readonly number[]): Promise<readonly FetchedMessage[]> {
  return during(session, 'fetch', async () => {
    const found = new Map<number, FetchedMessage>();
    for (const batch of uidBatches(uids)) await fetchBatch(session, batch, found);
    return [...found.values()].toSorted((a, b) => a.uid - b.uid);
  });
}

/** The header block alone, for a message too big to take; null when the server has no answer. */
export async function fetchHeaderBlock(session: ImapSession, uid: number): Promise<FetchedMessage | null> {
  return during(session, 'fetch-headers', async () => {
    let found: FetchedMessage | null = null;
    const query = { uid: true, size: true, internalDate: true, headers: true };
    await readRows(session, `${uid}`, query, (row) => {
      if (row.uid === uid && row.headers !== undefined) found = fetched(row, row.headers);
    }).catch(unlessRefused);
    return found;
  });
}

// One message that the server cannot read (NO [SERVERBUG]) fails the whole command: the others are asked for one by
// one, so that only that message stays behind.
async function fetchBatch(session: ImapSession, batch: number[], found: Map<number, FetchedMessage>): Promise<void> {
  const asked = new Set(batch);
  const query = { uid: true, size: true, internalDate: true, source: true };
  const take = (row: FetchMessageObject): void => {
    // No source at all: the server tells of a changed flag, unasked. NIL instead of a source comes out as false.
    if (!asked.has(row.uid) || row.source === undefined) return;
    if (Buffer.isBuffer(row.source) || !found.has(row.uid)) found.set(row.uid, fetched(row, row.source));
  };
  let refused = false;
  await readRows(session, uidSet(batch), query, take).catch((error: unknown) => {
    unlessRefused(error);
    refused = true;
  });
  if (!refused || batch.length === 1) return;
  for (const uid of batch) {
    if (!found.has(uid)) await readRows(session, `${uid}`, query, take).catch(unlessRefused);
  }
}

/** Nothing may be sent while rows are coming: imapflow would wait for itself. `take` is therefore not async. */
async function readRows(
  session: ImapSession,
  uids: string,
  query: FetchQueryObject,
  take: (row: FetchMessageObject) => void,
): Promise<void> {
  let rows = 0;
  for await (const row of session.client.fetch(uids, query, { uid: true })) {
    rows += 1;
    if (rows > MOST_ROWS) {
      session.client.close();
      throw new Fault('imap.protocol', 'the IMAP server answers without end', { retryable: true });
    }
    // A row without a UID belongs to nothing that was asked (RFC 3501 7.4.2).
    if (Number.isSafeInteger(row.uid) && row.uid > 0) take(row);
  }
}

function unlessRefused(error: unknown): void {
  if (!isServerRefusal(error)) throw error;
}

// A message may come in several rows, one with everything and others with a changed flag alone.
function listed(row: FetchMessageObject, before: ListedMessage | undefined): ListedMessage {
  return {
    uid: row.uid,
    sizeBytes: row.size ?? before?.sizeBytes ?? 0,
    internalDate: dateOf(row.internalDate) ?? before?.internalDate ?? new Date(),
    flags: row.flags === undefined ? (before?.flags ?? []) : [...row.flags],
  };
}

function fetched(row: FetchMessageObject, bytes: unknown): FetchedMessage {
  const source = Buffer.isBuffer(bytes) ? bytes : null;
  return {
    uid: row.uid,
    sizeBytes: row.size ?? 0,
    internalDate: dateOf(row.internalDate) ?? new Date(), // first seen now; the server does not say since when
    source,
  };
}

function dateOf(value: Date | string | undefined): Date | null {
  const date = value === undefined ? null : new Date(value);
  return date === null || Number.isNaN(date.getTime()) ? null : date;
}
