import { z } from 'zod';
import { CHANNELS } from '../../domain/vocabulary.ts';
import { DECIDERS, OFFICE, viewerOf } from '../access.ts';
import { CASE } from '../case-schema.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { presentCase } from '../present-case.ts';
import { Problem, problemResponses } from '../problems.ts';

const IDENTITY = z.object({
  itemId: z.int(),
  channel: z.enum(CHANNELS),
  name: z.string().nullable(),
  address: z.string().nullable(),
  replyTo: list(z.string()),
  headers: z.string().nullable(),
  phone: z.string().nullable(),
  place: z.string().nullable(),
  accusedUnit: z.string().nullable().describe('As the caller named it.'),
  anonymous: z.boolean(),
  keepSecret: z.boolean(),
});

/** One case, and apart from it who wrote. */
export function caseRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/cases/:id',
    config: { access: OFFICE },
    schema: {
      summary: 'A case with its clocks, letters, items and history; without who wrote',
      tags: ['cases'],
      params: idParams,
      response: { 200: CASE, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const view = await dependencies.readCase(viewerOf(request), request.params.id);
      if (view === null) throw new Problem('not-found');
      return presentCase(view, dependencies);
    },
  });

  app.route({
    method: 'GET',
    url: '/api/cases/:id/identity',
    config: { access: DECIDERS },
    schema: {
      summary: 'Who wrote or called. Every reading is written into the journal',
      tags: ['cases'],
      params: idParams,
      response: { 200: z.object({ items: list(IDENTITY) }), ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const items = await dependencies.readIdentity(viewerOf(request), request.params.id);
      if (items === null) throw new Problem('not-found');
      return { items };
    },
  });
}
