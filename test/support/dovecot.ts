import { spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDebianPackage } from './debian-package.ts';
import { freeLoopbackPort } from './free-loopback-port.ts';
import { createTestAuthority } from './test-certificates.ts';

const USER = 'office@example.cn';
const PASSWORD = 'sesame/open@2014';
const STARTUP_MS = 20_000;

export type DovecotOptions = {
  /** Hierarchy separator of the only namespace. "." together with the prefix "INBOX." is the other common layout. */
  readonly separator?: '/' | '.';
  readonly prefix?: string;
  /** Folder that exists from the start and is announced with \Junk. */
  readonly spamFolder?: string;
  /** What CAPABILITY says, instead of everything Dovecot can. */
  readonly capability?: string;
};

export type Dovecot = {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Port with TLS from the first byte; the certificate is for "localhost" and 127.0.0.1, signed by `caFile`. */
  readonly tlsPort: number;
  readonly caFile: string;
  readonly user: string;
  readonly password: string;
  /** Drops a message into a folder the way a delivery agent does: written aside, then renamed into new/. */
  deliver(raw: Buffer | string, folder?: string): Promise<void>;
  /** Forgets all UIDs of a folder; the next SELECT shows another UIDVALIDITY. */
  resetUidValidity(folder?: string): Promise<void>;
  /** Folders as stored, INBOX first, with "/" between levels whatever the wire says. */
  listFolders(): Promise<string[]>;
  /** Bytes of every message of a folder, in no promised order. */
  messages(folder?: string): Promise<Buffer[]>;
  /** Orderly stop; the mail stays. */
  stop(): Promise<void>;
  /** SIGKILL of the server and of every session; the mail stays. */
  kill(): Promise<void>;
  /** Starts again on the same ports after `stop` or `kill`. */
  restart(): Promise<void>;
  /** Stops and removes everything. */
  close(): Promise<void>;
};

/** A real Dovecot with one user, an empty Maildir, and nothing shared with a Dovecot of the machine. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  await ensureDebianPackage('dovecot-imapd');
  const owner = unprivileged();
  const directory = await mkdtemp(join(tmpdir(), 'dovecot-test-'));
  const mailDirectory = join(directory, 'mail');
  const authority = await createTestAuthority(directory);
  const certificate = await authority.issue({ hosts: ['localhost', '127.0.0.1'] });
  const port = await freeLoopbackPort();
  const tlsPort = await freeLoopbackPort();
  const configuration = describeServer({ directory, port, tlsPort, owner: owner.name, certificate, options });
  await writeFile(join(directory, 'dovecot.conf'), configuration);
  await mkdir(join(directory, 'run'));
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(mailDirectory, part), { recursive: true });
  await giveTo(owner, directory);

  let server = await launch(directory, port, owner);
  let delivered = 0;
  const folderDirectory = (folder: string): string => join(mailDirectory, maildirName(folder));

  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    caFile: authority.caFile,
    user: USER,
    password: PASSWORD,
    async deliver(raw, folder = 'INBOX') {
      delivered += 1;
      const name = `${Math.floor(Date.now() / 1000)}.M${delivered}P${process.pid}.test`;
      const target = folderDirectory(folder);
      for (const part of ['cur', 'new', 'tmp']) {
        if ((await mkdir(join(target, part), { recursive: true })) !== undefined) await giveTo(owner, target);
      }
      await writeFile(join(target, 'tmp', name), raw);
      await giveTo(owner, join(target, 'tmp', name));
      await rename(join(target, 'tmp', name), join(target, 'new', name));
    },
    async resetUidValidity(folder = 'INBOX') {
      const target = folderDirectory(folder);
      const bookkeeping = (await readdir(target)).filter((name) => /^dovecot(\.index|-uidlist)/.test(name));
      for (const name of bookkeeping) await rm(join(target, name));
    },
    async listFolders() {
      const entries = (await readdir(mailDirectory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
      const stored = entries.filter((entry) => entry.name.startsWith('.')).map((entry) => folderName(entry.name));
      return ['INBOX', ...stored.toSorted()];
    },
    async messages(folder = 'INBOX') {
      const target = folderDirectory(folder);
      const files = await Promise.all(['cur', 'new'].map((part) => filesIn(join(target, part))));
      return Promise.all(files.flat().map((file) => readFile(file)));
    },
    async stop() {
      await endProcess(server, 'SIGTERM');
    },
    async kill() {
      await endProcess(server, 'SIGKILL');
    },
    async restart() {
      server = await launch(directory, port, owner);
    },
    async close() {
      await endProcess(server, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** `ids` is null when the tests already run as that user. */
