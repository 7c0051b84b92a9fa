import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../src/http/dependencies.ts';
import { readMail } from '../../../src/intake/read-mail.ts';
import { ANSWERS_FOLDER, createSandboxSmtp, type SandboxSmtp } from '../../../src/mailbox/sandbox-mailbox.ts';
import { sandboxMail } from '../../../src/roles/sandbox-mail.ts';
import { createSandboxStore } from '../../../src/store/sandbox-messages.ts';
import { openDesk, type Desk } from './desk.ts';

const OFFICE = 'office@office.example';
const LETTER = [
  'From: =?utf-8?B?5Y6F5pWI6IO95Yqe?= <office@office.example>',
  'To: zhang@citizen.example',
  'Subject: =?utf-8?B?5p2l5L+h5bey5pS25Yiw?=',
  'Auto-Submitted: auto-replied',
  'X-Long: one',
  '\ttwo',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('编号：123 456 789').toString('base64'),
  '',
].join('\r\n');

let desk: Desk;
let smtp: SandboxSmtp;
let sandbox: Sandbox;
let uid: number;
beforeAll(async () => {
  const later: Sandbox = {
    answers: () => sandbox.answers(),
    letter: (n) => sandbox.letter(n),
    send: (mail) => sandbox.send(mail),
  };
  desk = await openDesk({ replace: { sandbox: later } });
  const store = createSandboxStore(desk.database.db);
  smtp = await createSandboxSmtp({
    port: 0,
    host: '127.0.0.1',
    officeAddresses: [OFFICE],
    store,
    onMail: () => undefined,
  });
  sandbox = sandboxMail(OFFICE, { store, port: smtp.port });
  uid = await store.append(ANSWERS_FOLDER, Buffer.from(LETTER));
});
afterAll(async () => {
  await smtp.close();
  await desk.close();
});

const send = (payload: object, more: object = {}) =>
  desk.as('operator', { method: 'POST', url: '/api/sandbox/mails', payload, ...more });
const inbox = async () => {
  const store = createSandboxStore(desk.database.db);
  const listed = await store.list('INBOX');
  return store.read(
    'INBOX',
    listed.map((one) => one.uid),
  );
};

describe('a mail of the sandbox', () => {
  it('goes to the office by SMTP, with everything that a mail has', async () => {
    const mail = { from: '张三 <zhang@citizen.example>', subject: '反映收费', text: '第一行\n第二行，退费。' };
    expect((await send(mail)).statusCode).toBe(202);
    const [message] = await inbox();
    const read = await readMail(message?.source ?? Buffer.alloc(0), {
      ownAddresses: [],
      ownDomains: [],
      authservId: null,
    });
    expect(read).toMatchObject({
      kind: 'mail',
      mail: {
        from: { address: 'zhang@citizen.example', name: '张三' },
        returnPath: 'zhang@citizen.example',
        recipients: [OFFICE],
        subject: '反映收费',
        automatic: null,
      },
    });
    expect(read.kind === 'mail' && read.mail.text.trimEnd()).toBe('第一行\n第二行，退费。');
    expect(read.kind === 'mail' && read.mail.messageId).toBeTruthy();
  });

  it.each(['', 'zhang', 'a@b@citizen.example', 'a@citizen.example, b@citizen.example', '<>', 'a b@citizen.example'])(
    'is refused from %j, which is not one address, and the field is named',
    async (from) => {
      const before = (await inbox()).length;
      const response = await send({ from, subject: '主题', text: '正文' });
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ code: 'input.invalid', fields: [{ field: 'from' }] });
      expect((await inbox()).length).toBe(before);
    },
  );

  it('cannot be given header lines of its own', async () => {
    for (const subject of ['a\r\nBcc: b@citizen.example', 'a\nb']) {
      expect((await send({ from: 'a@citizen.example', subject, text: 'x' })).statusCode).toBe(400);
    }
  });
});

describe('what the office answered', () => {
  it('is listed, and one letter reads as its recipient reads it', async () => {
    const list = await desk.as('operator', { url: '/api/sandbox/answers' });
    expect(list.json()).toMatchObject({
      answers: [{ uid, recipient: 'zhang@citizen.example', subject: '来信已收到' }],
    });
    const letter = (await desk.as('operator', { url: `/api/sandbox/answers/${String(uid)}` })).json<{
      headers: unknown[];
    }>();
    expect(letter).toMatchObject({
      uid,
      to: 'zhang@citizen.example',
      subject: '来信已收到',
      text: '编号：123 456 789',
    });
    expect(letter.headers).toContainEqual({ name: 'Auto-Submitted', value: 'auto-replied' });
    expect(letter.headers).toContainEqual({ name: 'X-Long', value: 'one two' });
  });

  it('is not found under a number that no letter has, nor under that of a mail to the office', async () => {
    const [mail] = await inbox();
    for (const n of [mail?.uid ?? 0, 987_654]) {
      expect((await desk.as('operator', { url: `/api/sandbox/answers/${String(n)}` })).statusCode).toBe(404);
    }
  });
});

describe('the sandbox', () => {
  it('is there for requests of this machine only: the letters hold codes', async () => {
    const far = [
      { remoteAddress: '192.0.2.1' },
      { headers: { host: 'xiaoneng.example' } },
      ...['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-host'].map((name) => ({
        headers: { [name]: '192.0.2.1' },
      })),
    ];
    for (const more of far) {
      expect((await send({ from: 'a@citizen.example', subject: '主题', text: '正文' }, more)).statusCode).toBe(404);
      for (const url of ['/api/sandbox/answers', `/api/sandbox/answers/${String(uid)}`]) {
        expect((await desk.as('operator', { url, ...more })).statusCode).toBe(404);
      }
    }
  });

  it('is not there at all where there is a real mailbox', async () => {
    const real = await openDesk();
    expect((await real.as('triage', { url: '/api/sandbox/answers' })).statusCode).toBe(404);
    await real.close();
  });
});
