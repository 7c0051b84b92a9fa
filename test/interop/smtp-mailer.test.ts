import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MailSession, Submission, SubmissionOutcome } from '../../src/casework/ports.ts';
import { createSmtpMailer, type SmtpTimeouts } from '../../src/mailbox/smtp-mailer.ts';
import { startSmtpSink, type SinkOptions, type SinkStep, type SmtpSink } from '../support/smtp-sink.ts';
import { createTestAuthority, type TestAuthority } from '../support/test-certificates.ts';
import { smtpServer } from './mail-url.ts';

const open: { close(): Promise<void> }[] = [];
let directory: string;
let authority: TestAuthority;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'smtp-test-'));
  authority = await createTestAuthority(directory);
});
afterAll(() => rm(directory, { recursive: true }));
afterEach(async () => {
  for (const it of open.splice(0).toReversed()) await it.close();
});

const LETTER: Submission = {
  envelopeFrom: 'bounce+7f3a@office.example',
  recipient: 'citizen@example.org',
  bytes: Buffer.from('From: office@office.example\r\nSubject: a\r\n\r\ntext\r\n'),
};

async function sinkWith(options: SinkOptions = {}): Promise<SmtpSink> {
  const sink = await startSmtpSink(options);
  open.push(sink);
  return sink;
}

function connect(sink: SmtpSink, timeouts: Partial<SmtpTimeouts> = {}, login = ''): Promise<MailSession> {
  return createSmtpMailer({ server: smtpServer(`smtp://${login}127.0.0.1:${sink.port}`), timeouts }).connect();
}

async function sessionWith(options: SinkOptions, timeouts: Partial<SmtpTimeouts> = {}) {
  const sink = await sinkWith(options);
  const session = await connect(sink, timeouts);
  open.push(session);
  return { sink, session };
}

/** Submits one letter to a sink that answers `step` in this way, with and without PIPELINING; both must agree. */
async function outcomeWhen(step: SinkStep['at'], reply: string): Promise<SubmissionOutcome> {
  const outcomes: SubmissionOutcome[] = [];
  for (const extensions of [['PIPELINING'], []]) {
    const { session } = await sessionWith(
      { extensions, script: ({ at }) => (at === step ? reply : undefined) },
      { replyMs: 150, dataMs: 150 },
    );
    outcomes.push(await session.submit(LETTER));
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
  return outcomes[0] ?? { kind: 'unknown', reason: 'no outcome' };
}

describe('an accepted letter', () => {
  test('arrives with its envelope, its bytes as they are, and dots on the wire doubled', async () => {
    const { sink, session } = await sessionWith({});
    const bytes = Buffer.from(`Subject: dots\r\n\r\n.\r\n..\r\n.hidden\r\n${'x'.repeat(10_000)}\r\nend\r\n`);
    expect(await session.submit({ ...LETTER, bytes })).toEqual({ kind: 'accepted', code: 250, text: '250 2.0.0 kept' });
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]).toMatchObject({
      from: 'bounce+7f3a@office.example',
      to: ['citizen@example.org'],
      parameters: '',
    });
    expect(sink.messages[0]?.bytes).toEqual(bytes);
    expect(sink.messages[0]?.wire.toString()).toContain('\r\n..\r\n...\r\n..hidden\r\n');
  });

  test('has no bare CR or LF on the wire, whatever its template held', async () => {
    const { sink, session } = await sessionWith({});
    await session.submit({ ...LETTER, bytes: Buffer.from('Subject: a\n\nb\rc\n.\nd\r.\re') });
    expect(sink.messages[0]?.wire.toString()).toBe('Subject: a\r\n\r\nb\r\nc\r\n..\r\nd\r\n..\r\ne\r\n.\r\n');
  });

  test('declares 8-bit bytes to a server that asks to be told, and only then', async () => {
    const { sink, session } = await sessionWith({});
    await session.submit({ ...LETTER, bytes: Buffer.from('Subject: a\r\n\r\n受理\r\n') });
    await session.submit(LETTER);
    expect(sink.messages.map((message) => message.parameters)).toEqual(['BODY=8BITMIME', '']);
  });

  test('may go out under the empty sender', async () => {
    const { sink, session } = await sessionWith({});
    expect(await session.submit({ ...LETTER, envelopeFrom: '' })).toMatchObject({ kind: 'accepted' });
    expect(sink.commands).toContain('MAIL FROM:<>');
  });

  test('may be one of many over one session, refused ones between', async () => {
    const { sink, session } = await sessionWith({
      script: ({ at, argument }) =>
        at === 'RCPT' && argument.includes('nobody') ? '550 5.1.1 no such user' : undefined,
    });
    const kinds: string[] = [];
    for (const recipient of ['a@example.org', 'nobody@example.org', 'b@example.org', 'c@example.org']) {
      kinds.push((await session.submit({ ...LETTER, recipient })).kind);
    }
    expect(kinds).toEqual(['accepted', 'refused', 'accepted', 'accepted']);
    expect(sink.messages.flatMap((message) => message.to)).toEqual(['a@example.org', 'b@example.org', 'c@example.org']);
    expect(sink.sessions).toBe(1);
    expect(sink.commands.filter((line) => line === 'RSET')).toHaveLength(1);
    await session.close();
    expect(sink.commands.at(-1)).toBe('QUIT');
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'not-started' });
  });
});

