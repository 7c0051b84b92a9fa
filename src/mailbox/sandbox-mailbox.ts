import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { FetchedMessage, ListedMessage, Mailbox } from '../casework/ports.ts';
import { Fault } from '../platform/fault.ts';

const INBOX = 'INBOX';
/** Where our own letters to citizens end up, so that whoever tries the product can read them. */
export const ANSWERS_FOLDER = 'Answers';
const LARGEST_MAIL_BYTES = 60 * 1024 * 1024;

/** Where the sandbox keeps its mail. `append` resolves only when the message would survive a crash. */
export type SandboxStore = {
  append(folder: string, bytes: Buffer): Promise<number>;
  list(folder: string): Promise<readonly ListedMessage[]>;
  read(folder: string, uids: readonly number[]): Promise<readonly FetchedMessage[]>;
  addFlag(folder: string, uids: readonly number[], flag: string): Promise<void>;
  move(folder: string, uids: readonly number[], toFolder: string): Promise<ReadonlySet<number>>;
  uidValidity(): Promise<bigint>;
};

export type SandboxSmtpOptions = {
  /** 0 takes any free port. */
  readonly port: number;
  /** Loopback only: there is no login. */
  readonly host: '127.0.0.1' | '::1' | 'localhost';
  readonly officeAddresses: readonly string[];
  readonly store: SandboxStore;
  /** Told after a message is stored. */
  readonly onMail: (folder: string) => void;
};

export type SandboxSmtp = { readonly port: number; close(): Promise<void> };

/**
 * An SMTP server on this machine, for whoever has no mailbox yet. Mail to the office, and delivery reports to
 * bounce+TOKEN@ of its domains, go to INBOX; everything else, such as our acknowledgements, to `Answers`. It stands
 * for the last server on the way and never sends anything on.
 */
export async function createSandboxSmtp(options: SandboxSmtpOptions): Promise<SandboxSmtp> {
  const server = new SMTPServer({
    name: 'sandbox.example',
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    maxAllowedUnauthenticatedCommands: false, // nobody logs in here, and one session may bring many mails
    size: LARGEST_MAIL_BYTES,
    rejectOversized: true,
    logger: false,
    closeTimeout: 1_000,
    onData: (stream, session, callback) => {
      deliver(options, stream, session).then(
        (kept) => callback(null, kept),
        // 451: nothing is lost, the sender has it still and tries again (RFC 5321 4.2.5).
        () => callback(Object.assign(new Error('could not be stored, try again'), { responseCode: 451 })),
      );
    },
  });
  server.on('error', () => undefined); // one broken client is no reason to stop; a port in use rejects below
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', (cause: Error) => {
      reject(new Fault('config.invalid', 'the sandbox mailbox cannot listen on its port', { cause }));
    });
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.server.address() as AddressInfo).port, // listening on TCP, so never a pipe name
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function deliver(
  options: SandboxSmtpOptions,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (stream.sizeExceeded)
      chunks.length = 0; // read to the end, but not kept
    else chunks.push(chunk);
  }
  if (stream.sizeExceeded) return 'too big'; // the server answers 552 in its own words
  const mail = Buffer.concat([traceOf(session), ...chunks]);
  const folders = new Set(session.envelope.rcptTo.map(({ address }) => folderFor(address, options.officeAddresses)));
  for (const folder of folders) {
    await options.store.append(folder, mail);
    options.onMail(folder);
  }
  return 'kept';
}

// RFC 5321 4.4: who makes the final delivery writes the envelope sender into Return-Path, and every server a Received.
// Without them a mail would look as if it had gone round the mail system, and would get no acknowledgement.
function traceOf(session: SMTPServerSession): Buffer {
  const sender = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
  const safe = /^[\x21-\x7e]*$/.test(sender) && !/[<>]/.test(sender) ? sender : '';
  const received = `Received: from [${session.remoteAddress}] by sandbox.example with ${session.transmissionType};\r\n`;
  return Buffer.from(`Return-Path: <${safe}>\r\n${received}\t${new Date().toUTCString()}\r\n`);
}

function folderFor(recipient: string, officeAddresses: readonly string[]): string {
  const [local, domain] = partsOf(recipient);
  const ours = officeAddresses.map(partsOf);
  const untagged = local.replace(/\+.*$/s, '');
  const toOffice = ours.some(([ourLocal, ourDomain]) => domain === ourDomain && [local, untagged].includes(ourLocal));
  const report = local.startsWith('bounce+') && ours.some(([, ourDomain]) => domain === ourDomain);
  return toOffice || report ? INBOX : ANSWERS_FOLDER;
}

function partsOf(address: string): [local: string, domain: string] {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
}

export type SandboxMailboxOptions = {
  readonly store: SandboxStore;
  readonly name: string;
  /** Subscribes to "something was stored"; returns how to unsubscribe. */
  readonly changed: (listener: () => void) => () => void;
};

/** The sandbox as a mailbox: the same promises as IMAP, kept by our own store. */
export function createSandboxMailbox({ store, name, changed }: SandboxMailboxOptions): Mailbox {
  const doorbell = createDoorbell(changed);
  let folder = INBOX;
  return {
    name,
    folders: () => Promise.resolve([{ path: INBOX, spam: false }]),
    async open(path) {
      folder = path;
      return { path, uidValidity: await store.uidValidity(), readOnly: false };
    },
    list() {
      doorbell.answer(); // before the listing: what arrives while it runs must wake the next wait
      return store.list(folder);
    },
    fetch: (uids) => store.read(folder, uids),
    async fetchHeaders(uid) {
      const [found] = await store.read(folder, [uid]);
      return found === undefined ? null : { ...found, source: headerBlock(found.source) };
    },
    async markSeen(uids) {
      await store.addFlag(folder, uids, '\\Seen');
      return true;
    },
    move: (uids, toPath) => store.move(folder, uids, toPath),
    waitForChange: (maxMs, signal) => doorbell.wait(maxMs, signal),
    close() {
      doorbell.close();
      return Promise.resolve();
    },
  };
}

/** Remembers that it rang until somebody answers, so that no ring between two waits is missed. */
function createDoorbell(changed: SandboxMailboxOptions['changed']) {
  let rung = false;
  const waiting = new Set<() => void>();
  const ring = (): void => {
    rung = true;
    for (const wake of waiting) wake();
  };
  const unsubscribe = changed(ring);
  return {
    answer() {
      rung = false;
    },
    async wait(maxMs: number, signal: AbortSignal): Promise<void> {
      if (rung || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, maxMs);
        waiting.add(wake);
        signal.addEventListener('abort', wake);
      });
    },
    close() {
      unsubscribe();
      ring();
    },
  };
}

function headerBlock(source: Buffer | null): Buffer | null {
  const end = source?.indexOf('\r\n\r\n') ?? -1;
  return source === null || end < 0 ? source : source.subarray(0, end + 4);
}
