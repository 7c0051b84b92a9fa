import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import nodemailer from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import type { FetchedMessage, ListedMessage } from '../../src/casework/ports.ts';
import {
  ANSWERS_FOLDER,
  createSandboxMailbox,
  createSandboxSmtp,
  type SandboxStore,
} from '../../src/mailbox/sandbox-mailbox.ts';
import { createSmtpMailer } from '../../src/mailbox/smtp-mailer.ts';
import { smtpServer } from './mail-url.ts';

const OFFICE = 'xiaoneng@sandbox.example';
const never = new AbortController().signal;
const LONGER_THAN_THE_TEST_MS = 60_000; // a wait that misses its reason must fail the test, not end by itself
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const it of open.splice(0).toReversed()) await it.close();
});

type Kept = { uid: number; folder: string; bytes: Buffer; flags: string[]; internalDate: Date };

/** The store port in memory. `hold` lets a test decide when an append becomes durable, or that it fails. */
function memoryStore(hold: () => Promise<void> = () => Promise.resolve()): SandboxStore & { kept: Kept[] } {
  const kept: Kept[] = [];
  let lastUid = 0;
  const within = (folder: string, uids: readonly number[]): Kept[] =>
    kept.filter((mail) => mail.folder === folder && uids.includes(mail.uid));
  return {
    kept,
    async append(folder, bytes) {
      await hold();
      lastUid += 1;
      kept.push({ uid: lastUid, folder, bytes, flags: [], internalDate: new Date('2026-11-24T00:00:00Z') });
      return lastUid;
    },
    list: (folder) => {
      const listed = kept.filter((mail) => mail.folder === folder);
      return Promise.resolve(listed.map((mail): ListedMessage => ({ ...mail, sizeBytes: mail.bytes.length })));
    },
    read: (folder, uids) => {
      const read = within(folder, uids);
      return Promise.resolve(
        read.map((mail): FetchedMessage => ({ ...mail, sizeBytes: mail.bytes.length, source: mail.bytes })),
      );
    },
    addFlag: (folder, uids, flag) => {
      for (const mail of within(folder, uids)) mail.flags.push(flag);
      return Promise.resolve();
    },
    move: (folder, uids, toFolder) => {
      const moved = within(folder, uids);
      for (const mail of moved) mail.folder = toFolder;
      return Promise.resolve(new Set(moved.map((mail) => mail.uid)));
    },
    uidValidity: () => Promise.resolve(1n),
  };
}

