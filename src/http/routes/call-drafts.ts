import { z } from 'zod';
import { OFFICE, viewerOf } from '../access.ts';
import { CALL_DRAFT_FORM } from '../call-form-schema.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { list, version, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const DRAFT = z
  .object({ id: z.uuid(), version: z.int(), updatedAt: when, form: CALL_DRAFT_FORM })
  .meta({ id: 'CallDraft' });
const params = z.strictObject({ uuid: z.uuid() });

/** What an operator is typing, kept by the server so that a dead browser costs seconds. A draft is seen by its owner only. */
export function callDraftRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  readRoutes(app, dependencies);
  writeRoutes(app, dependencies);
}

function readRoutes(app: HttpApp, { listDrafts, readDraft }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/call-drafts',
    config: { access: OFFICE },
    schema: {
      summary: 'Your drafts, newest first',
      tags: ['calls'],
      response: { 200: z.object({ drafts: list(DRAFT) }), ...problemResponses('read') },
    },
    handler: async (request) => ({ drafts: await listDrafts(viewerOf(request)) }),
  });

  app.route({
    method: 'GET',
    url: '/api/call-drafts/:uuid',
    config: { access: OFFICE },
    schema: {
      summary: 'One of your drafts',
      tags: ['calls'],
      params,
      response: { 200: DRAFT, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const draft = await readDraft(viewerOf(request), request.params.uuid);
      if (draft === null) throw new Problem('not-found');
      return draft;
    },
  });
}

function writeRoutes(app: HttpApp, { saveDraft, deleteDraft }: HttpDependencies): void {
  app.route({
    method: 'PUT',
    url: '/api/call-drafts/:uuid',
    config: { access: OFFICE },
    schema: {
      summary: 'Save a draft under an id of your own making; version 0 for a new one',
      tags: ['calls'],
      params,
      body: z.strictObject({ version, form: CALL_DRAFT_FORM }),
      response: { 200: z.object({ version: z.int() }), ...problemResponses('write', 'not-found', 'stale') },
    },
    handler: async (request) => {
      const saved = await saveDraft(viewerOf(request), { id: request.params.uuid, ...request.body });
      if (saved.kind === 'stale') throw new Problem('stale');
      if (saved.kind === 'not-yours') throw new Problem('not-found');
      return { version: saved.version };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api/call-drafts/:uuid',
    config: { access: OFFICE },
    schema: {
      summary: 'Throw a draft away',
      tags: ['calls'],
      params,
      response: { 204: z.undefined().describe('Gone.'), ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      if (!(await deleteDraft(viewerOf(request), request.params.uuid))) throw new Problem('not-found');
      return reply.code(204).send();
    },
  });
}
