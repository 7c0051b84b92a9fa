import { z } from 'zod';
import { DECIDERS, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const PAGE = {
  description: 'A page for `<iframe sandbox="">` that loads nothing and runs nothing.',
  content: { 'text/html': { schema: z.string() } },
};

/**
 * What was kept of the HTML has no way to reach anything. The policy is the second wall: no address but ours may frame it, and
 * even opened by itself it is a page of nobody (`sandbox`) that may use its own style attributes and nothing else.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** A mail as its sender laid it out. Like the raw mail it may name him, so it is for those who may see identities. */
export function itemHtmlRoutes(app: HttpApp, { readHtml }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/items/:id/html',
    config: { access: DECIDERS },
    schema: {
      summary: 'The HTML of a mail, made harmless, to be shown in a sandboxed frame',
      tags: ['items'],
      params: idParams,
      response: { 200: PAGE, ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      const html = await readHtml(viewerOf(request), request.params.id);
      if (html === null) throw new Problem('not-found');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', POLICY)
        .header('x-frame-options', 'SAMEORIGIN')
        .send(html);
    },
  });
}
