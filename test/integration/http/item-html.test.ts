import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../../src/compose.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { readingFunctions } from '../../../src/roles/reading.ts';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

const HTML =
  '<html><body><p style="color:#ff0000">学校<b>乱收费</b></p><img src="https://evil.example/pixel.gif">' +
  '<script>alert(1)</script><a href="javascript:alert(1)">点我</a></body></html>';
let desk: Desk;
let rich: ReceivedMail;
let plain: ReceivedMail;
beforeAll(async () => {
  desk = await openDesk();
  const head = 'From: a@citizen.example\r\nMIME-Version: 1.0\r\n';
  const part = `--b\r\nContent-Type: text/html; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
  const gb = iconv.encode(HTML, 'gb18030'); // as many programs still send it
  const raw = `${head}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nplain\r\n${part}${gb.toString('base64')}\r\n--b--\r\n`;
  rich = await desk.receiveMail({}, { raw: Buffer.from(raw) });
  plain = await desk.receiveMail({}, { raw: Buffer.from(`${head}\r\nonly text <b>with a tag</b>\r\n`) });
});
afterAll(() => desk.close());

const get = (itemId: number) => desk.as('triage', { url: `/api/items/${String(itemId)}/html` });

describe('the HTML of a mail', () => {
  it('is a page with its text in the right characters, and nothing that loads or runs', async () => {
    const { statusCode, body } = await get(rich.itemId);
    expect(statusCode).toBe(200);
    expect(body).toContain('<p style="color: #ff0000">学校<b>乱收费</b></p>〔图片〕点我〔javascript:alert(1)〕</body>');
    expect(body).not.toMatch(/<script|<img|<a |src=|href=|evil\.example/u);
  });

  it('may be framed by us alone, in a sandbox, with no source of anything', async () => {
    const { headers } = await get(rich.itemId);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
      'x-frame-options': 'SAMEORIGIN',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
  });

  it('leaves all other answers unframed', async () => {
    const { headers } = await desk.as('triage', { url: `/api/items/${String(rich.itemId)}/raw` });
    expect(headers['x-frame-options']).toBe('DENY');
  });

  it('is not found where there is none, and for an item that nobody has', async () => {
    for (const id of [plain.itemId, 987_654_321]) expect((await get(id)).statusCode).toBe(404);
  });

  it('is written down before it is shown, and only when it is', async () => {
    const readings = await desk.database.db
      .selectFrom('journal')
      .select(['actor', 'item_id'])
      .where('kind', '=', 'html.read')
      .execute();
    expect(readings.length).toBeGreaterThan(0);
    for (const reading of readings)
      expect(reading).toEqual({ actor: desk.viewer('triage').userId, item_id: rich.itemId });
  });

  it('is a page that says so when the reading process gave up', async () => {
    const house = { database: desk.database, sealer: createSealer(Buffer.alloc(32, 7)) } as House; // nothing else of it is used
    const reader = {
      readHtml: () => Promise.resolve({ kind: 'crashed', code: 'timeout', detail: '20000 ms' } as const),
    };
    const page = await readingFunctions(house, reader).readHtml(desk.viewer('triage'), rich.itemId);
    expect(page).toContain('网页版本过于复杂，未能显示。');
  });
});
