import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_SCHEMA, SECRET_KEYS } from '../../../src/platform/config-schema.ts';
import { loadConfig, type Config } from '../../../src/platform/config.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const REAL = {
  OFFICE_ADDRESS: 'office@example.org',
  IMAP_URL: 'imaps://office%40example.org:s%C3%A9same@imap.example.org:993',
  SMTP_URL: 'smtps://office:open@smtp.example.org',
};

function noFile(path: string): string {
  throw new Error(`no such file: ${path}`);
}

function ok(env: Record<string, string>, readFile = noFile): Config {
  const loaded = loadConfig(env, readFile);
  if (loaded.kind === 'ok') return loaded.config;
  throw new Error(JSON.stringify(loaded.problems));
}

function keysWithProblems(env: Record<string, string>, readFile = noFile): string[] {
  const loaded = loadConfig(env, readFile);
  return loaded.kind === 'ok' ? [] : loaded.problems.map(({ key }) => key).toSorted();
}

describe('the configuration', () => {
  it('needs nothing at all: then everything runs on this machine, and mail stays in the sandbox', () => {
    expect(ok({})).toEqual({
      databaseUrl: null,
      redisUrl: null,
      imapUrls: [],
      smtpUrl: null,
      officeAddress: 'xiaoneng@sandbox.example',
      bounceAddressDomain: null,
      publicUrl: 'http://localhost:8080',
      httpHost: '127.0.0.1',
      httpPort: 8080,
      dataDir: `${projectRoot()}/.data`,
      embeddedPostgresDir: null,
      sandboxSmtpPort: 2525,
      transcriptsDir: null,
      authservId: null,
      logLevel: 'info',
      metricsToken: null,
      dataKey: null,
      pollSeconds: 30,
      ackPerHour: 600,
      sessionIdleMinutes: 30,
      claimMinutes: 30,
    });
  });

  it('reads several mailboxes, separated by spaces', () => {
    const { imapUrls } = ok({ ...REAL, IMAP_URL: ' imaps://a:1@one.example   imap://b:2@127.0.0.1:1143\n' });
    expect(imapUrls).toEqual(['imaps://a:1@one.example', 'imap://b:2@127.0.0.1:1143']);
  });

  it('treats an empty value as absent', () => {
    expect(ok({ DATABASE_URL: '', HTTP_PORT: '', DATA_KEY_FILE: '' })).toEqual(ok({}));
  });

  it('ignores keys that are not ours', () => {
    expect(ok({ PATH: '/bin', SHOULI_WHATEVER: 'x' })).toEqual(ok({}));
  });

  it('reports every problem at once', () => {
    const env = { HTTP_PORT: 'eighty', LOG_LEVEL: 'loud', SMTP_URL: 'ftp://x', DATA_KEY: 'short', POLL_SECONDS: '0' };
    expect(keysWithProblems(env)).toEqual([
      'DATA_KEY',
      'HTTP_PORT',
      'LOG_LEVEL',
      'OFFICE_ADDRESS',
      'POLL_SECONDS',
      'SMTP_URL',
    ]);
  });

  it.each(['IMAP_URL', 'SMTP_URL'] as const)('has no default mailbox address once %s is real', (key) => {
    expect(keysWithProblems({ [key]: REAL[key] })).toEqual(['OFFICE_ADDRESS']);
  });

  it.each([
    '[email\u00a0protected]',
    '[email protected]',
    'changeme@example.org',
    'office',
    'a@b@c',
    'a b@example.org',
  ])('refuses %j as the address of the office', (address) => {
    expect(keysWithProblems({ ...REAL, OFFICE_ADDRESS: address })).toContain('OFFICE_ADDRESS');
  });

  it('refuses a placeholder wherever it stands', () => {
    expect(keysWithProblems({ ...REAL, IMAP_URL: 'imaps://office:ChangeMe@imap.example.org' })).toEqual(['IMAP_URL']);
  });

  it.each([
    'http://shouli.example.org',
    'https://shouli.example.org/path',
    'https://user@shouli.example.org',
    'shouli',
  ])('refuses %s as the address that citizens open', (url) => {
    expect(keysWithProblems({ PUBLIC_URL: url })).toEqual(['PUBLIC_URL']);
  });

  it.each(['http://localhost:8080/', 'http://127.0.0.1', 'https://shouli.example.org'])('accepts %s as that', (url) => {
    expect(keysWithProblems({ PUBLIC_URL: url })).toEqual([]);
  });

  it('gives public addresses without a trailing slash', () => {
    expect(ok({ PUBLIC_URL: 'https://shouli.example.org/' }).publicUrl).toBe('https://shouli.example.org');
  });

  it('reads every secret from a file as well, without the newline at its end', () => {
    const values: Record<string, string> = {
      DATABASE_URL: 'postgres://u:p@db.example/shouli',
      REDIS_URL: 'rediss://redis.example',
      METRICS_TOKEN: 'a-token-of-enough-letters',
      DATA_KEY: KEY,
      IMAP_URL: REAL.IMAP_URL,
      SMTP_URL: REAL.SMTP_URL,
    };
    const files = Object.fromEntries(SECRET_KEYS.map((key) => [`${key}_FILE`, `/run/secrets/${key}`]));
    const readFile = (path: string): string => `${values[path.slice('/run/secrets/'.length)] ?? ''}\n`;
    const address = { OFFICE_ADDRESS: REAL.OFFICE_ADDRESS };
    expect(ok({ ...files, ...address }, readFile)).toEqual(ok({ ...values, ...address }));
  });

  it('does not guess which of a value and a file is meant', () => {
    expect(keysWithProblems({ DATA_KEY: KEY, DATA_KEY_FILE: '/run/secrets/key' }, () => KEY)).toEqual(['DATA_KEY']);
  });

  it('says which file cannot be read', () => {
    expect(keysWithProblems({ DATA_KEY_FILE: '/run/secrets/key' })).toEqual(['DATA_KEY_FILE']);
  });

  it('reads no file for a key that is not secret', () => {
    expect(ok({ HTTP_PORT_FILE: '/run/secrets/port' })).toEqual(ok({}));
  });

  it('never repeats a value in a problem, and never throws', () => {
    const keys = CONFIG_SCHEMA.keyof().options;
    const value = fc.oneof(
      fc.string({ minLength: 6 }),
      fc
        .constantFrom('imaps://', 'postgres://')
        .chain((scheme) => fc.string().map((rest) => `${scheme}u:canary-${rest}`)),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (env) => {
        const loaded = loadConfig(env, noFile);
        const said = loaded.kind === 'ok' ? '' : loaded.problems.map(({ problem }) => problem).join('\n');
        expect(said).not.toContain('canary');
        for (const given of Object.values(env)) if (given.trim().length > 12) expect(said).not.toContain(given);
      }),
    );
  });

  it('is documented: every key says what it means and what it is by default', () => {
    for (const [key, schema] of Object.entries(CONFIG_SCHEMA.shape)) {
      expect(schema.description, key).toMatch(/Default|Required/u);
    }
  });
});
