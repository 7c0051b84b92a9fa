import { readMailFile } from './read-mail-file.ts';

/** How to prove who we are. `secret` is a function so that no log or error can show it by accident, and so that a
 * rotated secret in a file is read again at every connect. */
export type MailLogin = {
  readonly user: string;
  readonly method: 'password' | 'xoauth2';
  secret(): Promise<string>;
};

export type MailServer = {
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte; `starttls` or nothing; `none` only on this machine. */
  readonly security: 'tls' | 'starttls' | 'none';
  /** PEM file with the authorities to trust instead of the public ones. */
  readonly caFile: string | null;
};

export type ImapServer = MailServer & {
  /** "imap.example.org/office@example.org": stable, and free of secrets. */
  readonly name: string;
  readonly login: MailLogin;
  /** Folders to watch besides INBOX and spam. */
  readonly folders: readonly string[];
};

/** A relay on this machine often wants no login. */
export type SmtpServer = MailServer & { readonly login: MailLogin | null };

/** `problem` is a sentence for the administrator; it repeats nothing of the URL, which may hold a password. */
export type MailUrlResult<Server> =
  { readonly kind: 'ok'; readonly server: Server } | { readonly kind: 'problem'; readonly problem: string };

/**
 * Reads one IMAP URL: `imaps://user:password@host[:993]`, or `imap://` to this machine, or
 * `imap://...?starttls=required`. Parameters: `folder` (repeatable), `auth=xoauth2` with `token-file`,
 * `password-file`, `ca-file`.
 */
export function parseImapUrl(text: string): MailUrlResult<ImapServer> {
  return attempt(() => {
    const url = readUrl(text, { tls: 'imaps', plain: 'imap', ports: { tls: 993, starttls: 143, none: 143 } });
    const login = readLogin(url);
    if (login === null) throw new UrlProblem('needs a user name and a password, password-file or token-file');
    const folders = url.parameters.getAll('folder');
    if (folders.some((folder) => folder === '')) throw new UrlProblem('has an empty folder parameter');
    return { ...url.server, name: `${url.server.host}/${login.user}`, login, folders };
  });
}

/** Reads one SMTP URL: as `parseImapUrl`, with `smtps://` and `smtp://`, without `folder`; the login may be absent. */
export function parseSmtpUrl(text: string): MailUrlResult<SmtpServer> {
  return attempt(() => {
    const url = readUrl(text, { tls: 'smtps', plain: 'smtp', ports: { tls: 465, starttls: 587, none: 25 } });
    if (url.parameters.has('folder')) throw new UrlProblem('has a folder parameter, which only a mailbox can have');
    return { ...url.server, login: readLogin(url) };
  });
}

type Schemes = { tls: string; plain: string; ports: Record<MailServer['security'], number> };
type ReadUrl = { server: MailServer; user: string; password: string; parameters: URLSearchParams };

/** Carries a sentence from the place that sees the problem to `attempt`; never leaves this file. */
class UrlProblem extends Error {}

function attempt<Server>(read: () => Server): MailUrlResult<Server> {
  try {
    return { kind: 'ok', server: read() };
  } catch (error) {
    if (error instanceof UrlProblem) return { kind: 'problem', problem: `the mail server URL ${error.message}` };
    throw error;
  }
}

const PARAMETERS = ['auth', 'token-file', 'password-file', 'ca-file', 'starttls', 'folder'];
const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/i;

function readUrl(text: string, schemes: Schemes): ReadUrl {
  const url = splitUrl(text, schemes);
  const parameters = url.searchParams;
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) throw new UrlProblem(`has a parameter other than ${PARAMETERS.join(', ')}`);
    if (name !== 'folder' && parameters.getAll(name).length > 1) throw new UrlProblem(`has ${name} more than once`);
  }
  const security = securityOf(url, schemes);
  return {
    server: {
      host: url.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
      port: url.port === '' ? schemes.ports[security] : Number(url.port),
      security,
      caFile: fileParameter(parameters, 'ca-file'),
    },
    user: decoded(url.username),
    password: decoded(url.password),
    parameters,
  };
}

