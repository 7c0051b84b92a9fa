import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../src/casework/ports.ts';
import { connectImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { ImapEvent } from '../../src/mailbox/imap-session.ts';
import { startDovecot, type Dovecot, type DovecotOptions } from '../support/dovecot.ts';
import { imapServer } from './mail-url.ts';

const never = new AbortController().signal;
const LONGER_THAN_THE_TEST_MS = 60_000; // a wait that misses its reason must fail the test, not end by itself
const open: { close(): Promise<void> }[] = [];
const events: ImapEvent[] = [];

afterEach(async () => {
  for (const it of open.splice(0).toReversed()) await it.close();
  events.length = 0;
});

function urlOf(dovecot: Dovecot, parameters = ''): string {
  const user = encodeURIComponent(dovecot.user);
  const password = encodeURIComponent(dovecot.password);
  return `imap://${user}:${password}@${dovecot.host}:${dovecot.port}${parameters}`;
}

async function connect(dovecot: Dovecot, parameters = ''): Promise<Mailbox> {
  const server = imapServer(urlOf(dovecot, parameters));
  const mailbox = await connectImapMailbox({ server, onEvent: (event) => events.push(event) });
  open.push(mailbox);
  return mailbox;
}

async function fresh(options: DovecotOptions = {}): Promise<Dovecot> {
  const dovecot = await startDovecot(options);
  open.push(dovecot);
  return dovecot;
}

const mail = (subject: string, body = 'text'): string =>
  `From: citizen@example.org\r\nSubject: ${subject}\r\n\r\n${body}\r\n`;

describe('reading', () => {
  let dovecot: Dovecot;
  let mailbox: Mailbox;
  beforeAll(async () => {
    dovecot = await startDovecot();
  });
  afterAll(() => dovecot.close());

  test('an empty folder lists nothing', async () => {
    mailbox = await connect(dovecot);
    const state = await mailbox.open('INBOX');
    expect(state).toEqual({ path: 'INBOX', uidValidity: expect.any(BigInt), readOnly: false });
    expect(await mailbox.list()).toEqual([]);
    expect(await mailbox.fetch([])).toEqual([]);
    expect(await mailbox.fetch([99])).toEqual([]);
    expect(await mailbox.fetchHeaders(99)).toBeNull();
  });

  test('bytes come out as they went in, whatever they are', async () => {
    const sources = [
      mail('plain'),
      Buffer.concat([Buffer.from(mail('8-bit')), Buffer.from([0xb8, 0xa3, 0xd6, 0xdd, 0xff, 0x0d, 0x0a])]),
      mail('bare line ends', 'a\nb\rc\r\n.\r\n..'),
      mail('long line', 'x'.repeat(10_000)),
      Buffer.from('no header, no line end'),
    ].map((source) => Buffer.from(source));
    for (const source of sources) await dovecot.deliver(source);
    mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const listed = await mailbox.list();
    expect(listed.flatMap((message) => message.flags)).not.toContain('\\Seen');
    const fetched = await mailbox.fetch(listed.map((message) => message.uid));
    expect(fetched.map((message) => message.source?.length)).toEqual(listed.map((message) => message.sizeBytes));
    // Dovecot stores LF as delivered and serves every line with CRLF: compared with line ends made equal.
    const even = (bytes: Buffer | null | undefined): string => bytes?.toString('latin1').replace(/\r?\n/g, '\n') ?? '';
    const came = fetched.map((message) => even(message.source)).toSorted();
    expect(came).toEqual(sources.map((source) => even(source)).toSorted());
  });

  test('headers alone end with the empty line and leave the mail unseen', async () => {
    mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const [first] = await mailbox.list();
    const headers = await mailbox.fetchHeaders(first?.uid ?? 0);
    expect(headers?.source?.toString()).toBe('From: citizen@example.org\r\nSubject: plain\r\n\r\n');
    expect(headers?.sizeBytes).toBe(first?.sizeBytes);
    expect((await mailbox.list())[0]?.flags).not.toContain('\\Seen');
  });

  test('a mail that a person has read in webmail is listed like any other', async () => {
    const human = await connect(dovecot);
    await human.open('INBOX');
    const uids = (await human.list()).map((message) => message.uid);
    expect(await human.markSeen(uids)).toBe(true);
    mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const listed = await mailbox.list();
    expect(listed.map((message) => message.uid)).toEqual(uids);
    expect(listed.every((message) => message.flags.includes('\\Seen'))).toBe(true);
  });

  test('asking for more than one command takes still gives every mail once', async () => {
    const before = await connect(dovecot);
    await before.open('INBOX');
    const had = (await before.list()).length;
    for (let at = 0; at < 250; at += 1) await dovecot.deliver(mail(`mail ${at}`));
    mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const uids = (await mailbox.list()).map((message) => message.uid);
    expect(uids).toHaveLength(had + 250);
    const fetched = await mailbox.fetch([...uids, ...uids]);
    expect(fetched.map((message) => message.uid)).toEqual(uids);
  });
});

describe('tidying', () => {
  test('a move makes the folder, takes the mail there and says which UIDs went', async () => {
    const dovecot = await fresh();
    for (const subject of ['a', 'b', 'c']) await dovecot.deliver(mail(subject));
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const [first = 0, second = 0] = (await mailbox.list()).map((message) => message.uid);
    expect(await mailbox.move([first, second, 4711], 'Intake/Done')).toEqual(new Set([first, second]));
    expect(await dovecot.listFolders()).toContain('Intake/Done');
    expect(await dovecot.messages('Intake/Done')).toHaveLength(2);
    expect(await mailbox.list()).toHaveLength(1);
    expect(await mailbox.move([4711], 'Intake/Done')).toEqual(new Set());
    expect(await mailbox.open('Intake/Done')).toMatchObject({ path: 'Intake/Done' });
    expect(await mailbox.list()).toHaveLength(2);
  });

  test('a server with "." between levels and the prefix INBOX. gets the folder in its own spelling', async () => {
    const dovecot = await fresh({ separator: '.', prefix: 'INBOX.' });
    await dovecot.deliver(mail('a'));
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const [only] = await mailbox.list();
    expect(await mailbox.move([only?.uid ?? 0], 'Intake/Done')).toEqual(new Set([only?.uid]));
    expect(await dovecot.listFolders()).toEqual(['INBOX', 'Intake/Done']);
    expect(await mailbox.open('Intake/Done')).toMatchObject({ path: 'INBOX.Intake.Done' });
  });

  test('without MOVE the mail stays where it is, and nothing is ever expunged', async () => {
    const dovecot = await fresh({ capability: 'IMAP4rev1 IDLE NAMESPACE UIDPLUS' });
    await dovecot.deliver(mail('a'));
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const [only] = await mailbox.list();
    expect(await mailbox.move([only?.uid ?? 0], 'Intake/Done')).toEqual(new Set());
    expect(await mailbox.move([only?.uid ?? 0], 'Intake/Done')).toEqual(new Set());
    expect(events).toEqual([{ kind: 'move-unsupported' }]);
    expect(await mailbox.markSeen([only?.uid ?? 0])).toBe(true);
    expect((await mailbox.list()).map((message) => message.flags)).toEqual([expect.arrayContaining(['\\Seen'])]);
    expect(await dovecot.listFolders()).toEqual(['INBOX']);
  });
});

describe('folders', () => {
  test('the spam folder is watched by its announcement, by its name, and with everything added to it', async () => {
    const dovecot = await fresh({ spamFolder: '垃圾邮件' });
    await dovecot.deliver(mail('taken for spam'), '垃圾邮件');
    await dovecot.deliver(mail('a second spam folder'), 'Spam');
    await dovecot.deliver(mail('an extra folder'), '网上来信');
    const mailbox = await connect(dovecot, `?folder=${encodeURIComponent('网上来信')}&folder=Absent`);
    const folders = await mailbox.folders();
    expect(folders[0]).toEqual({ path: 'INBOX', spam: false });
    expect(folders.slice(1)).toHaveLength(3);
    expect(folders.slice(1)).toEqual(
      expect.arrayContaining([
        { path: '垃圾邮件', spam: true },
        { path: 'Spam', spam: true },
        { path: '网上来信', spam: false },
      ]),
    );
    expect(events).toContainEqual({ kind: 'folder-missing', path: 'Absent' });
    expect(await mailbox.open('垃圾邮件')).toMatchObject({ path: '垃圾邮件', readOnly: false });
    expect(await mailbox.list()).toHaveLength(1);
  });

  test('a folder announced as spam is spam whatever its name', async () => {
    const mailbox = await connect(await fresh({ spamFolder: '待查来信' }));
    expect(await mailbox.folders()).toEqual([
      { path: 'INBOX', spam: false },
      { path: '待查来信', spam: true },
    ]);
  });

  test('a folder that is not there is a fault of the protocol, and the connection lives on', async () => {
    const mailbox = await connect(await fresh());
    await expect(mailbox.open('Absent')).rejects.toMatchObject({
      code: 'imap.protocol',
      details: { step: 'open', status: 'NO' },
    });
    expect(await mailbox.open('INBOX')).toMatchObject({ path: 'INBOX' });
  });

  test('a rebuilt folder shows another UIDVALIDITY and all of its mail', async () => {
    const dovecot = await fresh();
    await dovecot.deliver(mail('a'));
    const mailbox = await connect(dovecot);
    const before = await mailbox.open('INBOX');
    await mailbox.close();
    await dovecot.resetUidValidity();
    const again = await connect(dovecot);
    const after = await again.open('INBOX');
    expect(after.uidValidity).not.toBe(before.uidValidity);
    expect(await again.list()).toHaveLength(1);
  });
});

describe('waiting', () => {
  test('new mail ends the wait, and so does mail that came between the list and the wait', async () => {
    const dovecot = await fresh();
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    await mailbox.list();
    const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never);
    await dovecot.deliver(mail('while waiting'));
    await waiting;
    expect(await mailbox.list()).toHaveLength(1);
    await dovecot.deliver(mail('between'));
    await mailbox.fetch([1]); // the server tells of it with some other answer
    await mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never);
    expect(await mailbox.list()).toHaveLength(2);
  });

  test('the wait ends by itself, and at once when it is no longer wanted', async () => {
    const mailbox = await connect(await fresh());
    await mailbox.open('INBOX');
    await expect(mailbox.waitForChange(10, never)).resolves.toBeUndefined();
    await expect(mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, AbortSignal.abort())).resolves.toBeUndefined();
    const stop = new AbortController();
    const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, stop.signal);
    stop.abort();
    await expect(waiting).resolves.toBeUndefined();
  });

  test('our own moves do not end the wait', async () => {
    const dovecot = await fresh();
    await dovecot.deliver(mail('a'));
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const uids = (await mailbox.list()).map((message) => message.uid);
    await mailbox.move(uids, 'Intake/Done');
    const stop = new AbortController();
    let ended = false;
    const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, stop.signal).then(() => (ended = true));
    await mailbox.markSeen([1]); // a whole round trip later
    expect(ended).toBe(false);
    stop.abort();
    await waiting;
  });
});

