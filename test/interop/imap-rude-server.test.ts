import { afterEach, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../src/casework/ports.ts';
import { connectImapMailbox } from '../../src/mailbox/imap-mailbox.ts';
import type { ImapEvent, ImapTimeouts } from '../../src/mailbox/imap-session.ts';
import { imapServer } from './mail-url.ts';
import {
  row,
  selected,
  startRudeImapServer,
  type RudeAnswer,
  type RudeImapServer,
  type RudeOptions,
} from './rude-imap-server.ts';

const never = new AbortController().signal;
const open: { close(): Promise<void> }[] = [];
const events: ImapEvent[] = [];

afterEach(async () => {
  for (const it of open.splice(0).toReversed()) await it.close();
  events.length = 0;
});

async function start(options: RudeOptions): Promise<RudeImapServer> {
  const server = await startRudeImapServer(options);
  open.push(server);
  return server;
}

async function connect(server: RudeImapServer, timeouts: Partial<ImapTimeouts> = {}): Promise<Mailbox> {
  const target = imapServer(`imap://office:secret@127.0.0.1:${server.port}`);
  const mailbox = await connectImapMailbox({ server: target, timeouts, onEvent: (event) => events.push(event) });
  open.push(mailbox);
  return mailbox;
}

/** A mailbox with INBOX open on a server that answers only the named command as given. */
async function against(name: string, answer: RudeAnswer | ((rest: string) => RudeAnswer)): Promise<Mailbox> {
  const server = await start({
    answer: (command) => {
      if (command.name !== name) return undefined;
      return typeof answer === 'function' ? answer(command.rest) : answer;
    },
  });
  const mailbox = await connect(server);
  await mailbox.open('INBOX');
  return mailbox;
}

describe('what FETCH may answer', () => {
  test('UIDs that the server leaves out are absent, without an error', async () => {
    const mailbox = await against('UID FETCH', { say: `${row(2, 12, 'b')}{tag} OK done\r\n` });
    const fetched = await mailbox.fetch([11, 12, 13]);
    expect(fetched.map((message) => [message.uid, message.source?.toString()])).toEqual([[12, 'b']]);
  });

  test('BODY[] NIL is a message without a source, not an empty one', async () => {
    const mailbox = await against('UID FETCH', {
      say: `* 1 FETCH (UID 11 RFC822.SIZE 5000 BODY[] NIL)\r\n${row(2, 12, '')}{tag} OK done\r\n`,
    });
    const fetched = await mailbox.fetch([11, 12]);
    expect(fetched.map((message) => [message.uid, message.sizeBytes, message.source])).toEqual([
      [11, 5000, null],
      [12, 0, Buffer.alloc(0)],
    ]);
  });

  test('a literal shorter than announced comes with both lengths', async () => {
    const mailbox = await against('UID FETCH', { say: `${row(1, 11, '0123456789', 5000)}{tag} OK done\r\n` });
    expect(await mailbox.fetch([11])).toEqual([
      { uid: 11, sizeBytes: 5000, internalDate: new Date('2026-11-24T00:00:00Z'), source: Buffer.from('0123456789') },
    ]);
  });

  test('rows with flags alone, rows without a UID and rows that nobody asked for change nothing', async () => {
    const noise = '* 1 FETCH (UID 11 FLAGS (\\Seen))\r\n* 2 FETCH (UID 12 FLAGS (\\Seen))\r\n* 3 FETCH (FLAGS ())\r\n';
    const answer = `${noise}${row(9, 99, 'foreign')}${row(1, 11, 'a')}${noise}* 3 EXPUNGE\r\n{tag} OK done\r\n`;
    const mailbox = await against('UID FETCH', { say: answer });
    const fetched = await mailbox.fetch([11, 12]);
    expect(fetched.map((message) => [message.uid, message.source?.toString()])).toEqual([[11, 'a']]);
  });

  test('one message that the server cannot read does not hold back the others', async () => {
    const mailbox = await against('UID FETCH', (rest) => {
      const uids = rest.split(' ')[0] ?? '';
      if (uids === '11:13') return { say: `${row(1, 11, 'a')}{tag} NO [SERVERBUG] cannot read 12\r\n` };
      if (uids === '12') return { say: '{tag} NO [SERVERBUG] cannot read 12\r\n' };
      return { say: `${row(3, 13, 'c')}{tag} OK done\r\n` };
    });
    const fetched = await mailbox.fetch([11, 12, 13]);
    expect(fetched.map((message) => [message.uid, message.source?.toString()])).toEqual([
      [11, 'a'],
      [13, 'c'],
    ]);
    expect(await mailbox.fetch([12])).toEqual([]);
    expect(await mailbox.fetchHeaders(12)).toBeNull();
  });

  test('a connection cut before, inside or after a literal is a fault; nothing half read is handed over', async () => {
    const whole = row(1, 11, 'a'.repeat(100));
    for (const said of ['', whole.slice(0, 60), whole.slice(0, -30), whole]) {
      const mailbox = await against('UID FETCH', { say: said, hangUp: true });
      await expect(mailbox.fetch([11, 12])).rejects.toMatchObject({ code: 'imap.unreachable', retryable: true });
    }
  });

  test('a BYE in the middle is a fault', async () => {
    const mailbox = await against('UID FETCH', {
      say: `${row(1, 11, 'a')}* BYE too many connections\r\n`,
      hangUp: true,
    });
    await expect(mailbox.fetch([11, 12])).rejects.toMatchObject({ code: 'imap.unreachable' });
  });

  test('a literal of gigabytes costs the connection, not the process', async () => {
    const mailbox = await against('UID FETCH', { say: '* 1 FETCH (UID 11 BODY[] {4000000000}\r\nabc' });
    await expect(mailbox.fetch([11])).rejects.toMatchObject({
      code: 'imap.protocol',
      details: { code: 'LiteralTooLarge', reason: 'broken' },
    });
    await expect(mailbox.list()).rejects.toMatchObject({ code: 'imap.protocol' });
  });
});

describe('what a listing may answer', () => {
  test('a message that comes in several rows is listed once, with its size and its last flags', async () => {
    const mailbox = await against('UID FETCH', {
      say:
        '* 1 FETCH (UID 11 FLAGS () RFC822.SIZE 10 INTERNALDATE "24-Nov-2026 08:00:00 +0800")\r\n' +
        '* 1 FETCH (UID 11 FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS (\\Seen))\r\n{tag} OK done\r\n',
    });
    expect(await mailbox.list()).toEqual([
      { uid: 11, sizeBytes: 10, internalDate: new Date('2026-11-24T00:00:00Z'), flags: ['\\Seen'] },
    ]);
  });

  test('a listing that is refused or cut short is a fault, never a short list', async () => {
    const first = '* 1 FETCH (UID 11 FLAGS () RFC822.SIZE 10)\r\n';
    const refusing = await against('UID FETCH', { say: `${first}{tag} NO not now\r\n` });
    await expect(refusing.list()).rejects.toMatchObject({ code: 'imap.protocol', details: { status: 'NO' } });
    const cut = await against('UID FETCH', { say: first, hangUp: true });
    await expect(cut.list()).rejects.toMatchObject({ code: 'imap.unreachable' });
  });
});

describe('what SELECT may answer', () => {
  test('no UIDVALIDITY and UIDVALIDITY 0 are both null', async () => {
    for (const uidValidity of [null, 0]) {
      const mailbox = await connect(
        await start({
          answer: ({ name }) => (name === 'SELECT' ? { say: selected(0, uidValidity) } : undefined),
        }),
      );
      expect(await mailbox.open('INBOX')).toEqual({ path: 'INBOX', uidValidity: null, readOnly: false });
    }
  });

  test('another UIDVALIDITY on every SELECT is shown as it is', async () => {
    let validity = 100;
    const server = await start({
      answer: ({ name }) => (name === 'SELECT' ? { say: selected(0, (validity += 1)) } : undefined),
    });
    const mailbox = await connect(server);
    expect((await mailbox.open('INBOX')).uidValidity).toBe(101n);
    expect((await mailbox.open('INBOX')).uidValidity).toBe(102n);
  });

  test('a read-only folder can be read, and flagging it says no', async () => {
    const server = await start({
      answer: ({ name }) => {
        if (name === 'SELECT') return { say: selected(1, 7, '').replace('READ-WRITE', 'READ-ONLY') };
        if (name === 'UID FETCH') return { say: `${row(1, 11, 'a')}{tag} OK done\r\n` };
        return name === 'UID STORE' ? { say: '{tag} NO read-only\r\n' } : undefined;
      },
    });
    const mailbox = await connect(server);
    expect(await mailbox.open('INBOX')).toMatchObject({ readOnly: true });
    expect(await mailbox.fetch([11])).toHaveLength(1);
    expect(await mailbox.markSeen([11])).toBe(false);
  });

  test('the client introduces itself before SELECT, and the words of a refusal reach the administrator', async () => {
    const server = await start({
      answer: ({ name }) =>
        name === 'SELECT' ? { say: '{tag} NO SELECT Unsafe Login. Ask us for help\r\n' } : undefined,
    });
    const mailbox = await connect(server);
    await expect(mailbox.open('INBOX')).rejects.toMatchObject({
      code: 'imap.protocol',
      details: { step: 'open', status: 'NO', answer: 'SELECT Unsafe Login. Ask us for help' },
    });
    const names = server.commands.map((command) => command.name);
    expect(names.indexOf('ID')).toBeGreaterThanOrEqual(0);
    expect(names.indexOf('ID')).toBeLessThan(names.indexOf('SELECT'));
    expect(server.commands.find((command) => command.name === 'ID')?.rest).toContain('"name" "shouli"');
  });
});

describe('what tidying may answer', () => {
  test('NO and BAD to STORE and MOVE are false and an empty set', async () => {
    for (const said of ['{tag} NO over quota\r\n', '{tag} BAD what\r\n']) {
      const flagging = await against('UID STORE', { say: said });
      expect(await flagging.markSeen([11])).toBe(false);
      const moving = await against('UID MOVE', { say: said });
      expect(await moving.move([11], 'INBOX')).toEqual(new Set());
    }
  });

  test('a MOVE without COPYUID, or with other UIDs in it, counts for nothing', async () => {
    for (const code of ['', '[COPYUID 7 98:99 1:2] ']) {
      const mailbox = await against('UID MOVE', { say: `{tag} OK ${code}done\r\n` });
      expect(await mailbox.move([11, 12], 'INBOX')).toEqual(new Set());
    }
  });

  test('a folder that may not be made leaves the mail where it is', async () => {
    const mailbox = await against('CREATE', { say: '{tag} NO [NOPERM] not here\r\n' });
    expect(await mailbox.move([11], 'Intake/Done')).toEqual(new Set());
    expect(events).toContainEqual({ kind: 'folder-refused', path: 'Intake/Done' });
  });

  test('a folder that vanished is looked for again at the next move', async () => {
    let folders = '* LIST () "/" Intake/Done\r\n';
    const server = await start({
      answer: ({ name }) => {
        if (name === 'LIST') return { say: `* LIST () "/" INBOX\r\n${folders}{tag} OK done\r\n` };
        if (name !== 'UID MOVE') return undefined;
        return { say: folders === '' ? '{tag} OK [COPYUID 7 11 1] done\r\n' : '{tag} NO [TRYCREATE] gone\r\n' };
      },
    });
    const mailbox = await connect(server);
    await mailbox.open('INBOX');
    expect(await mailbox.move([11], 'Intake/Done')).toEqual(new Set());
    folders = '';
    expect(await mailbox.move([11], 'Intake/Done')).toEqual(new Set([11]));
    expect(server.commands.map((command) => command.name)).toContain('CREATE');
  });

  test('a connection lost in STORE or MOVE is a fault, not a no', async () => {
    const flagging = await against('UID STORE', { hangUp: true });
    await expect(flagging.markSeen([11])).rejects.toMatchObject({ code: 'imap.unreachable' });
    const moving = await against('UID MOVE', { hangUp: true });
    await expect(moving.move([11], 'INBOX')).rejects.toMatchObject({ code: 'imap.unreachable' });
  });
});

describe('servers that are away', () => {
  test('a login refused for a passing reason is worth another try', async () => {
    const server = await start({
      answer: ({ name }) => (name === 'LOGIN' ? { say: '{tag} NO [UNAVAILABLE] later\r\n' } : undefined),
    });
    await expect(connect(server)).rejects.toMatchObject({ code: 'imap.unreachable', retryable: true });
  });

  test('a BYE instead of a greeting, or instead of an answer to the login, is worth another try', async () => {
    const greeting = await start({ greeting: { say: '* BYE too many connections\r\n', hangUp: true } });
    await expect(connect(greeting)).rejects.toMatchObject({ code: 'imap.unreachable', retryable: true });
    const login = await start({
      answer: ({ name }) => (name === 'LOGIN' ? { say: '* BYE too many connections\r\n', hangUp: true } : undefined),
    });
    await expect(connect(login)).rejects.toMatchObject({ code: 'imap.unreachable', retryable: true });
  });

  test('silence ends: before the greeting, and in the middle of a command', async () => {
    const mute = await start({ greeting: {} });
    await expect(connect(mute, { greetingMs: 50 })).rejects.toMatchObject({ code: 'imap.unreachable' });
    const server = await start({ answer: ({ name }) => (name === 'UID FETCH' ? {} : undefined) });
    const mailbox = await connect(server, { silenceMs: 1_500 });
    await mailbox.open('INBOX');
    await expect(mailbox.fetch([11])).rejects.toMatchObject({
      code: 'imap.unreachable',
      details: { code: 'ETIMEOUT' },
    });
  });

  test('an IDLE that the server no longer serves ends in a fault, so that a new connection is made', async () => {
    let mute = false;
    const server = await start({
      answer: ({ name }) => {
        if (name === 'IDLE') mute = true; // acknowledged, and then nothing more, not even for DONE
        return mute ? (name === 'IDLE' ? { say: '+ idling\r\n' } : {}) : undefined;
      },
    });
    const mailbox = await connect(server, { silenceMs: 1_100 });
    await mailbox.open('INBOX');
    const waiting = mailbox.waitForChange(30_000, never);
    await expect(waiting.then(() => mailbox.list())).rejects.toMatchObject({ code: 'imap.unreachable' });
  });

  test('an alert of the server is passed on, on one line', async () => {
    const server = await start({});
    const mailbox = await connect(server);
    await mailbox.open('INBOX');
    server.blurt('* OK [ALERT] mailbox is 95% full\r\n');
    await mailbox.markSeen([11]);
    expect(events).toContainEqual({ kind: 'alert', text: 'mailbox is 95% full' });
  });
});
