import { describe, expect, it } from 'vitest';
import {
  COMPLAINT,
  compose,
  CONTEXT,
  filePart,
  inCharset,
  multipart,
  plainPart,
  type Draft,
} from '../../../../fixtures/catalogue/compose-mail.ts';
import { readMail } from '../../../../src/intake/read-mail.ts';

async function hashOf(raw: Buffer): Promise<string> {
  const result = await readMail(raw, CONTEXT);
  if (result.kind !== 'mail') throw new Error('not read');
  return result.mail.contentSha256;
}

const hash = (draft: Draft): Promise<string> => hashOf(compose(draft));

describe('the content hash', () => {
  it('is the same for one mail delivered to both of our addresses (M67)', async () => {
    const first = compose({
      extra: ['Delivered-To: a@shouli.example', 'Received: from x by y; Tue, 22 Jul 2014 18:26:09 +0800'],
    });
    const second = compose({ fields: { To: '<b@shouli.example>', 'Return-Path': '<other@example.org>' } });
    expect(await hashOf(first)).toBe(await hashOf(second));
  });

  it('does not depend on line ends or transfer encoding', async () => {
    const plain = await hash({});
    expect(await hashOf(Buffer.from(compose().toString('latin1').replaceAll('\r\n', '\n'), 'latin1'))).toBe(plain);
    expect(
      await hash({
        fields: { 'Content-Transfer-Encoding': 'base64' },
        body: Buffer.from(COMPLAINT).toString('base64'),
      }),
    ).toBe(plain);
    expect(await hash({ body: `${COMPLAINT}\r\n\r\n` })).toBe(plain);
  });

  it('differs when a word, the sender, the date, the subject or an attachment differs (S07)', async () => {
    const parts = (content: string): Buffer =>
      multipart('mixed', [plainPart(COMPLAINT), filePart('image/png', 'a.png', content)]);
    const hashes = [
      await hash({}),
      await hash({ body: `${COMPLAINT}!` }),
      await hash({ fields: { From: '<other@example.org>' } }),
      await hash({ fields: { Date: 'Tue, 22 Jul 2014 18:26:01 +0800' } }),
      await hash({ fields: { Subject: 'other' } }),
      await hash({ fields: { 'Content-Type': 'text/plain; charset=gbk' }, body: inCharset('另一封信', 'gbk') }),
      await hashOf(parts('one')),
      await hashOf(parts('two')),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
