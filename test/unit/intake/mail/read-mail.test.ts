import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../../fixtures/catalogue/catalogue.ts';
import {
  CITIZEN,
  COMPLAINT,
  compose,
  CONTEXT,
  filePart,
  htmlPart,
  inCharset,
  multipart,
  plainPart,
  SUBJECT,
  word,
} from '../../../../fixtures/catalogue/compose-mail.ts';
import type { ParsedMail } from '../../../../src/intake/item.ts';
import { readMail } from '../../../../src/intake/read-mail.ts';

async function read(raw: Buffer): Promise<ParsedMail> {
  const result = await readMail(raw, CONTEXT);
  if (result.kind !== 'mail') throw new Error(`not read: ${result.code}`);
  return result.mail;
}

describe('a mail of a careful citizen', () => {
  it('is read whole, and nothing about it is flagged', async () => {
    expect(await read(compose())).toMatchObject({
      messageId: '20140722182600.1@example.org',
      from: { address: CITIZEN, domain: 'example.org', name: '王小明' },
      fromShown: `${CITIZEN}（王小明）`,
      returnPath: CITIZEN,
      replyTo: [],
      recipients: ['xiaoneng@shouli.example'],
      recipientCount: 1,
      claimedDate: '2014-07-22T10:26:00.000Z',
      subject: SUBJECT,
      text: COMPLAINT,
      ownText: COMPLAINT,
      attachments: [],
      parts: [{ type: 'text/plain', bytes: Buffer.byteLength(COMPLAINT) + 2, shown: true }],
      flags: [],
      automatic: null,
      delivery: null,
      authentication: 'none',
    });
  });

  it('keeps its raw header for the vault', async () => {
    const { headers } = await read(compose());
    expect(headers).toMatch(/^Return-Path: <citizen@example\.org>\r\n/);
    expect((await read(compose({ extra: [`X-Long: ${'x'.repeat(100_000)}`] }))).headers.length).toBe(65_536);
  });
});

/** P7: what a Chinese citizen's mail program sends on a good day. */
const CHARSETS = ['utf-8', 'gb18030', 'gbk', 'gb2312', 'big5'] as const;
const ENCODINGS = ['8bit', 'base64', 'quoted-printable'] as const;
const SHAPES = ['plain', 'html', 'alternative', 'attachment', 'related', 'reply', 'signed'] as const;
type Shape = (typeof SHAPES)[number];