describe('a refused letter', () => {
  test.each([
    ['MAIL', '451 4.7.1 greylisted', false],
    ['MAIL', '550 5.7.1 sender blocked', true],
    ['RCPT', '450 4.2.0 greylisted', false],
    ['RCPT', '550 5.1.1 no such user', true],
    ['RCPT', '452 4.2.2 mailbox full', false],
    ['DATA', '451 4.3.0 not now', false],
    ['DATA', '554 5.7.1 no', true],
    ['BODY', '451 4.3.0 not now', false],
    ['BODY', '552 5.3.4 too big', true],
    ['BODY', '554 5.7.1 looks like spam', true],
    ['BODY', '421 4.3.2 shutting down', false],
  ] as const)('%s answered %s is definite, and permanent: %s', async (step, reply, permanent) => {
    expect(await outcomeWhen(step, reply)).toEqual({
      kind: 'refused',
      permanent,
      code: Number(reply.slice(0, 3)),
      text: reply,
    });
  });

  test('an internationalized address goes only to a server that takes it', async () => {
    const recipient = '群众@例子.example';
    const able = await sessionWith({});
    expect(await able.session.submit({ ...LETTER, recipient })).toMatchObject({ kind: 'accepted' });
    expect(able.sink.messages[0]).toMatchObject({ to: [recipient], parameters: 'SMTPUTF8' });
    const unable = await sessionWith({ extensions: ['8BITMIME'] });
    expect(await unable.session.submit({ ...LETTER, recipient })).toMatchObject({
      kind: 'refused',
      permanent: true,
      code: 553,
    });
    expect(unable.sink.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  });
});

describe('a letter whose fate depends on when the connection ended', () => {
  test.each(['MAIL', 'RCPT', 'DATA'] as const)('lost at %s, it was not started', async (step) => {
    expect(await outcomeWhen(step, 'drop')).toMatchObject({ kind: 'not-started' });
    expect(await outcomeWhen(step, 'silent')).toMatchObject({ kind: 'not-started', reason: 'no reply in time' });
  });

  test('lost after the body, nobody can know', async () => {
    expect(await outcomeWhen('BODY', 'drop')).toMatchObject({ kind: 'unknown' });
    expect(await outcomeWhen('BODY', 'silent')).toMatchObject({ kind: 'unknown', reason: 'no reply in time' });
  });

  test('lost while idle between two letters, the second was not started', async () => {
    const { sink, session } = await sessionWith({});
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'accepted' });
    await sink.close();
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'not-started' });
  });

  test('a session that lost one letter takes no other', async () => {
    const { sink, session } = await sessionWith({ script: ({ at }) => (at === 'BODY' ? 'drop' : undefined) });
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'unknown' });
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'not-started' });
    expect(sink.messages).toHaveLength(1);
  });

  test('a reset that fails costs the letter nothing', async () => {
    for (const reply of ['drop', 'silent', '500 5.5.1 what?']) {
      const { sink, session } = await sessionWith(
        { script: ({ at }) => (at === 'RCPT' ? '450 4.2.0 later' : at === 'RSET' ? reply : undefined) },
        { replyMs: 150 },
      );
      expect(await session.submit(LETTER)).toMatchObject({ kind: 'refused' });
      expect(await session.submit(LETTER)).toMatchObject({ kind: 'not-started' });
      expect(sink.messages).toHaveLength(0);
    }
  });

  test('a slow relay is waited for', async () => {
    const { session } = await sessionWith({ latencyMs: 300 }, { replyMs: 100, dataMs: 5_000 });
    expect(await session.submit(LETTER)).toMatchObject({ kind: 'accepted' });
  });
});

