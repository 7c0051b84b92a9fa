import { resolve } from 'node:path';
import { CONFIG_SCHEMA, SECRET_KEYS, type ConfigKey, type ParsedValues } from './config-schema.ts';
import { projectRoot } from './project-root.ts';

/** Everything a process needs to know from outside, parsed once, trusted afterwards. docs/configuration.md explains each. */
export type Config = {
  /** null: the embedded database under `dataDir`. */
  readonly databaseUrl: string | null;
  /** null: the queue runs on PostgreSQL. */
  readonly redisUrl: string | null;
  /** As given: src/mailbox/parse-mail-url.ts takes them apart. Empty: the sandbox mailbox. */
  readonly imapUrls: readonly string[];
  /** null: the sandbox mailbox. */
  readonly smtpUrl: string | null;
  readonly officeAddress: string;
  readonly bounceAddressDomain: string | null;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly httpHost: string;
  readonly httpPort: number;
  /** Absolute. */
  readonly dataDir: string;
  /** Absolute; null: under `dataDir`. */
  readonly embeddedPostgresDir: string | null;
  readonly sandboxSmtpPort: number;
  /** Absolute; null: no folder is watched. */
  readonly transcriptsDir: string | null;
  readonly authservId: string | null;
  readonly logLevel: string;
  readonly sessionIdleMinutes: number;
  readonly claimMinutes: number;
  readonly metricsToken: string | null;
  readonly dataKey: Buffer | null;
  readonly pollSeconds: number;
  readonly ackPerHour: number;
};

/** One thing wrong with the configuration. `problem` never holds the value of a key. */
export type ConfigProblem = { readonly key: string; readonly problem: string };

export type LoadedConfig =
  | { readonly kind: 'ok'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] };

/** Answers mail that nobody outside this machine can send. `.example` can never exist (RFC 2606). */
const SANDBOX_ADDRESS = 'xiaoneng@sandbox.example';

/** Left over from a sample file, or copied from the notice, whose published copy masks the address. */
const PLACEHOLDER = /changeme|email\W{0,8}protected/iu;

type Values = Partial<Record<ConfigKey, string>>;

/**
 * Reads the configuration and reports every problem at once.
 * @param env usually `process.env`; empty values count as absent, unknown keys are none of our business
 * @param readFile reads the file behind a `..._FILE` key; throws when it cannot
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
): LoadedConfig {
  const problems: ConfigProblem[] = [];
  const values = readValues(env, readFile, problems);
  const parsed = CONFIG_SCHEMA.safeParse(values);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => ({ key: issue.path.join('.'), problem: issue.message })));
  }
  problems.push(...contradictions(values));
  if (!parsed.success || problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'ok', config: configOf(parsed.data) };
}

function configOf(given: ParsedValues): Config {
  return {
    databaseUrl: orNull(given.DATABASE_URL),
    redisUrl: orNull(given.REDIS_URL),
    imapUrls: given.IMAP_URL ?? [],
    smtpUrl: orNull(given.SMTP_URL),
    officeAddress: given.OFFICE_ADDRESS ?? SANDBOX_ADDRESS,
    bounceAddressDomain: orNull(given.BOUNCE_ADDRESS_DOMAIN),
    publicUrl: given.PUBLIC_URL ?? `http://localhost:${String(given.HTTP_PORT)}`,
    httpHost: given.HTTP_HOST,
    httpPort: given.HTTP_PORT,
    dataDir: absolute(given.DATA_DIR),
    embeddedPostgresDir: orNull(given.EMBEDDED_POSTGRES_DIR, absolute),
    sandboxSmtpPort: given.SANDBOX_SMTP_PORT,
    transcriptsDir: orNull(given.TRANSCRIPTS_DIR, absolute),
    authservId: orNull(given.AUTHSERV_ID),
    logLevel: given.LOG_LEVEL,
    sessionIdleMinutes: given.SESSION_IDLE_MINUTES,
    claimMinutes: given.CLAIM_MINUTES,
    metricsToken: orNull(given.METRICS_TOKEN),
    dataKey: orNull(given.DATA_KEY),
    pollSeconds: given.POLL_SECONDS,
    ackPerHour: given.ACK_PER_HOUR,
  };
}

function orNull<Value>(value: Value | undefined, change: (value: Value) => Value = (same) => same): Value | null {
  return value === undefined ? null : change(value);
}

/** Relative folders are relative to the checkout, so that every command finds the same data wherever it is run. */
function absolute(folder: string): string {
  return resolve(projectRoot(), folder);
}

function readValues(
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  problems: ConfigProblem[],
): Values {
  const values: Values = {};
  for (const key of CONFIG_SCHEMA.keyof().options) {
    const value = isSecret(key) ? readSecret(key, env, readFile, problems) : env[key];
    if (value === undefined || value === '') continue;
    if (PLACEHOLDER.test(value)) problems.push({ key, problem: 'still holds a placeholder; put the real value in' });
    else values[key] = value;
  }
  return values;
}

function isSecret(key: ConfigKey): boolean {
  return (SECRET_KEYS as readonly ConfigKey[]).includes(key);
}

function readSecret(
  key: ConfigKey,
  env: Readonly<Record<string, string | undefined>>,
  readFile: (path: string) => string,
  problems: ConfigProblem[],
): string | undefined {
  const path = env[`${key}_FILE`];
  if (path === undefined || path === '') return env[key];
  if (env[key] !== undefined && env[key] !== '') {
    problems.push({ key, problem: `give either ${key} or ${key}_FILE, not both` });
    return undefined;
  }
  try {
    return readFile(path).trim(); // an editor ends a file with a newline; no secret does
  } catch {
    problems.push({ key: `${key}_FILE`, problem: 'names a file that cannot be read' });
    return undefined;
  }
}

/** What no single key can tell. Looks at what was given, not at what parsed, so that nothing waits for a second run. */
function contradictions(values: Values): ConfigProblem[] {
  const real = (['IMAP_URL', 'SMTP_URL'] as const).filter((key) => values[key] !== undefined);
  if (real.length === 0 || values.OFFICE_ADDRESS !== undefined) return [];
  return [{ key: 'OFFICE_ADDRESS', problem: `is needed with ${real.join(' and ')}: the published mailbox, in full` }];
}
