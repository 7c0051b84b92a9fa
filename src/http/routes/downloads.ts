import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Download } from '../../casework/views.ts';
import { DECIDERS, viewerOf } from '../access.ts';
import { attachmentDisposition } from '../content-disposition.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParam, idParams, indexParam } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const BYTES = {
  description: 'The bytes, to be saved and never to be shown.',
  content: { 'application/octet-stream': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
};

/** What a citizen sent, byte for byte. Raw mail names its sender, so it is for those who may see identities. */
export function downloadRoutes(app: HttpApp, { readRaw, readAttachment }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/items/:id/raw',
    config: { access: DECIDERS },
    schema: {
      summary: 'An item as it came, byte for byte',
      tags: ['items'],
      params: idParams,
      response: { 200: BYTES, ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => sendDownload(reply, await readRaw(viewerOf(request), request.params.id)),
  });

  app.route({
    method: 'GET',
    url: '/api/items/:id/attachments/:n',
    config: { access: DECIDERS },
    schema: {
      summary: 'An attachment of an item; n counts from 0',
      tags: ['items'],
      params: z.strictObject({ id: idParam, n: indexParam }),
      response: { 200: BYTES, ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      const { id, n } = request.params;
      return sendDownload(reply, await readAttachment(viewerOf(request), id, n));
    },
  });
}

/**
 * Only ever a file to save: no type that a browser would open, no sniffing (helmet sets nosniff), and if it is opened as a page
 * after all, a sandbox in which nothing runs.
 */
function sendDownload(reply: FastifyReply, download: Download | null, type = 'application/octet-stream'): Buffer {
  if (download === null) throw new Problem('not-found');
  reply
    .type(type)
    .header('content-disposition', attachmentDisposition(download.name))
    .header('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'");
  return download.bytes;
}
