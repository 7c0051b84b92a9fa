import { z } from 'zod';
import { DECIDERS, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { BYTES, sendDownload } from '../download.ts';
import { idParam, idParams, indexParam } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

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
