import { z } from 'zod';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, line, list, staff } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';
import { KEPT_FILTER } from '../queue-filter-schema.ts';

const NAMED = z.strictObject({
  name: line(40),
  filter: KEPT_FILTER,
  shared: z.boolean().describe('For everybody at the desk; only a supervisor may say so.'),
});

const SAVED = z
  .object({
    id: z.int(),
    name: z.string(),
    filter: z.record(z.string(), z.string()).describe('Parameters of the query of the queue.'),
    shared: z.boolean(),
    by: staff,
  })
  .meta({ id: 'SavedFilter' });

/** What people narrow the queue by, under names of their own. */
export function savedFilterRoutes(app: HttpApp, { listFilters, saveFilter, deleteFilter }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/saved-filters',
    config: { access: OFFICE },
    schema: {
      summary: 'Your filters of the queue, and those that are shared',
      tags: ['queue'],
      response: { 200: z.object({ filters: list(SAVED) }), ...problemResponses('read') },
    },
    handler: async (request) => ({ filters: await listFilters(viewerOf(request)) }),
  });

  app.route({
    method: 'POST',
    url: '/api/saved-filters',
    config: { access: OFFICE },
    schema: {
      summary: 'Keep a filter under a name; your own of that name is replaced',
      tags: ['queue'],
      body: NAMED,
      response: { 200: z.object({ id: z.int() }), ...problemResponses('write', 'refused') },
    },
    handler: async (request) => {
      const { name, filter, shared } = request.body;
      // As the address of the queue has it: every value in words.
      const words = Object.fromEntries(Object.entries(filter).map(([key, value]) => [key, String(value)]));
      const saved = await saveFilter(viewerOf(request), { name: name.trim(), filter: words, shared });
      if (saved.kind === 'refused') throw new Problem('refused', { reason: saved.reason, detail: saved.message });
      return { id: saved.id };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api/saved-filters/:id',
    config: { access: OFFICE },
    schema: {
      summary: 'Throw a filter of yours away',
      tags: ['queue'],
      params: idParams,
      response: { 204: z.undefined().describe('Gone.'), ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      if (!(await deleteFilter(viewerOf(request), request.params.id))) throw new Problem('not-found');
      return reply.code(204).send();
    },
  });
}
