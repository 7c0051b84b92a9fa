import type { Mailer } from '../casework/ports.ts';
import type { House } from '../compose.ts';
import { connectImapMailbox } from '../mailbox/imap-mailbox.ts';
import type { ImapEvent } from '../mailbox/imap-session.ts';
import { parseImapUrl, parseSmtpUrl, type ImapServer, type MailUrlResult } from '../mailbox/parse-mail-url.ts';
import { createSandboxMailbox, createSandboxSmtp } from '../mailbox/sandbox-mailbox.ts';
import { createSmtpMailer } from '../mailbox/smtp-mailer.ts';
import { Fault } from '../platform/fault.ts';
import { createSandboxStore } from '../store/sandbox-messages.ts';
import type { MailboxSource } from './mailbox-role.ts';

export type Sandbox = { readonly port: number; readonly store: ReturnType<typeof createSandboxStore> };

export type MailServers = {
  readonly mailboxes: readonly MailboxSource[];
  /** null: no SMTP_URL, and no sandbox in this process. */
  readonly mailer: Mailer | null;
  /** null when the installation has a mailbox of its own, or this process is one worker among others. */
  readonly sandbox: Sandbox | null;
};

/**
 * The mail servers of the configuration. Where there are none and `sandbox` allows it, a mail server on this machine that
 * behaves the same: only for a process that runs everything, or several of them would fight for its port.
 */
export async function openMailServers(house: House, sandbox: boolean): Promise<MailServers> {
  const { imapUrls, smtpUrl } = house.config;
  const own = smtpUrl === null ? null : smtpMailer(smtpUrl);
  if ((imapUrls.length > 0 && own !== null) || !sandbox) {
    return { mailboxes: imapUrls.length > 0 ? mailboxSources(house) : [], mailer: own, sandbox: null };
  }
  const listeners = new Set<() => void>();
  const opened = await openSandbox(house, () => {
    for (const listener of listeners) listener();
  });
  const mailboxes = mailboxSources(house, (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  });
  const server = { host: '127.0.0.1', port: opened.port, security: 'none', caFile: null, login: null } as const;
  return { mailboxes, mailer: own ?? createSmtpMailer({ server }), sandbox: opened };
}

/** Where mail comes from, without opening anything. `changed` subscribes to arrivals in the sandbox of this process. */
export function mailboxSources(
  house: House,
  changed: (listener: () => void) => () => void = () => () => undefined,
): readonly MailboxSource[] {
  const own = house.config.imapUrls.map((url) => imapSource(house, required('IMAP_URL', parseImapUrl(url))));
  if (own.length > 0) return own;
  const store = createSandboxStore(house.database.db);
  const name = `sandbox/${house.config.officeAddress}`;
  return [{ name, connect: () => Promise.resolve(createSandboxMailbox({ store, name, changed })) }];
}

function smtpMailer(url: string): Mailer {
  return createSmtpMailer({ server: required('SMTP_URL', parseSmtpUrl(url)) });
}

function imapSource(house: House, server: ImapServer): MailboxSource {
  const onEvent = (event: ImapEvent): void => house.log.debug({ mailbox: server.name, event }, 'mailbox event');
  return { name: server.name, connect: () => connectImapMailbox({ server, onEvent }) };
}

function required<Server>(key: string, parsed: MailUrlResult<Server>): Server {
  if (parsed.kind === 'ok') return parsed.server;
  throw new Fault('config.invalid', `${key}: ${parsed.problem}`);
}

async function openSandbox(house: House, onMail: () => void): Promise<Sandbox> {
  const store = createSandboxStore(house.database.db);
  const smtp = await createSandboxSmtp({
    port: house.config.sandboxSmtpPort,
    host: '127.0.0.1',
    officeAddresses: house.ownAddresses,
    store,
    onMail,
  });
  house.shutdown.add('sandbox mail server', () => smtp.close());
  return { port: smtp.port, store };
}
