import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseImapUrl, parseSmtpUrl, type ImapServer } from '../../../src/mailbox/parse-mail-url.ts';

function imap(url: string): ImapServer {
  const parsed = parseImapUrl(url);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.server;
}

describe('a URL that is taken', () => {
  test('names host, port, user and password, percent-decoded', async () => {
    const server = imap('imaps://office%40example.cn:s%2Fe%40c%25ret@IMAP.example.cn:1993/');
    expect(server).toMatchObject({
      host: 'imap.example.cn',
      port: 1993,
      security: 'tls',
      caFile: null,
      folders: [],
      name: 'imap.example.cn/office@example.cn',
      login: { user: 'office@example.cn', method: 'password' },
    });
    expect(await server.login.secret()).toBe('s/e@c%ret');
  });

  test.each([
    ['imaps://a:b@host.example', 993, 'tls'],
    ['imap://a:b@localhost', 143, 'none'],
    ['imap://a:b@127.0.0.1:10143', 10143, 'none'],
    ['imap://a:b@[::1]', 143, 'none'],
    ['imap://a:b@host.example?starttls=required', 143, 'starttls'],
  ])('%s has its usual port and protection', (url, port, security) => {
    expect(imap(url)).toMatchObject({ port, security });
  });

  test.each([
    ['smtps://a:b@host.example', 465, 'tls'],
    ['smtp://localhost', 25, 'none'],
    ['smtp://a:b@host.example?starttls=required', 587, 'starttls'],
  ])('%s has its usual port and protection', (url, port, security) => {
    expect(parseSmtpUrl(url)).toMatchObject({ kind: 'ok', server: { port, security } });
  });

  test('may add folders in any script', () => {
    const url = `imaps://a:b@host.example?folder=${encodeURIComponent('网上来信/新')}&folder=Other`;
    expect(imap(url).folders).toEqual(['网上来信/新', 'Other']);
  });

  test('may keep the secret in a file, which is read each time', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'mail-url-test-'));
    const file = join(directory, 'secret');
    const byPassword = imap(`imaps://a@host.example?password-file=${file}`);
    const byToken = imap(`imaps://a@host.example?auth=xoauth2&token-file=${file}`);
    expect([byPassword.login.method, byToken.login.method]).toEqual(['password', 'xoauth2']);
    await expect(byPassword.login.secret()).rejects.toMatchObject({ code: 'config.invalid', retryable: true });
    for (const secret of ['one', 'two ']) {
      await writeFile(file, `${secret}\r\n`);
      expect(await byPassword.login.secret()).toBe(secret);
      expect(await byToken.login.secret()).toBe(secret);
    }
    await writeFile(file, '\n');
    await expect(byToken.login.secret()).rejects.toMatchObject({ code: 'config.invalid' });
    await rm(directory, { recursive: true });
  });
});

describe('a URL that is refused', () => {
  test.each([
    ['imap://office:hunter2@imap.example.cn', 'imaps://'],
    ['imap://office:hunter2@imap.example.cn?starttls=optional', 'required'],
    ['imap://office:hunter2@localhost.example.cn', 'imaps://'],
    ['imap://office:hunter2@127.0.0.1.example.cn', 'imaps://'],
    ['imaps://office:hunter2@imap.example.cn?starttls=required', 'imap://'],
    ['imaps://office@example.cn:hunter2@imap.example.cn', '%40'],
    ['imaps://office:hunter2/more@imap.example.cn', 'percent-encoded'],
    ['imaps://office:hunter2#more@imap.example.cn', 'percent-encoded'],
    ['imaps://office:hunter2?more@imap.example.cn', ''],
    ['imaps://office:hunter2%@imap.example.cn', '%25'],
    ['imaps://office:hunter2%0d%0a@imap.example.cn', 'control character'],
    ['imaps://office:hunter2@imap.example.cn/INBOX', 'must end after host'],
    ['imaps://office:hunter2@imap.example.cn:0', 'must end after host'],
    ['imaps://office:hunter2@imap.example.cn:70000', ''],
    ['imaps://office:hunter2@教育.example', 'host name'],
    ['imaps://office:hunter2@imap.example.cn?timeout=5', 'parameter other than'],
    ['imaps://office:hunter2@imap.example.cn?folder=', 'folder'],
    ['imaps://office:hunter2@imap.example.cn?ca-file=ca.pem', 'absolute'],
    ['imaps://office:hunter2@imap.example.cn?ca-file=/a&ca-file=/b', 'more than once'],
    ['imaps://office:hunter2@imap.example.cn?password-file=/a', 'only one'],
    ['imaps://office:hunter2@imap.example.cn?auth=xoauth2', 'together'],
    ['imaps://office@imap.example.cn?token-file=/hunter2', 'together'],
    ['imaps://office@imap.example.cn?auth=plain&token-file=/hunter2', 'together'],
    ['imaps://office@imap.example.cn', 'secret'],
    ['imaps://:hunter2@imap.example.cn', 'user name'],
    ['imaps://imap.example.cn', 'user name'],
    [' imaps://office:hunter2@imap.example.cn', 'space'],
    ['imaps://office:hunter2@imap.example.cn\n', 'space'],
    ['smtps://office:hunter2@imap.example.cn', 'imaps://'],
    ['https://office:hunter2@imap.example.cn', 'imaps://'],
    ['hunter2', 'imaps://'],
    ['', 'imaps://'],
  ])('%j comes with a hint and without the password', (url, hint) => {
    const parsed = parseImapUrl(url);
    expect(parsed).toMatchObject({ kind: 'problem', problem: expect.stringContaining(hint) });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });

  test('an SMTP URL has no folders, and no half of a login', () => {
    for (const url of ['smtps://a:b@host.example?folder=x', 'smtps://a@host.example', 'smtp://host.example']) {
      expect(parseSmtpUrl(url).kind).toBe('problem');
    }
  });
});

test('any user and any password come back as they were, and no log shows the password', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((part) => !/\p{Cc}/u.test(part));
  await fc.assert(
    fc.asyncProperty(text, text, async (user, part) => {
      const password = `!${part}!`; // marked, so that it cannot be found in the user name by chance
      const server = imap(`imaps://${encodeURIComponent(user)}:${encodeURIComponent(password)}@host.example`);
      expect(server.login.user).toBe(user);
      expect(await server.login.secret()).toBe(password);
      expect(JSON.stringify({ ...server, login: { ...server.login, user: '' }, name: '' })).not.toContain(password);
    }),
  );
});
