import { z } from 'zod';
import type { Metrics } from '../../platform/metrics.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { PROBLEM, PROBLEM_TYPE, problemResponses } from '../problems.ts';

const READY = z.object({
  ready: z.boolean(),
  causes: list(z.object({ part: z.string(), code: z.string(), stops: z.boolean() })).describe(
    'What is wrong: the part, a fault code, and whether nothing goes on until it is mended.',
  ),
});

const NOT_READY = {
  description: 'Not ready, and why.',
  content: { 'application/json': { schema: READY }, [PROBLEM_TYPE]: { schema: PROBLEM } },
};

/** For probes and scrapers. Nothing here names a person or a case. */
export function healthRoutes(app: HttpApp, { notReady }: HttpDependencies, { registry }: Metrics): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: { access: 'public', anyHost: true },
    schema: {
      summary: 'The process answers',
      tags: ['health'],
      response: { 200: z.object({ alive: z.literal(true) }), ...problemResponses('public') },
    },
    handler: async () => ({ alive: true }) as const,
  });

  app.route({
    method: 'GET',
    url: '/readyz',
    config: { access: 'public', anyHost: true },
    schema: {
      summary: 'Whether the service can do its work',
      tags: ['health'],
      response: { ...problemResponses('public'), 200: READY, 503: NOT_READY },
    },
    handler: async (_request, reply) => {
      const causes = await notReady();
      const ready = causes.every(({ stops }) => !stops);
      return reply.code(ready ? 200 : 503).send({ ready, causes });
    },
  });

  app.route({
    method: 'GET',
    url: '/metrics',
    config: { access: 'metrics', anyHost: true },
    schema: {
      summary: 'Prometheus metrics: from this machine, or with METRICS_TOKEN as bearer',
      tags: ['health'],
      response: {
        200: { description: 'Prometheus text format.', content: { 'text/plain': { schema: z.string() } } },
        ...problemResponses('public', 'unauthenticated'),
      },
    },
    handler: async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()),
  });
}