describe('connections that end', () => {
  test('a killed server fails every call at once and for ever, and a new mailbox works again', async () => {
    const dovecot = await fresh();
    await dovecot.deliver(mail('a'));
    const mailbox = await connect(dovecot);
    await mailbox.open('INBOX');
    const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never).catch((error: unknown) => error);
    await dovecot.kill();
    expect(await waiting).toMatchObject({ code: 'imap.unreachable' });
    await expect(mailbox.list()).rejects.toMatchObject({ code: 'imap.unreachable', retryable: true });
    await expect(mailbox.markSeen([1])).rejects.toMatchObject({ code: 'imap.unreachable' });
    await expect(mailbox.move([1], 'Intake/Done')).rejects.toMatchObject({ code: 'imap.unreachable' });
    await expect(connectImapMailbox({ server: imapServer(urlOf(dovecot)) })).rejects.toMatchObject({
      code: 'imap.unreachable',
    });
    await dovecot.restart();
    const again = await connect(dovecot);
    await again.open('INBOX');
    expect(await again.list()).toHaveLength(1);
    expect(events).toContainEqual({ kind: 'ended', fault: expect.objectContaining({ code: 'imap.unreachable' }) });
  });

  test('a closed mailbox stays closed, and closing twice is nothing', async () => {
    const mailbox = await connect(await fresh());
    await mailbox.close();
    await mailbox.close();
    await expect(mailbox.list()).rejects.toMatchObject({ code: 'imap.unreachable' });
    expect(events).toEqual([{ kind: 'ended', fault: null }]);
  });

  test('a refused login is told apart from a server that is away, and never shows the password', async () => {
    const dovecot = await fresh();
    const server = imapServer(`imap://office%40example.cn:wrong-secret@127.0.0.1:${dovecot.port}`);
    const fault: unknown = await connectImapMailbox({ server }).catch((error: unknown) => error);
    expect(fault).toMatchObject({
      code: 'imap.refused-login',
      retryable: false,
      details: { responseCode: 'AUTHENTICATIONFAILED' },
    });
    expect(JSON.stringify(fault)).not.toContain('wrong-secret');
  });
});
