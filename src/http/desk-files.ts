import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { HttpApp } from './http-app.ts';
import { Problem } from './problems.ts';

type DeskFile = { readonly type: string; readonly plain: Buffer; readonly gzip: Buffer; readonly brotli: Buffer };

/** The desk as it was bundled, read once. */
export type DeskFiles = { readonly page: string; readonly assets: ReadonlyMap<string, DeskFile> };

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Pages of the desk: each is the same document, and the desk finds its way by the address. */
const PAGES = ['/', '/queue', '/cases/:id', '/call', '/sandbox', '/sign-in'];

/** null: nobody has bundled the desk here. The API works without it. */
export function readDeskFiles(directory: string): DeskFiles | null {
  const page = join(directory, 'index.html');
  if (!existsSync(page)) return null;
  const assets = readdirSync(join(directory, 'assets')).flatMap((name) => {
    const type = TYPES[extname(name)];
    if (type === undefined) return [];
    const plain = readFileSync(join(directory, 'assets', name));
    const brotli = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
    return [[name, { type, plain, gzip: gzipSync(plain), brotli }] as const];
  });
  return { page: readFileSync(page, 'utf8'), assets: new Map(assets) };
}

/** The desk's document and its parts. Only names that were there at the start are answered: no path leads anywhere else. */
export function deskRoutes(app: HttpApp, desk: DeskFiles | null): void {
  for (const url of PAGES) {
    app.route({
      method: 'GET',
      url,
      config: { access: 'public' },
      schema: { hide: true, querystring: z.looseObject({}) }, // the desk's own: filters and the like
      handler: (_request, reply) => sendPage(reply, desk),
    });
  }
  app.route({
    method: 'GET',
    url: '/assets/:name',
    config: { access: 'public' },
    schema: { hide: true },
    handler: (request, reply) => sendAsset(request, reply, desk?.assets ?? new Map()),
  });
}

/** The desk's document, with a nonce of its own. */
export function sendPage(reply: FastifyReply, desk: DeskFiles | null): FastifyReply {
  if (desk === null) {
    const missing = '受理台尚未打包：请在项目目录运行 node scripts/build.mjs 后重新启动。接口照常可用。\n';
    return reply.code(404).type('text/plain; charset=utf-8').send(missing);
  }
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({ 'content-security-policy': deskPolicy(nonce), 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(desk.page.replace('<head>', `<head>\n    <meta name="style-nonce" content="${nonce}" />`));
}

/** Scripts are files of ours, styles are files of ours or carry the page's own nonce; nothing comes from elsewhere. */
function deskPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `frame-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join(';');
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, assets: ReadonlyMap<string, DeskFile>): FastifyReply {
  const file = assets.get((request.params as { name: string }).name);
  if (file === undefined) throw new Problem('not-found');
  // The name holds a hash of the content, so what it names never changes.
  reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', vary: 'accept-encoding' }).type(file.type);
  const accepted = request.headers['accept-encoding'] ?? '';
  if (/\bbr\b/u.test(accepted)) return reply.header('content-encoding', 'br').send(file.brotli);
  if (/\bgzip\b/u.test(accepted)) return reply.header('content-encoding', 'gzip').send(file.gzip);
  return reply.send(file.plain);
}
