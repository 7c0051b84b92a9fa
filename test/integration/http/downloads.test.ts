import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

const CONTENT = Buffer.from('<script>alert(1)</script>\0\xff', 'latin1');
const NAME = '../报名\u202efdp.html';
let desk: Desk;
let mail: ReceivedMail;
let raw: Buffer;
beforeAll(async () => {
  desk = await openDesk();
  raw = Buffer.from(
    [
      'From: a@citizen.example',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'bare\nline feed',
      '--b',
      'Content-Type: text/html; name="x.html"',
      'Content-Disposition: attachment; filename="x.html"',
      'Content-Transfer-Encoding: base64',
      '',
      CONTENT.toString('base64'),
      '--b--',
      '',
    ].join('\r\n'),
  );
  mail = await desk.receiveMail(
    { attachments: [{ name: NAME, bytes: CONTENT.length, type: 'text/html', sha256: sha256(CONTENT) }] },
    { raw },
  );
});
afterAll(() => desk.close());

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const get = (url: string) => desk.as('triage', { url });

describe('what a citizen sent', () => {
  it('comes back byte for byte', async () => {
    const response = await get(`/api/items/${String(mail.itemId)}/raw`);
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.equals(raw)).toBe(true);
  });

  it('is a file to save and never a page: nothing that a browser opens, sniffs or runs', async () => {
    for (const url of ['raw', 'attachments/0'].map((what) => `/api/items/${String(mail.itemId)}/${what}`)) {
      const { headers } = await get(url);
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
        'cache-control': 'no-store',
      });
      expect(headers['content-disposition']).toMatch(/^attachment; filename="/u);
    }
  });

  it('as an attachment has its own bytes, and a name without path and without hidden direction', async () => {
    const response = await get(`/api/items/${String(mail.itemId)}/attachments/0`);
    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.equals(CONTENT)).toBe(true);
    expect(response.headers['content-disposition']).toBe(
      `attachment; filename="_____fdp.html"; filename*=UTF-8''__${encodeURIComponent('报名')}_fdp.html`,
    );
  });

  it('does not exist beyond the last attachment, and nowhere else in the list', async () => {
    const base = `/api/items/${String(mail.itemId)}/attachments`;
    expect((await get(`${base}/1`)).statusCode).toBe(404);
    for (const n of ['-1', '01', '1.0', 'x', '10000', '0/0', ''])
      expect((await get(`${base}/${n}`)).statusCode).not.toBe(200);
  });

  it('is journalled as read', async () => {
    await get(`/api/items/${String(mail.itemId)}/raw`);
    const rows = await desk.database.db
      .selectFrom('journal')
      .select('actor')
      .where('kind', '=', 'raw.read')
      .where('item_id', '=', mail.itemId)
      .execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows[0]?.actor).toBe(desk.viewer('triage').userId);
  });
});