describe('connecting', () => {
  test('a port where nobody listens, a silent greeting and a cut connection can all be tried again', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const nobody = createSmtpMailer({ server: smtpServer(`smtp://127.0.0.1:${port}`) });
    await expect(nobody.connect()).rejects.toMatchObject({ code: 'smtp.unreachable', retryable: true });
    for (const [at, reply] of [
      ['CONNECT', 'silent'],
      ['CONNECT', 'drop'],
      ['CONNECT', '421 4.7.0 too many connections'],
      ['EHLO', 'silent'],
      ['EHLO', 'drop'],
      ['EHLO', '421 4.3.2 closing'],
    ] as const) {
      const sink = await sinkWith({ script: (step) => (step.at === at ? reply : undefined) });
      await expect(connect(sink, { connectMs: 150, greetingMs: 150 })).rejects.toMatchObject({
        code: 'smtp.unreachable',
        retryable: true,
      });
    }
  });

  test('a server that wants nothing to do with us is worth an alarm, with its words', async () => {
    const sink = await sinkWith({ script: ({ at }) => (at === 'CONNECT' ? '554 5.7.1 on a blocklist' : undefined) });
    await expect(connect(sink)).rejects.toMatchObject({
      code: 'smtp.protocol',
      details: { reason: 'refused', reply: 554, answer: '554 5.7.1 on a blocklist' },
    });
  });

  test('a refused login is not retried, and never shows the password', async () => {
    const sink = await sinkWith({ script: ({ at }) => (at === 'AUTH' ? '535 5.7.8 wrong' : undefined) });
    const fault: unknown = await connect(sink, {}, 'office:top-secret@').catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'smtp.refused-login', retryable: false, details: { reply: 535 } });
    expect(JSON.stringify(fault)).not.toContain('top-secret');
    expect(sink.messages).toHaveLength(0);
  });

  test('a login that cannot be checked just now is retried, and one that is not offered is an alarm', async () => {
    const busy = await sinkWith({ script: ({ at }) => (at === 'AUTH' ? '454 4.7.0 later' : undefined) });
    await expect(connect(busy, {}, 'office:secret@')).rejects.toMatchObject({
      code: 'smtp.unreachable',
      retryable: true,
    });
    const without = await sinkWith({ extensions: [] });
    await expect(connect(without, {}, 'office:secret@')).rejects.toMatchObject({ code: 'smtp.protocol' });
    const lost = await sinkWith({ script: ({ at }) => (at === 'AUTH' ? 'drop' : undefined) });
    await expect(connect(lost, {}, 'office:secret@')).rejects.toMatchObject({ code: 'smtp.unreachable' });
  });

  test('the login is sent as the server offers it, a token as XOAUTH2', async () => {
    const sink = await sinkWith();
    open.push(await connect(sink, {}, 'office:secret@'));
    const tokenFile = join(directory, 'token');
    await writeFile(tokenFile, 'token-one\n');
    const url = `smtp://office@127.0.0.1:${sink.port}?auth=xoauth2&token-file=${tokenFile}`;
    open.push(await createSmtpMailer({ server: smtpServer(url) }).connect());
    const logins = sink.commands.filter((line) => line.startsWith('AUTH'));
    expect(logins).toEqual([
      `AUTH PLAIN ${Buffer.from('\0office\0secret').toString('base64')}`,
      `AUTH XOAUTH2 ${Buffer.from('user=office\u0001auth=Bearer token-one\u0001\u0001').toString('base64')}`,
    ]);
  });

  test('a certificate is checked, and without STARTTLS no password leaves', async () => {
    const url = (sink: SmtpSink, more = ''): string => `smtps://office:secret@localhost:${sink.port}${more}`;
    const good = await sinkWith({ tls: await authority.issue({ hosts: ['localhost'] }) });
    open.push(await createSmtpMailer({ server: smtpServer(url(good, `?ca-file=${authority.caFile}`)) }).connect());
    const expired = await sinkWith({ tls: await authority.issue({ hosts: ['localhost'], expired: true }) });
    const other = await sinkWith({ tls: await authority.issue({ hosts: ['mail.example.org'] }) });
    for (const refused of [
      url(good),
      url(expired, `?ca-file=${authority.caFile}`),
      url(other, `?ca-file=${authority.caFile}`),
    ]) {
      await expect(createSmtpMailer({ server: smtpServer(refused) }).connect()).rejects.toMatchObject({
        code: 'smtp.protocol',
        retryable: true,
        details: { reason: 'certificate' },
      });
    }
    const stripped = await sinkWith();
    const starttls = `smtp://office:secret@localhost:${stripped.port}?starttls=required`;
    await expect(createSmtpMailer({ server: smtpServer(starttls) }).connect()).rejects.toMatchObject({
      code: 'smtp.protocol',
      details: { reason: 'tls' },
    });
    expect(stripped.commands.some((line) => line.startsWith('AUTH'))).toBe(false);
  });
});
