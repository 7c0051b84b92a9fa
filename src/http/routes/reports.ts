import { z } from 'zod';
import { PERIOD_REFUSALS } from '../../domain/report.ts';
import { DECIDERS, OFFICE, viewerOf } from '../access.ts';
import { attachmentDisposition } from '../content-disposition.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';
import {
  ENTRIES,
  ENTRY_QUERY,
  PERIOD,
  presentEntry,
  presentHead,
  presentRecomputed,
  presentReport,
  RECOMPUTED,
  REPORT,
  REPORT_HEAD,
} from '../report-schema.ts';
import { reportCsv, reportSheet } from '../report-sheet.ts';

/** A page of a list. More at once would be a mass copy of case numbers. */
const PAGE_ROWS = 200;

/**
 * 通报: figures that are frozen with the list of what they count. The whole office reads the figures, where units with small
 * counts are put together for who may not open identities; the lists are for those who decide.
 */
export function reportRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  makingRoutes(app, dependencies);
  readingRoutes(app, dependencies);
  behindRoutes(app, dependencies);
}

function makingRoutes(app: HttpApp, { reports, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/reports',
    config: { access: DECIDERS },
    schema: {
      summary: 'Count whole months as of now, and freeze figures and list',
      tags: ['reports'],
      body: PERIOD,
      response: { 201: z.object({ id: z.int() }), ...problemResponses('write', 'refused') },
    },
    handler: async (request, reply) => {
      const made = await reports.make(viewerOf(request), request.body);
      if (made.kind === 'refused')
        throw new Problem('refused', { reason: made.reason, detail: PERIOD_REFUSALS[made.reason] });
      return reply.code(201).send({ id: made.id });
    },
  });

  app.route({
    method: 'POST',
    url: '/api/reports/:id/recompute',
    config: { access: DECIDERS },
    schema: {
      summary:
        'Count the frozen list again, and the cases as they are today; says which differ and why, alters nothing',
      tags: ['reports'],
      params: idParams,
      response: { 200: RECOMPUTED, ...problemResponses('write', 'not-found') },
    },
    handler: async (request) => {
      const found = await reports.recompute(viewerOf(request), request.params.id);
      if (found.kind === 'not-found') throw new Problem('not-found');
      return presentRecomputed(found, names);
    },
  });
}

function readingRoutes(app: HttpApp, { reports, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/reports',
    config: { access: OFFICE },
    schema: {
      summary: 'The reports that were made, the newest first',
      tags: ['reports'],
      response: { 200: z.object({ reports: list(REPORT_HEAD) }), ...problemResponses('read') },
    },
    handler: async () => ({ reports: (await reports.list()).map(presentHead) }),
  });

  app.route({
    method: 'GET',
    url: '/api/reports/:id',
    config: { access: OFFICE },
    schema: {
      summary: 'The figures of a report as they were frozen',
      tags: ['reports'],
      params: idParams,
      response: { 200: REPORT, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const found = await reports.read(viewerOf(request), request.params.id);
      if (found === null) throw new Problem('not-found');
      return presentReport(found, names);
    },
  });

  app.route({
    method: 'GET',
    url: '/api/reports/:id/csv',
    config: { access: OFFICE },
    schema: {
      summary: 'The same figures for a spreadsheet',
      tags: ['reports'],
      params: idParams,
      response: {
        200: { description: 'A table, to be saved.', content: { 'text/csv': { schema: z.string() } } },
        ...problemResponses('read', 'not-found'),
      },
    },
    handler: async (request, reply) => {
      const found = await reports.read(viewerOf(request), request.params.id);
      if (found === null) throw new Problem('not-found');
      const name = `report-${String(found.id)}.csv`;
      reply.type('text/csv; charset=utf-8').header('content-disposition', attachmentDisposition(name));
      return reportCsv(reportSheet(found, names));
    },
  });
}

function behindRoutes(app: HttpApp, { reports, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/reports/:id/cases',
    config: { access: DECIDERS },
    schema: {
      summary: 'The frozen list behind a figure, 200 lines a page. Every reading is written into the journal',
      tags: ['reports'],
      params: idParams,
      querystring: ENTRY_QUERY,
      response: { 200: ENTRIES, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const { measure, stage = null, legal = null, by = 'all', key = '', counted = null, offset = 0 } = request.query;
      const filter = { measure, stage, legal, by, key, counted };
      const page = { offset, limit: PAGE_ROWS };
      const entries = await reports.cases(viewerOf(request), request.params.id, filter, page);
      if (entries === null) throw new Problem('not-found');
      const next = entries.length === PAGE_ROWS ? offset + PAGE_ROWS : null;
      return { entries: entries.map((entry) => presentEntry(entry, names)), next };
    },
  });
}
