import type { ListResponse } from 'imapflow';
import type { FolderState } from '../casework/ports.ts';
import { Fault } from '../platform/fault.ts';
import { isServerRefusal } from './imap-fault.ts';
import { during, type ImapSession } from './imap-session.ts';

/** Spam folders of providers that announce no \Junk, by the last part of the name, in lower case. */
const SPAM_NAMES: ReadonlySet<string> = new Set([
  'junk',
  'junk e-mail',
  'junk email',
  'spam',
  'bulk mail',
  '垃圾邮件',
  '垃圾箱',
  '垃圾郵件',
  '广告邮件', // NetEase sorts advertisements out of INBOX before anybody sees them
]);

/** INBOX, every spam folder, and the folders that the configuration adds. */
export async function watchedFolders(
  session: ImapSession,
): Promise<readonly { readonly path: string; readonly spam: boolean }[]> {
  return during(session, 'folders', async () => {
    const listed = (await listFolders(session)).filter((folder) => canBeOpened(folder) && folder.path !== 'INBOX');
    const spam = listed.filter(isSpamFolder).map((folder) => folder.path);
    const extra = session.watch.map((path) => serverPath(session, path)).filter((path) => !spam.includes(path));
    const missing = extra.filter((path) => path !== 'INBOX' && !session.existing.has(path));
    for (const path of missing) session.emit({ kind: 'folder-missing', path });
    const others = extra.filter((path) => path !== 'INBOX' && !missing.includes(path));
    return [
      { path: 'INBOX', spam: false },
      ...spam.map((path) => ({ path, spam: true })),
      ...others.map((path) => ({ path, spam: false })),
    ];
  });
}

export async function openFolder(session: ImapSession, path: string): Promise<FolderState> {
  return during(session, 'open', async () => {
    const opened = await session.client.mailboxOpen(serverPath(session, path));
    session.arrived = false;
    // A server that gives no UIDVALIDITY, or 0, promises nothing about its UIDs; both have been met in the field.
    const uidValidity: bigint | undefined = opened.uidValidity;
    return {
      path: opened.path,
      uidValidity: uidValidity === undefined || uidValidity === 0n ? null : uidValidity,
      readOnly: opened.readOnly === true,
    };
  });
}

/** True when the folder is there, made just now or before. A refusal is an event, not a fault: the mail stays where it is. */
export async function ensureFolder(session: ImapSession, path: string): Promise<boolean> {
  if (session.existing.has(path)) return true;
  await listFolders(session);
  if (session.existing.has(path)) return true;
  try {
    await session.client.mailboxCreate(path);
    session.existing.add(path);
    return true;
  } catch (error) {
    if (!isServerRefusal(error)) throw error;
    session.emit({ kind: 'folder-refused', path });
    return false;
  }
}

/**
 * The server's own path for a folder that we name with "/" between levels, such as "Intake/Done": with its delimiter
 * and below its personal namespace ("INBOX.Intake.Done", RFC 2342). A path that the server listed is taken as it is.
 */
export function serverPath(session: ImapSession, path: string): string {
  if (path.toUpperCase() === 'INBOX') return 'INBOX';
  if (session.existing.has(path)) return path;
  const { prefix = '', delimiter = '/' } = session.client.namespace ?? {};
  const inside = path.split('/').join(delimiter ?? '/');
  return inside.startsWith(prefix) ? inside : `${prefix}${inside}`;
}

async function listFolders(session: ImapSession): Promise<ListResponse[]> {
  // Not `listOnly`: Dovecot names \Junk only when it is asked for special uses (RFC 6154 section 2, RETURN).
  const listed = await session.client.list();
  if (!Array.isArray(listed)) throw new Fault('imap.protocol', 'the IMAP server lists no folders', { retryable: true });
  for (const folder of listed) if (canBeOpened(folder)) session.existing.add(folder.path);
  return listed;
}

function canBeOpened(folder: ListResponse): boolean {
  return !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent');
}

function isSpamFolder(folder: ListResponse): boolean {
  return folder.specialUse === '\\Junk' || SPAM_NAMES.has(folder.name.toLowerCase());
}
