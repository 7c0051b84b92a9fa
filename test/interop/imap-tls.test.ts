import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import { startDovecot, type Dovecot } from '../support/dovecot.ts';
import { createTestAuthority, type TestAuthority } from '../support/test-certificates.ts';
import { imapServer } from './mail-url.ts';
import { startRudeImapServer, type RudeImapServer } from './rude-imap-server.ts';

const LOGIN = 'office%40example.cn:sesame%2Fopen%402014';
let directory: string;
let authority: TestAuthority;
let dovecot: Dovecot;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'imap-tls-test-'));
  authority = await createTestAuthority(directory);
  dovecot = await startDovecot();
});
afterAll(async () => {
  await dovecot.close();
  await rm(directory, { recursive: true });
});

async function tryRude(server: RudeImapServer, url: string): Promise<unknown> {
  const outcome: unknown = await connectImapMailbox({ server: imapServer(url), timeouts: { greetingMs: 2_000 } }).then(
    (mailbox) => mailbox.close(),
    (error: unknown) => error,
  );
  await server.close();
  return outcome;
}

async function rudeWithCertificate(wish: { hosts: string[]; expired?: boolean }): Promise<RudeImapServer> {
  return startRudeImapServer({ tls: await authority.issue(wish) });
}

test('a certificate of the authority in ca-file is accepted, with TLS from the start and after STARTTLS', async () => {
  for (const url of [
    `imaps://${LOGIN}@localhost:${dovecot.tlsPort}?ca-file=${dovecot.caFile}`,
    `imap://${LOGIN}@localhost:${dovecot.port}?starttls=required&ca-file=${dovecot.caFile}`,
  ]) {
    const mailbox = await connectImapMailbox({ server: imapServer(url) });
    expect(await mailbox.open('INBOX')).toMatchObject({ path: 'INBOX' });
    await mailbox.close();
  }
});

test('a certificate of nobody that we know is refused, with TLS from the start and after STARTTLS', async () => {
  for (const url of [
    `imaps://${LOGIN}@localhost:${dovecot.tlsPort}`,
    `imap://${LOGIN}@localhost:${dovecot.port}?starttls=required`,
  ]) {
    await expect(connectImapMailbox({ server: imapServer(url) })).rejects.toMatchObject({
      code: 'imap.protocol',
      retryable: true,
      details: { reason: 'certificate' },
    });
  }
});

test('an expired certificate is refused before any command', async () => {
  const server = await rudeWithCertificate({ hosts: ['localhost'], expired: true });
  const fault = await tryRude(server, `imaps://${LOGIN}@localhost:${server.port}?ca-file=${authority.caFile}`);
  expect(fault).toMatchObject({ code: 'imap.protocol', details: { code: 'CERT_HAS_EXPIRED', reason: 'certificate' } });
  expect(server.commands).toEqual([]);
});

test('a certificate for another host is refused before any command', async () => {
  const server = await rudeWithCertificate({ hosts: ['mail.example.org'] });
  const fault = await tryRude(server, `imaps://${LOGIN}@localhost:${server.port}?ca-file=${authority.caFile}`);
  expect(fault).toMatchObject({ code: 'imap.protocol', details: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  expect(server.commands).toEqual([]);
});

test('a good certificate of our authority is accepted by the same path that refuses the bad ones', async () => {
  const server = await rudeWithCertificate({ hosts: ['localhost'] });
  const fault = await tryRude(server, `imaps://${LOGIN}@localhost:${server.port}?ca-file=${authority.caFile}`);
  expect(fault).toBeUndefined();
});

test('a server that offers no STARTTLS, or greets as logged in already, never sees the password', async () => {
  for (const greeting of ['* OK hello\r\n', '* PREAUTH hello\r\n']) {
    const server = await startRudeImapServer({ greeting: { say: greeting } });
    const fault = await tryRude(server, `imap://${LOGIN}@localhost:${server.port}?starttls=required`);
    expect(fault).toMatchObject({ code: 'imap.protocol', retryable: true, details: { reason: 'tls' } });
    expect(server.commands.map((command) => command.name)).not.toContain('LOGIN');
    expect(server.commands.map((command) => command.name)).not.toContain('AUTHENTICATE');
  }
});

test('what follows the answer to STARTTLS in clear text is an attack', async () => {
  const server = await startRudeImapServer({
    capability: 'IMAP4rev1 STARTTLS',
    answer: ({ name }) =>
      name === 'STARTTLS' ? { say: '{tag} OK begin\r\n* OK [CAPABILITY IMAP4rev1] injected\r\n' } : undefined,
  });
  const fault = await tryRude(server, `imap://${LOGIN}@localhost:${server.port}?starttls=required`);
  expect(fault).toMatchObject({ code: 'imap.protocol', details: { reason: 'tls' } });
});

test('plain text where TLS is expected is a matter of TLS, not of the network', async () => {
  const server = await startRudeImapServer();
  const fault = await tryRude(server, `imaps://${LOGIN}@localhost:${server.port}`);
  expect(fault).toMatchObject({ code: 'imap.protocol', details: { reason: 'tls' } });
});

test('an access token is read again at each connect, so that a rotated one needs no restart', async () => {
  const seen: string[] = [];
  const server = await startRudeImapServer({
    capability: 'IMAP4rev1 ID SASL-IR AUTH=XOAUTH2',
    answer: ({ name, rest }) => {
      if (name !== 'AUTHENTICATE') return undefined;
      seen.push(Buffer.from(rest.replace('XOAUTH2 ', ''), 'base64').toString());
      return { say: '{tag} OK welcome\r\n' };
    },
  });
  const tokenFile = join(directory, 'token');
  const url = `imap://office%40example.cn@localhost:${server.port}?auth=xoauth2&token-file=${tokenFile}`;
  const target = imapServer(url);
  for (const token of ['token-one', 'token-two']) {
    await writeFile(tokenFile, `${token}\n`);
    await (await connectImapMailbox({ server: target })).close();
  }
  await server.close();
  expect(seen).toEqual(
    ['token-one', 'token-two'].map((token) => `user=office@example.cn\u0001auth=Bearer ${token}\u0001\u0001`),
  );
  await rm(tokenFile);
  await expect(connectImapMailbox({ server: target })).rejects.toMatchObject({ code: 'config.invalid' });
});