// The WHATWG parser forgives more than is safe here: it strips spaces and line ends, and takes a bare "@" or "/" in a
// password for the end of it, so that half a password becomes the host.
function splitUrl(text: string, schemes: Schemes): URL {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  if (/[\s\u0000-\u001f\u007f]/.test(text)) throw new UrlProblem('contains a space or a line end');
  const [, authority = ''] = /^[a-z]+:\/\/([^/?#]*)/i.exec(text) ?? [];
  if (authority.split('@').length > 2) throw new UrlProblem('must have the "@" of a user name or password written %40');
  if (!URL.canParse(text))
    throw new UrlProblem(
      `is not of the form ${schemes.tls}://user:password@host:port (special characters must be percent-encoded)`,
    );
  const url = new URL(text);
  if (![`${schemes.tls}:`, `${schemes.plain}:`].includes(url.protocol)) {
    throw new UrlProblem(`must begin with ${schemes.tls}://`);
  }
  if (!HOST.test(url.hostname)) {
    throw new UrlProblem('has no valid host name (special characters in a password must be percent-encoded)');
  }
  if (!['', '/'].includes(url.pathname) || url.hash !== '' || url.port === '0') {
    throw new UrlProblem('must end after host and port (special characters in a password must be percent-encoded)');
  }
  return url;
}

function securityOf(url: URL, schemes: Schemes): MailServer['security'] {
  const starttls = url.searchParams.get('starttls');
  if (url.protocol === `${schemes.tls}:`) {
    if (starttls !== null) throw new UrlProblem(`has starttls, which goes with ${schemes.plain}:// only`);
    return 'tls';
  }
  if (starttls === 'required') return 'starttls';
  if (starttls !== null) throw new UrlProblem('has a starttls parameter that is not "required"');
  if (isLoopback(url.hostname)) return 'none';
  throw new UrlProblem(
    `would send the password in the clear: write ${schemes.tls}:// , or add ?starttls=required ` +
      `when the server speaks TLS only after STARTTLS`,
  );
}

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

function readLogin(url: ReadUrl): MailLogin | null {
  const { parameters, user, password } = url;
  const tokenFile = fileParameter(parameters, 'token-file');
  const passwordFile = fileParameter(parameters, 'password-file');
  const secrets = [password === '' ? null : password, tokenFile, passwordFile].filter((secret) => secret !== null);
  if (secrets.length > 1) throw new UrlProblem('must have only one of password, password-file and token-file');
  if ((tokenFile !== null) !== parameters.has('auth') || !['xoauth2', null].includes(parameters.get('auth'))) {
    throw new UrlProblem('must have auth=xoauth2 and token-file together, or neither');
  }
  if (user === '' && secrets.length === 0) return null;
  if (user === '' || secrets.length === 0) throw new UrlProblem('must have a user name and a secret, or neither');
  const file = tokenFile ?? passwordFile;
  return {
    user,
    method: tokenFile === null ? 'password' : 'xoauth2',
    secret: file === null ? () => Promise.resolve(password) : () => readMailFile(file, 'secret'),
  };
}

function fileParameter(parameters: URLSearchParams, name: string): string | null {
  const path = parameters.get(name);
  if (path !== null && !path.startsWith('/')) throw new UrlProblem(`must name ${name} by its absolute path`);
  return path;
}

function decoded(text: string): string {
  let plain: string;
  try {
    plain = decodeURIComponent(text);
  } catch {
    // Not decodable: a bare "%" in a password.
    throw new UrlProblem('has a "%" in user name or password that must be written %25');
  }
  // oxlint-disable-next-line no-control-regex -- a line end in a user name would become a command of its own
  if (/[\u0000-\u001f\u007f]/.test(plain)) throw new UrlProblem('has a control character in user name or password');
  return plain;
}
