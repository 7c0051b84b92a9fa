import { z } from 'zod';
import { OVERSIGHT } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { list, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

const FOLDER = z.object({
  mailbox: z.string(),
  path: z.string(),
  spam: z.boolean(),
  listed: z.int(),
  lastPolledAt: when.nullable(),
  lastError: z.string().nullable().describe('A fault code.'),
  health: z.enum(['ok', 'failing', 'silent']),
});

const LETTERS = z.object({
  pending: z.int(),
  claimed: z.int(),
  data: z.int(),
  sent: z.int(),
  failed: z.int(),
  unknown: z.int(),
});

const REPORT = z
  .object({
    mailbox: z.object({ listed: z.int(), stored: z.int(), missing: z.int() }),
    items: z.object({ total: z.int(), withoutDisposition: z.int(), stuck: z.int() }),
    cases: z.int(),
    letters: LETTERS,
    deadlines: z.object({ armed: z.int(), fired: z.int(), overdue: z.int() }),
    queue: z.object({ backend: z.string(), reachable: z.boolean(), rearmed: z.int() }),
    journal: z.object({ entries: z.int(), intact: z.boolean() }),
    ok: z.boolean(),
    problems: list(z.string()),
  })
  .meta({ id: 'DoctorReport' });

/** How the service is. Counts only: no case is named. */
export function oversightRoutes(app: HttpApp, { listFolders, doctor }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/folders',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'The mailboxes that are polled, and their health',
      tags: ['oversight'],
      response: { 200: z.object({ folders: list(FOLDER) }), ...problemResponses('read') },
    },
    handler: async () => ({ folders: await listFolders() }),
  });

  app.route({
    method: 'GET',
    url: '/api/doctor',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'The conservation law and the state of every part',
      tags: ['oversight'],
      response: { 200: REPORT, ...problemResponses('read') },
    },
    handler: async () => doctor(),
  });

  app.route({
    method: 'GET',
    url: '/api/openapi.json',
    config: { access: 'public' },
    schema: {
      summary: 'This document',
      tags: ['oversight'],
      response: { 200: z.looseObject({}), ...problemResponses('public') },
    },
    handler: async () => ({ ...app.swagger() }),
  });
}
