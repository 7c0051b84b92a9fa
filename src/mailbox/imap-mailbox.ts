import type { Mailbox } from '../casework/ports.ts';
import { ensureFolder, openFolder, serverPath, watchedFolders } from './imap-folders.ts';
import { fetchHeaderBlock, fetchSources, listMessages } from './imap-reading.ts';
import {
  assertConnected,
  during,
  endSession,
  openImapSession,
  type ImapEvent,
  type ImapSession,
  type ImapTimeouts,
} from './imap-session.ts';
import type { ImapServer } from './parse-mail-url.ts';
import { uidBatches, uidSet } from './uid-set.ts';

const GOODBYE_MS = 2_000;

export type ImapMailboxOptions = {
  readonly server: ImapServer;
  readonly onEvent?: (event: ImapEvent) => void;
  readonly timeouts?: Partial<ImapTimeouts>;
};

/**
 * Connects to an IMAP mailbox. Every method throws a Fault once the connection is gone; the caller then makes a new
 * mailbox, after the pause that `afterFailure` gives. Throws `imap.refused-login` (not retryable: the account may be
 * locked by trying on), `imap.protocol` or `imap.unreachable`.
 */
export async function connectImapMailbox(options: ImapMailboxOptions): Promise<Mailbox> {
  const emit = options.onEvent ?? (() => undefined);
  const session = await openImapSession(options.server, emit, options.timeouts ?? {});
  return {
    name: options.server.name,
    folders: () => watchedFolders(session),
    open: (path) => openFolder(session, path),
    list: () => listMessages(session),
    fetch: (uids) => fetchSources(session, uids),
    fetchHeaders: (uid) => fetchHeaderBlock(session, uid),
    markSeen: (uids) => markSeen(session, uids),
    move: (uids, toPath) => moveMessages(session, uids, toPath),
    waitForChange: (maxMs, signal) => waitForChange(session, maxMs, signal),
    close: () => endSession(session, GOODBYE_MS),
  };
}

async function markSeen(session: ImapSession, uids: readonly number[]): Promise<boolean> {
  return during(session, 'mark-seen', async () => {
    let all = true;
    for (const batch of uidBatches(uids)) {
      const stored = await session.client.messageFlagsAdd(uidSet(batch), ['\\Seen'], { uid: true, silent: true });
      assertConnected(session, 'mark-seen');
      if (!stored) all = false;
    }
    return all;
  });
}

async function moveMessages(
  session: ImapSession,
  uids: readonly number[],
  toPath: string,
): Promise<ReadonlySet<number>> {
  return during(session, 'move', async () => {
    const moved = new Set<number>();
    // Without MOVE (RFC 6851) the library would copy, flag \Deleted and EXPUNGE, which also removes what others have
    // flagged. And a copy that stays behind would be made again at every poll. So the mail stays, flagged as seen.
    if (!session.client.capabilities.has('MOVE')) {
      session.emit({ kind: 'move-unsupported' });
      return moved;
    }
    const path = serverPath(session, toPath);
    if (uids.length === 0 || !(await ensureFolder(session, path))) return moved;
    for (const batch of uidBatches(uids)) {
      const answer = await session.client.messageMove(uidSet(batch), path, { uid: true });
      assertConnected(session, 'move');
      if (answer === false || answer === undefined)
        session.existing.delete(path); // it may be gone: look again next time
      else for (const uid of answer.uidMap?.keys() ?? []) if (batch.includes(uid)) moved.add(uid);
    }
    return moved;
  });
}

// imapflow goes into IDLE by itself and polls with NOOP where there is none; here one only waits for what it reports.
async function waitForChange(session: ImapSession, maxMs: number, signal: AbortSignal): Promise<void> {
  return during(session, 'wait', async () => {
    if (session.arrived || signal.aborted) return;
    const { client } = session;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        client.off('exists', onExists);
        client.off('close', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const onExists = (): void => {
        if (session.arrived) done();
      };
      const timer = setTimeout(done, maxMs);
      client.on('exists', onExists);
      client.on('close', done);
      signal.addEventListener('abort', done);
    });
    assertConnected(session, 'wait');
  });
}
