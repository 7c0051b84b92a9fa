import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OFFICE, readViewer, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

/** A reader who is so far behind is let go: it comes back and reads everything anew. */
const MOST_BEHIND_BYTES = 64 * 1024;
/** A reader who does not even take the end must not hold up whoever waits for it. */
const END_LIMIT_MS = 1_000;

export type EventOptions = { readonly heartbeatMs: number };

/** What changed, told as it happens (server-sent events, HTML 9.2): ids only; what they hold is asked for as always. */
export function eventRoutes(app: HttpApp, dependencies: HttpDependencies, { heartbeatMs }: EventOptions): void {
  app.route({
    method: 'GET',
    url: '/api/events',
    config: { access: OFFICE, endless: true },
    schema: {
      summary: 'Server-sent events: `change` with {caseId}, null for everything. Never content',
      tags: ['session'],
      response: {
        200: { description: 'A stream without end.', content: { 'text/event-stream': { schema: z.string() } } },
        ...problemResponses('read'),
      },
    },
    handler: (request, reply) => {
      const stream = openStream(reply);
      const unsubscribe = dependencies.subscribe({
        viewer: viewerOf(request),
        secret: request.sessionSecret,
        tell: (notice) => stream.write(`event: change\ndata: ${JSON.stringify(notice)}\n\n`),
        end: stream.end,
      });
      const heartbeat = setInterval(() => {
        void mayStillListen(dependencies, request).then((may) =>
          may ? stream.write(': still here\n\n') : stream.end(),
        );
      }, heartbeatMs);
      reply.raw.on('close', () => {
        clearInterval(heartbeat);
        unsubscribe();
      });
    },
  });
}

/** Sessions run out and users are disabled without anybody announcing it. */
async function mayStillListen(dependencies: HttpDependencies, request: FastifyRequest): Promise<boolean> {
  try {
    const viewer = await readViewer(dependencies, request);
    return viewer !== null && OFFICE.includes(viewer.role);
  } catch {
    return true; // the database is away, and tells nobody anything meanwhile: the next heartbeat asks again
  }
}

/** Takes the answer out of Fastify's hands, with the headers that every answer has. */
function openStream(reply: FastifyReply): { write(text: string): void; end(): void } {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  raw.write('retry: 1000\n\n');
  return {
    write(text) {
      if (raw.destroyed || raw.writableEnded) return;
      if (raw.writableLength > MOST_BEHIND_BYTES) raw.destroy();
      else raw.write(text);
    },
    end() {
      raw.end();
      setTimeout(() => raw.destroy(), END_LIMIT_MS).unref();
    },
  };
}