async function sandbox(store: SandboxStore = memoryStore()) {
  const listeners = new Set<() => void>();
  const smtp = await createSandboxSmtp({
    port: 0,
    host: '127.0.0.1',
    officeAddresses: [OFFICE],
    store,
    onMail: () => {
      for (const listener of listeners) listener();
    },
  });
  open.push(smtp);
  const mailbox = createSandboxMailbox({
    store,
    name: 'sandbox',
    changed: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  open.push(mailbox);
  const client = nodemailer.createTransport({ host: '127.0.0.1', port: smtp.port, secure: false });
  return { smtp, mailbox, client, listeners };
}

const complaint = { from: 'citizen@example.org', to: OFFICE, subject: '办事拖延', text: '证一直办不下来。' };

test('a mail program on the machine reaches the office, and the wait ends', async () => {
  const { mailbox, client } = await sandbox();
  expect(await mailbox.folders()).toEqual([{ path: 'INBOX', spam: false }]);
  expect(await mailbox.open('INBOX')).toEqual({ path: 'INBOX', uidValidity: 1n, readOnly: false });
  expect(await mailbox.list()).toEqual([]);
  const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never);
  await client.sendMail(complaint);
  await waiting;
  expect(await mailbox.list()).toHaveLength(1);
});

test('a mail carries the trace of its delivery, and its headers can be had alone', async () => {
  const { mailbox, client } = await sandbox();
  await client.sendMail(complaint);
  await mailbox.open('INBOX');
  const [listed = { uid: 0, sizeBytes: 0 }] = await mailbox.list();
  const whole = (await mailbox.fetch([listed.uid])).map((mail) => mail.source?.toString() ?? '').join();
  expect(Buffer.byteLength(whole)).toBe(listed.sizeBytes);
  expect(whole).toMatch(
    /^Return-Path: <citizen@example\.org>\r\nReceived: from \[127\.0\.0\.1\] by sandbox\.example with ESMTP;\r\n\t/,
  );
  const headers = (await mailbox.fetchHeaders(listed.uid))?.source?.toString() ?? '';
  expect(headers).toBe(whole.slice(0, whole.indexOf('\r\n\r\n') + 4));
  expect(await mailbox.fetchHeaders(4711)).toBeNull();
});

test('flags and moves work as with any mailbox, and the folder moved to can be opened', async () => {
  const { mailbox, client } = await sandbox();
  await client.sendMail(complaint);
  await mailbox.open('INBOX');
  const uids = (await mailbox.list()).map((message) => message.uid);
  expect(await mailbox.markSeen(uids)).toBe(true);
  expect((await mailbox.list())[0]?.flags).toEqual(['\\Seen']);
  expect(await mailbox.move([...uids, 4711], 'Intake/Done')).toEqual(new Set(uids));
  expect(await mailbox.list()).toEqual([]);
  await mailbox.open('Intake/Done');
  expect(await mailbox.list()).toHaveLength(1);
});

test('mail to the office and reports to its bounce addresses come in; everything else can be read under Answers', async () => {
  const store = memoryStore();
  const { client } = await sandbox(store);
  const recipients = [
    ['XiaoNeng@Sandbox.Example', 'INBOX'],
    ['xiaoneng+2026@sandbox.example', 'INBOX'],
    ['bounce+7f3a@sandbox.example', 'INBOX'],
    ['citizen@example.org', ANSWERS_FOLDER],
    ['bounce+7f3a@example.org', ANSWERS_FOLDER],
    ['xiaoneng@example.org', ANSWERS_FOLDER],
  ] as const;
  for (const [to, folder] of recipients) {
    await client.sendMail({ ...complaint, to });
    expect(store.kept.at(-1)?.folder).toBe(folder);
  }
  expect(store.kept).toHaveLength(recipients.length);
  await client.sendMail({ ...complaint, to: [OFFICE, 'xiaoneng+a@sandbox.example', 'citizen@example.org'] });
  expect(store.kept.slice(recipients.length).map((mail) => mail.folder)).toEqual(['INBOX', ANSWERS_FOLDER]);
});

test('our own mailer reaches it too, many letters in one session', async () => {
  const store = memoryStore();
  const { smtp } = await sandbox(store);
  const session = await createSmtpMailer({ server: smtpServer(`smtp://127.0.0.1:${smtp.port}`) }).connect();
  open.push(session);
  for (let at = 0; at < 30; at += 1) {
    const letter = {
      envelopeFrom: '',
      recipient: `citizen${at}@example.org`,
      bytes: Buffer.from('Subject: a\r\n\r\nb\r\n'),
    };
    expect(await session.submit(letter)).toMatchObject({ kind: 'accepted', code: 250 });
  }
  expect(store.kept).toHaveLength(30);
  expect(store.kept[0]?.bytes.toString()).toMatch(/^Return-Path: <>\r\nReceived: [^]*\r\nSubject: a\r\n\r\nb\r\n$/);
});

test('250 is said only after the message is durable', async () => {
  let makeDurable: () => void = () => undefined;
  let reached: () => void = () => undefined;
  const appending = new Promise<void>((resolve) => (reached = resolve));
  const store = memoryStore(() => {
    reached();
    return new Promise((resolve) => (makeDurable = resolve));
  });
  const { client } = await sandbox(store);
  let answered = false;
  const sending = client.sendMail(complaint).then(() => (answered = true));
  await appending;
  await new Promise((resolve) => setTimeout(resolve, 50)); // time for a hasty 250 to arrive
  expect(answered).toBe(false);
  makeDurable();
  await sending;
  expect(store.kept).toHaveLength(1);
});

test('a store that fails leaves the mail with its sender', async () => {
  const { client } = await sandbox(memoryStore(() => Promise.reject(new Error('disk full'))));
  await expect(client.sendMail(complaint)).rejects.toMatchObject({ responseCode: 451 });
});

test('a mail that is too big is refused, announced or not, and nothing of it is kept', async () => {
  const store = memoryStore();
  const { smtp } = await sandbox(store);
  const session = await createSmtpMailer({ server: smtpServer(`smtp://127.0.0.1:${smtp.port}`) }).connect();
  open.push(session);
  const bytes = Buffer.alloc(61 * 1024 * 1024, 'x'.repeat(70) + '\r\n');
  const letter = { envelopeFrom: '', recipient: OFFICE, bytes };
  expect(await session.submit(letter)).toMatchObject({ kind: 'refused', permanent: true, code: 552 });
  expect(store.kept).toEqual([]);
  const socket = connectSocket(smtp.port, '127.0.0.1');
  await once(socket, 'data');
  socket.write('HELO here\r\n');
  await once(socket, 'data');
  socket.write(`MAIL FROM:<> SIZE=${bytes.length}\r\n`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  expect(answer.toString()).toMatch(/^552 /);
}, 30_000);

test('a wait is not missed between list and wait, and ends when the mailbox is closed or not wanted', async () => {
  const { mailbox, client, listeners } = await sandbox();
  await mailbox.list();
  await client.sendMail(complaint);
  await mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never);
  await mailbox.list();
  await mailbox.waitForChange(5, never);
  await mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, AbortSignal.abort());
  const waiting = mailbox.waitForChange(LONGER_THAN_THE_TEST_MS, never);
  await mailbox.close();
  await waiting;
  expect(listeners.size).toBe(0);
});

test('a port in use is told as a matter of configuration', async () => {
  const { smtp } = await sandbox();
  const again = createSandboxSmtp({
    port: smtp.port,
    host: '127.0.0.1' as const,
    officeAddresses: [OFFICE],
    store: memoryStore(),
    onMail: () => undefined,
  });
  await expect(again).rejects.toMatchObject({ code: 'config.invalid' });
});
