import { z } from 'zod';

/** May also be given as `..._FILE`, the name of a file that holds the value. Never printed. */
export const SECRET_KEYS = ['DATABASE_URL', 'REDIS_URL', 'IMAP_URL', 'SMTP_URL', 'METRICS_TOKEN', 'DATA_KEY'] as const;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Every key, in the order of the documents, which are generated from the descriptions here. */
export const CONFIG_SCHEMA = z.object({
  OFFICE_ADDRESS: z
    .string()
    .refine(isPlainAddress, 'must be one plain mail address')
    .transform(withLowerCaseDomain)
    .optional()
    .describe(
      'The published mailbox, as citizens write it. Letters come from it and mail from it is never answered. Required ' +
        'together with IMAP_URL or SMTP_URL; without them the sandbox uses xiaoneng@sandbox.example. The masked address ' +
        'of the published notice is refused.',
    ),
  IMAP_URL: z
    .string()
    .transform((text) => text.split(/\s+/u).filter((part) => part !== ''))
    .refine(
      (urls) => urls.every((url) => /^imaps?:\/\/./iu.test(url)),
      'must hold imaps:// addresses, separated by spaces',
    )
    .optional()
    .describe(
      'Mailboxes to read: imaps://user:password@host:port, several separated by spaces, user and password ' +
        'percent-encoded. imap:// needs ?starttls=required, except to this machine. Further parameters: ' +
        'docs/operations.md. Default: the sandbox mailbox.',
    ),
  SMTP_URL: z
    .string()
    .refine((url) => /^smtps?:\/\/\S+$/iu.test(url), 'must be one smtps:// address')
    .optional()
    .describe(
      'Where letters are handed over: smtps://user:password@host:port, with the same rules as IMAP_URL. A relay of your ' +
        'own on this machine (smtp://127.0.0.1:25) is best. Default: the sandbox mailbox.',
    ),
  BOUNCE_ADDRESS_DOMAIN: z
    .string()
    .transform((text) => text.toLowerCase())
    .refine((text) => DOMAIN.test(text), 'must be a domain name')
    .optional()
    .describe(
      'Domain of the envelope senders bounce+TOKEN@... that take delivery reports. Its mail must reach one of the ' +
        'mailboxes of IMAP_URL. Default: the domain of OFFICE_ADDRESS.',
    ),
  AUTHSERV_ID: z
    .string()
    .optional()
    .describe(
      'Name under which your own border server writes Authentication-Results (RFC 8601). Results under any other name ' +
        'are ignored. Default: none are believed.',
    ),
  POLL_SECONDS: wholeNumber(1, 3600, 30).describe(
    'Seconds between two full listings of a mailbox. New mail is usually seen at once through IDLE; this is the net ' +
      'under it. Default 30.',
  ),
  ACK_PER_HOUR: wholeNumber(1, 999_999, 600).describe(
    'Acknowledgements sent in any hour to all senders together; the rest waits and is merged. The caps for one sender ' +
      'and one domain are fixed. Default 600.',
  ),
  TRANSCRIPTS_DIR: z
    .string()
    .optional()
    .describe(
      'Folder into which the telephone system drops transcripts; relative to the checkout. Files are read, never ' +
        'changed. Default: no folder is watched.',
    ),
  PUBLIC_URL: z
    .string()
    .refine(isPublicUrl, 'must be an https:// address without a path (http:// for loopback only)')
    .transform((text) => text.replace(/\/$/u, ''))
    .optional()
    .describe(
      'Address under which this program is reached from other machines; requests that name another host are refused. ' +
        'https:// except on loopback. ' +
        'Default http://localhost:HTTP_PORT.',
    ),
  HTTP_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Interface that the API listens on. Default 127.0.0.1: this machine only.'),
  HTTP_PORT: wholeNumber(0, 65_535, 8080).describe('TCP port of the API; 0 takes any free one. Default 8080.'),
  SESSION_IDLE_MINUTES: wholeNumber(1, 720, 30).describe(
    'Minutes after which a desk in a browser that nobody touches must sign in again. Every session ends after 12 hours. ' +
      'Default 30.',
  ),
  CLAIM_MINUTES: wholeNumber(1, 1440, 30).describe(
    'Minutes for which a case stays in hand after the last thing that its holder did to it; then others may take it. ' +
      'Default 30.',
  ),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe(
      'Bearer token for GET /metrics from other machines, at least 16 characters. Default: none, then only loopback may ask.',
    ),
  DATABASE_URL: databaseUrl(['postgres:', 'postgresql:'])
    .optional()
    .describe(
      'PostgreSQL, 15 or later: postgres://user:password@host:port/database. The user must own the database and be ' +
        'neither superuser nor BYPASSRLS. Default: the embedded PostgreSQL under DATA_DIR.',
    ),
  REDIS_URL: databaseUrl(['redis:', 'rediss:'])
    .optional()
    .describe(
      'Redis for the queue: redis://... or rediss://..., with maxmemory-policy noeviction. It only ever holds hints. ' +
        'Default: the queue runs on PostgreSQL.',
    ),
  DATA_DIR: z
    .string()
    .default('.data')
    .describe(
      'Folder for everything this machine keeps by itself: the embedded database and the data key; relative to the ' +
        'checkout. Default .data. Back it up, or set DATABASE_URL and DATA_KEY.',
    ),
  EMBEDDED_POSTGRES_DIR: z
    .string()
    .optional()
    .describe(
      'Folder for the embedded database, and a copy of its programs, when the service is started as root from a folder ' +
        'that other users cannot enter (PostgreSQL never runs as root). Default: inside DATA_DIR.',
    ),
  DATA_KEY: z
    .string()
    .transform((text, context) => {
      const key = Buffer.from(text, 'base64');
      if (key.length === 32 && key.toString('base64').replace(/=+$/u, '') === text.replace(/=+$/u, '')) return key;
      context.addIssue({ code: 'custom', message: 'must be 32 bytes in base64' });
      return z.NEVER;
    })
    .optional()
    .describe(
      'Key that seals identities: 32 random bytes in base64 (openssl rand -base64 32), the same for all processes. ' +
        'Default: created once as DATA_DIR/keys/data.key. Without it sealed identities are lost for ever.',
    ),
  SANDBOX_SMTP_PORT: wholeNumber(0, 65_535, 2525).describe(
    'TCP port on loopback where the sandbox mailbox takes mail when IMAP_URL is not set; 0 takes any free one. Default 2525.',
  ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`)
    .default('info')
    .describe(`Least level that is logged: ${LOG_LEVELS.join(', ')}. No level logs personal data. Default info.`),
});

export type ConfigKey = keyof typeof CONFIG_SCHEMA.shape;
export type ParsedValues = z.output<typeof CONFIG_SCHEMA>;

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/u;

function isPlainAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  return /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/u.test(local) && DOMAIN.test(text.slice(at + 1).toLowerCase());
}

/** The part before the @ may mean something by its case (RFC 5321 2.4); the domain never does. */
function withLowerCaseDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const encrypted = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  return encrypted && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

/** RFC 6761 6.3, RFC 1122 3.2.1.3, RFC 4291 2.5.3. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
}

function databaseUrl(protocols: readonly string[]) {
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must begin with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
}

function wholeNumber(least: number, most: number, standard: number) {
  const problem = `must be a whole number from ${String(least)} to ${String(most)}`;
  return z
    .string()
    .refine((text) => /^\d{1,6}$/u.test(text) && Number(text) >= least && Number(text) <= most, problem)
    .transform(Number)
    .default(standard);
}
