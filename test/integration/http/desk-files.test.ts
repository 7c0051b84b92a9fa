import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDeskFiles } from '../../../src/http/desk-files.ts';
import { openDesk, type Desk } from './desk.ts';

const SCRIPT = 'console.log("受理台");'.repeat(50);
const PAGES = [
  '/',
  '/queue',
  '/queue?overdue=true&q=收费',
  '/cases/12',
  '/call?draft=x',
  '/sandbox',
  '/sign-in?next=%2F',
];

let folder: string;
let desk: Desk;
let bare: Desk;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouli-files-'));
  const bundle = join(folder, 'console');
  await mkdir(join(bundle, 'assets'), { recursive: true });
  await writeFile(
    join(bundle, 'index.html'),
    '<!doctype html><html><head><title>受理</title></head><body></body></html>',
  );
  await writeFile(join(bundle, 'assets/desk-ab12.js'), SCRIPT);
  await writeFile(join(bundle, 'assets/desk-ab12.css'), 'body{margin:0}');
  await writeFile(join(bundle, 'assets/notes.txt'), 'of a kind that no page asks for');
  await writeFile(join(folder, 'secret.js'), 'outside');
  await writeFile(join(bundle, 'manifest.js'), 'not an asset');
  desk = await openDesk({ replace: { desk: readDeskFiles(bundle) } });
  bare = await openDesk({ replace: { desk: readDeskFiles(join(folder, 'nothing')) } });
});
afterAll(async () => {
  await desk.close();
  await bare.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => desk.as('nobody', { url, headers });

describe("the desk's document", () => {
  it.each(PAGES)('is at %s, for the desk to find its way by the address', async (url) => {
    const { statusCode, headers, body } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('<title>受理</title>');
  });

  it('lets in files of ours and styles with the nonce of this one answer', async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 5; n += 1) {
      const { headers, body } = await get('/');
      const nonce = /<meta name="style-nonce" content="(?<nonce>[\w+/=]{24})" \/>/u.exec(body)?.groups?.['nonce'] ?? '';
      nonces.add(nonce);
      expect(headers['content-security-policy']).toBe(
        `default-src 'none';script-src 'self';style-src 'self' 'nonce-${nonce}';img-src 'self' data:;font-src 'self';` +
          `connect-src 'self';frame-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    }
    expect(nonces.size).toBe(5);
  });

  it('says in words that there is no such page, and a program gets a problem', async () => {
    const page = await get('/nowhere', { accept: 'text/html,*/*' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    for (const [url, accept] of [
      ['/nowhere', '*/*'],
      ['/api/nowhere', 'text/html'],
      ['/assets/nowhere.js', 'text/html'],
    ] as const) {
      const { statusCode, headers } = await get(url, { accept });
      expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    }
  });

  it('is under our own name only', async () => {
    expect((await get('/', { host: 'evil.example' })).statusCode).toBe(421);
  });
});

describe("the desk's parts", () => {
  it('are kept by the browser for ever, and sent as small as it can read them', async () => {
    const plain = await get('/assets/desk-ab12.js', { 'accept-encoding': 'identity' });
    expect(plain.body).toBe(SCRIPT);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
    });
    const zipped = await get('/assets/desk-ab12.js', { 'accept-encoding': 'gzip, deflate' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(SCRIPT);
    const brotli = await get('/assets/desk-ab12.js', { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(SCRIPT);
    expect((await get('/assets/desk-ab12.css')).headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it.each([
    '/assets/../secret.js',
    '/assets/..%2fsecret.js',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.js',
    '/assets/..%5csecret.js',
    '/assets/../manifest.js',
    '/assets/desk-ab12.js%00.css',
    '/assets//desk-ab12.js',
    '/assets/constructor',
    '/assets/__proto__',
    '/assets/notes.txt',
    '/assets/',
    '/manifest.js',
    '/index.html',
  ])('are not %s', async (url) => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBe(404);
    expect(body).not.toMatch(/outside|not an asset|no page asks/u);
  });
});

describe('without a bundle', () => {
  it('the API works, and the front page says how to get the desk', async () => {
    const page = await bare.as('nobody', { url: '/' });
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain('node scripts/build.mjs');
    expect((await bare.as('triage', { url: '/api/cases' })).statusCode).toBe(200);
  });
});