type Owner = { readonly name: string; readonly ids: { readonly uid: number; readonly gid: number } | null };

// Dovecot refuses to read mail as root. All of it runs as one unprivileged user, so that it needs no user of its own
// and starts the same way from an ordinary account.
function unprivileged(): Owner {
  if (process.getuid?.() !== 0) return { name: userInfo().username, ids: null };
  return { name: 'nobody', ids: { uid: 65534, gid: 65534 } };
}

async function giveTo(owner: Owner, path: string): Promise<void> {
  if (owner.ids === null) return;
  await chown(path, owner.ids.uid, owner.ids.gid);
  if (!(await stat(path)).isDirectory()) return;
  for (const name of await readdir(path)) await giveTo(owner, join(path, name));
}

function describeServer(server: {
  directory: string;
  port: number;
  tlsPort: number;
  owner: string;
  certificate: { certFile: string; keyFile: string };
  options: DovecotOptions;
}): string {
  const { directory, options } = server;
  return `
base_dir = ${directory}/run
log_path = ${directory}/dovecot.log
protocols = imap
default_internal_user = ${server.owner}
default_login_user = ${server.owner}
default_internal_group =
default_vsz_limit = 1G
first_valid_uid = 1
listen = 127.0.0.1
ssl = yes
ssl_cert = <${server.certificate.certFile}
ssl_key = <${server.certificate.keyFile}
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${directory}/mail
mail_fsync = never
mail_max_userip_connections = 200
${options.capability === undefined ? '' : `imap_capability = ${options.capability}`}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${server.port}
  }
  inet_listener imaps {
    port = ${server.tlsPort}
    ssl = yes
  }
}
passdb {
  driver = static
  args = user=${USER} password=${PASSWORD}
}
userdb {
  driver = static
  args = home=${directory}/home uid=${server.owner}
}
namespace {
  inbox = yes
  separator = ${options.separator ?? '/'}
  prefix = ${options.prefix ?? ''}
  ${
    options.spamFolder === undefined
      ? ''
      : `mailbox "${options.spamFolder}" {
    special_use = \\Junk
    auto = create
  }`
  }
}
`;
}

async function launch(directory: string, port: number, owner: Owner): Promise<ChildProcess> {
  // A process group of its own: SIGKILL must reach the sessions too.
  const server = spawn('dovecot', ['-F', '-c', join(directory, 'dovecot.conf')], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...owner.ids,
  });
  let complaint = '';
  server.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const deadline = Date.now() + STARTUP_MS;
  while (!(await answers(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      const log = await readFile(join(directory, 'dovecot.log'), 'utf8').catch(() => 'no log was written');
      throw new Error(`Dovecot did not start: ${complaint}${log}`);
    }
    await sleep(20);
  }
  return server;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function endProcess(server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  process.kill(signal === 'SIGKILL' ? -server.pid : server.pid, signal);
  await ended;
}

async function filesIn(directory: string): Promise<string[]> {
  return (await readdir(directory)).map((name) => join(directory, name));
}

// Maildir++: INBOX is the root, every other folder a directory beside it, levels joined by dots, names in the modified
// UTF-7 of RFC 3501 5.1.3.
function maildirName(folder: string): string {
  return folder === 'INBOX' ? '' : `.${folder.split('/').map(modifiedUtf7).join('.')}`;
}

function folderName(stored: string): string {
  return stored
    .slice(1)
    .replaceAll('.', '/')
    .replace(/&([^-]*)-/g, (_whole, coded: string) => (coded === '' ? '&' : fromModifiedBase64(coded)));
}

function modifiedUtf7(text: string): string {
  return text.replace(/&/g, '&-').replace(/[^\x20-\x7e]+/g, (run) => {
    const coded = Buffer.from(run, 'utf16le').swap16().toString('base64');
    return `&${coded.replaceAll('/', ',').replace(/=+$/, '')}-`;
  });
}

function fromModifiedBase64(coded: string): string {
  return Buffer.from(coded.replaceAll(',', '/'), 'base64').swap16().toString('utf16le');
}