function encode(text: string, charset: string, encoding: string): Buffer {
  const bytes = inCharset(text, charset);
  if (encoding === 'base64') return Buffer.from(bytes.toString('base64').replace(/.{1,76}/g, '$&\r\n'));
  if (encoding === '8bit') return bytes;
  return Buffer.from(
    Array.from(bytes, (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('')
      .replace(/.{72}/g, '$&=\r\n'),
  );
}

function part(type: string, text: string, charset: string, encoding: string): Buffer {
  const head = `Content-Type: ${type}; charset=${charset}\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), encode(text, charset, encoding)]);
}

function cleanMail(shape: Shape, charset: string, encoding: string): Buffer {
  const letter = charset === 'big5' ? '我要投訴學校亂收費，請教育廳處理。' : COMPLAINT;
  const subject = { Subject: word(letter.slice(0, 8), charset) };
  const plain = part('text/plain', letter, charset, encoding);
  const html = part('text/html', `<html><body><p>${letter}</p></body></html>`, charset, encoding);
  const image = filePart(
    'image/jpeg',
    'photo.jpg',
    Buffer.alloc(3_000, 7),
    shape === 'related' ? 'inline' : 'attachment',
  );
  const whole = (body: Buffer, type: string): Buffer =>
    compose({
      fields: { ...subject, 'Content-Type': `${type}; charset=${charset}`, 'Content-Transfer-Encoding': encoding },
      body,
    });
  switch (shape) {
    case 'plain':
      return whole(encode(letter, charset, encoding), 'text/plain');
    case 'html':
      return whole(encode(`<div>${letter}</div>`, charset, encoding), 'text/html');
    case 'reply':
      return whole(encode(`${letter}\r\n\r\n> ${letter}\r\n`, charset, encoding), 'text/plain');
    case 'alternative':
      return multipart('alternative', [plain, html], { fields: subject });
    case 'attachment':
      return multipart('mixed', [plain, image], { fields: subject });
    case 'related':
      return multipart('related', [html, image], { fields: subject });
    case 'signed':
      return multipart('signed', [plain, filePart('application/pkcs7-signature', 'smime.p7s', 'x')], {
        fields: subject,
      });
  }
}

const CLEAN = SHAPES.flatMap((shape) =>
  CHARSETS.flatMap((charset) => ENCODINGS.map((encoding) => ({ shape, charset, encoding }))),
);

describe('no content is lost silently', () => {
  it('flags nothing in what is sound', async () => {
    expect(CLEAN.length).toBeGreaterThanOrEqual(100);
    for (const { shape, charset, encoding } of CLEAN) {
      const mail = await read(cleanMail(shape, charset, encoding));
      expect({
        shape,
        charset,
        encoding,
        flags: mail.flags,
        hidden: mail.parts.filter((each) => !each.shown && each.why === undefined),
      }).toEqual({ shape, charset, encoding, flags: [], hidden: [] });
      expect(mail.text).toMatch(/乱收费|亂收費|四趟/);
    }
  });

  const DAMAGE: readonly (readonly [string, (raw: Buffer) => Buffer])[] = [
    ['cut in the middle', (raw) => raw.subarray(0, raw.length - 40)],
    ['boundary lost', (raw) => replace(raw, '; boundary="=_catalogue"', '')],
    ['boundary wrong', (raw) => replace(raw, 'boundary="=_catalogue"', 'boundary="=_other"')],
    ['last boundary lost', (raw) => replace(raw, '--=_catalogue--\r\n', '')],
  ];

  it('flags every damaged mail of several parts', async () => {
    const shapes = ['alternative', 'attachment', 'related', 'signed'] as const;
    let damaged = 0;
    for (const shape of shapes) {
      for (const charset of CHARSETS) {
        for (const [what, damage] of DAMAGE) {
          const mail = await read(damage(cleanMail(shape, charset, 'base64')));
          expect({ shape, charset, what, flagged: mail.flags.includes('incomplete') }).toEqual({
            shape,
            charset,
            what,
            flagged: true,
          });
          damaged++;
        }
      }
    }
    expect(damaged).toBeGreaterThanOrEqual(60);
  });

  it('accounts for every leaf: shown, or a reason', async () => {
    const mail = await read(
      multipart('mixed', [
        plainPart(COMPLAINT),
        htmlPart(`<p>${COMPLAINT}</p>`),
        filePart('application/zip', 'a.zip', 'x'),
        'Content-Type: text/calendar\r\n\r\nx',
      ]),
    );
    expect(mail.parts.map((each) => [each.type, each.shown, each.why])).toEqual([
      ['text/plain', true, undefined],
      ['text/html', true, undefined],
      ['application/zip', false, '附件'],
      ['text/calendar', false, '日程'],
    ]);
  });
});

function replace(raw: Buffer, what: string, by: string): Buffer {
  return Buffer.from(raw.toString('latin1').replace(what, by), 'latin1');
}

describe('whatever the bytes are', () => {
  /** PostgreSQL takes every string of it. */
  function expectStorable(mail: ParsedMail): void {
    expect(JSON.stringify(mail)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }

  it('reading answers and the answer can be stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
        const result = await readMail(Buffer.from(bytes), CONTEXT);
        if (result.kind === 'mail') expectStorable(result.mail);
      }),
      { numRuns: 300 },
    );
  });

  const small = catalogue().filter((entry) => !/^(?:M(?:1[678]|2[1-6]|3\d|4[0]|60)|A44b|S34)/.test(entry.id));

  it('mails of the catalogue with bytes flipped, lost and spliced are read too', { timeout: 120_000 }, async () => {
    const raws = small.map((entry) => entry.raw()).filter((raw) => raw.length > 0 && raw.length < 20_000);
    expect(raws.length).toBeGreaterThan(150);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...raws),
        fc.constantFrom(...raws),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
        fc.nat(),
        async (first, second, flips, cut) => {
          const bytes = Buffer.concat([first.subarray(0, cut % first.length), second.subarray(cut % second.length)]);
          for (const [at, value] of flips) if (bytes.length > 0) bytes[at % bytes.length] = value;
          const result = await readMail(bytes, CONTEXT);
          if (result.kind === 'mail') expectStorable(result.mail);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
