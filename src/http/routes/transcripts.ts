import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { line } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

const MOST_BYTES = 50 * 1024 * 1024;
/** The time for an answer includes that for reading the body. */
const UPLOAD_MS = 300_000;

/** A transcript file of the telephone system, in whichever shape it writes. */
export function transcriptRoutes(app: HttpApp, { receiveTranscript }: HttpDependencies): void {
  // In a scope of its own: nowhere else are bytes accepted as a body.
  app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.withTypeProvider<ZodTypeProvider>().route({
      method: 'POST',
      url: '/api/transcripts',
      config: { access: OFFICE },
      bodyLimit: MOST_BYTES,
      handlerTimeout: UPLOAD_MS,
      schema: {
        summary: 'Hand in a transcript as bytes; it is read and becomes an item later',
        tags: ['calls'],
        consumes: ['application/octet-stream'],
        querystring: z.strictObject({ name: line(255).describe('The file name, for display.') }),
        body: z
          .custom<Buffer>((body) => Buffer.isBuffer(body) && body.length > 0, '文件是空的')
          .meta({ type: 'string', format: 'binary' }),
        response: { 201: z.object({ itemId: z.int() }), ...problemResponses('write') },
      },
      handler: async (request, reply) => {
        const file = { name: request.query.name, bytes: request.body };
        return reply.code(201).send(await receiveTranscript(viewerOf(request), file));
      },
    });
  });
}
