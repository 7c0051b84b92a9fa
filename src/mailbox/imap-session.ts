import { ImapFlow } from 'imapflow';
import { Fault } from '../platform/fault.ts';
import { imapFault, isLostConnection } from './imap-fault.ts';
import type { ImapServer } from './parse-mail-url.ts';
import { readMailFile } from './read-mail-file.ts';
import { serverWords } from './server-words.ts';

/** Something the office may want to know, told once a connection; nothing that the caller has to act on. */
export type ImapEvent =
  | { readonly kind: 'alert'; readonly text: string } // RFC 3501 7.1: an ALERT must be shown to a person
  | { readonly kind: 'folder-missing'; readonly path: string } // a folder to watch that the server does not have
  | { readonly kind: 'folder-refused'; readonly path: string } // CREATE was refused: mail stays where it is
  | { readonly kind: 'move-unsupported' } // mail stays in INBOX, flagged
  | { readonly kind: 'ended'; readonly fault: Fault | null }; // null: closed by us

/** All in ms. The defaults suit a poller; tests shorten them. */
export type ImapTimeouts = {
  readonly connectMs: number; // DNS, TCP and TLS together
  readonly greetingMs: number;
  readonly silenceMs: number; // nothing received although something was asked
};

/** One connection and what was learnt over it. It cannot be used again once `ended`. */
export type ImapSession = {
  readonly client: ImapFlow;
  readonly watch: readonly string[];
  readonly emit: (event: ImapEvent) => void;
  /** Folders known to exist, by the server's own path. */
  readonly existing: Set<string>;
  /** Why the connection ended, when something better than "it is gone" is known. */
  failure: unknown;
  ended: boolean;
  /** A message arrived in the open folder since the last list. */
  arrived: boolean;
};

const USUAL_TIMEOUTS: ImapTimeouts = { connectMs: 30_000, greetingMs: 30_000, silenceMs: 60_000 };

// A server that lies about sizes may cost one connection, not the memory of the process. The caller never asks for
// more than 60 MB; some servers announce a little less than they send.
const LONGEST_LITERAL_BYTES = 80 * 1024 * 1024;
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

/** Connects and logs in. The secret is read now, so that a rotated one is taken without a restart. */
export async function openImapSession(
  server: ImapServer,
  onEvent: (event: ImapEvent) => void,
  timeouts: Partial<ImapTimeouts>,
): Promise<ImapSession> {
  const emit = onceEach(onEvent);
  const secret = await server.login.secret();
  const client = new ImapFlow({
    ...(await transportOf(server)),
    auth: {
      user: server.login.user,
      ...(server.login.method === 'xoauth2' ? { accessToken: secret } : { pass: secret }),
    },
    // NetEase and Tencent answer SELECT with "Unsafe Login" until the client has introduced itself (RFC 2971).
    clientInfo: { name: 'shouli', version: '1', vendor: 'shouli', 'support-url': false },
    logger: false,
    // Straight back to IDLE after every command; the default of 15 s would be the delay of nearly every complaint.
    autoIdleDelay: 50,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: timeouts.connectMs ?? USUAL_TIMEOUTS.connectMs,
    greetingTimeout: timeouts.greetingMs ?? USUAL_TIMEOUTS.greetingMs,
    socketTimeout: timeouts.silenceMs ?? USUAL_TIMEOUTS.silenceMs,
    maxLiteralSize: LONGEST_LITERAL_BYTES,
    maxResponseSize: 2 * LONGEST_LITERAL_BYTES,
    maxLineLength: LONGEST_LINE_BYTES,
  });
  const session: ImapSession = {
    client,
    watch: server.folders,
    emit,
    existing: new Set(),
    failure: null,
    ended: false,
    arrived: false,
  };
  listen(session);
  await client.connect().catch((error: unknown) => {
    client.close();
    throw imapFault(session.failure ?? error, 'connect');
  });
  client.once('close', () => {
    session.ended = true;
    emit({ kind: 'ended', fault: client.closedByClient ? null : lostConnection(session, 'idle') });
  });
  return session;
}

/** Runs one step on the connection and translates whatever goes wrong in it. */
export async function during<T>(session: ImapSession, step: string, act: () => Promise<T>): Promise<T> {
  if (session.ended) throw lostConnection(session, step);
  try {
    return await act();
  } catch (error) {
    throw isLostConnection(error) ? lostConnection(session, step) : imapFault(error, step);
  }
}

/** imapflow answers `false` both when the server says NO and when the connection is gone: tells the two apart. */
export function assertConnected(session: ImapSession, step: string): void {
  if (session.ended || !session.client.usable) throw lostConnection(session, step);
}

/** Says goodbye, and hangs up whether or not that is answered. */
export async function endSession(session: ImapSession, patienceMs: number): Promise<void> {
  if (session.ended) return;
  const hangUp = setTimeout(() => session.client.close(), patienceMs);
  // Whatever comes of the goodbye, the connection is closed: there is nothing left that an error could tell us.
  await session.client.logout().catch(() => undefined);
  clearTimeout(hangUp);
  session.client.close();
}

// A folder that is missing is found missing at every poll.
function onceEach(onEvent: (event: ImapEvent) => void): (event: ImapEvent) => void {
  const told = new Set<string>();
  return (event) => {
    const text = JSON.stringify(event);
    if (told.has(text)) return;
    told.add(text);
    onEvent(event);
  };
}

function lostConnection(session: ImapSession, step: string): Fault {
  if (session.failure !== null) return imapFault(session.failure, step);
  return new Fault('imap.unreachable', 'the connection to the IMAP server has ended', {
    retryable: true,
    details: { step },
  });
}

function listen(session: ImapSession): void {
  const { client } = session;
  client.on('error', (error: Error) => (session.failure = error));
  client.on('alert', ({ message }) => session.emit({ kind: 'alert', text: serverWords(message) }));
  client.on('exists', ({ count, prevCount }) => {
    if (count > prevCount) session.arrived = true;
  });
}

async function transportOf(server: ImapServer) {
  const ca = server.caFile === null ? {} : { ca: await readMailFile(server.caFile, 'certificate authority') };
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    // Required or forbidden, never "if offered": the offer itself can be stripped on the way (RFC 3501 11.1).
    ...(server.security === 'tls' ? {} : { doSTARTTLS: server.security === 'starttls' }),
    tls: { ...ca, minVersion: 'TLSv1.2' as const, rejectUnauthorized: true },
  };
}
