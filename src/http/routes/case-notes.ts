import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { CaseOrder } from '../../casework/change-case.ts';
import type { NoteFileResult } from '../../casework/note-files.ts';
import { MOST_MENTIONS } from '../../domain/mentions.ts';
import { NOTE_FILE_LIMITS } from '../../domain/note-file.ts';
import { OFFICE, viewerOf } from '../access.ts';
import { refuse } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { BYTES, sendDownload } from '../download.ts';
import { idParam, idParams, line, list, prose, staff, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const NOTE = z.strictObject({
  text: prose(20_000).refine((text) => text.trim() !== '', '不能为空'),
  mentions: z
    .array(z.int().positive())
    .max(MOST_MENTIONS)
    .exactOptional()
    .describe('Ids of colleagues who are called to the note; of those that /api/cases/{id}/colleagues lists.'),
});
const NOTED = z.object({ version: z.int(), noteId: z.int() });

const FILE = z.object({
  id: z.int(),
  noteId: z.int(),
  name: z.string().describe('Display data: a name is never a path.'),
  bytes: z.int(),
  sha256: z.string(),
  at: when,
});

/** The time for an answer includes that for reading the body. */
const UPLOAD_MS = 300_000;

/** What officers note, whom they call to it, and the files that it carries. */
export function caseNoteRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  noteRoute(app, dependencies);
  colleagueRoute(app, dependencies);
  fileRoutes(app, dependencies);
  uploadRoute(app, dependencies);
}

function noteRoute(app: HttpApp, { changeCase }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/notes',
    config: { access: OFFICE },
    schema: {
      summary: 'Add a note, to whatever version, and call colleagues to it',
      tags: ['cases'],
      params: idParams,
      body: NOTE,
      response: { 200: NOTED, ...problemResponses('write', 'not-found', 'stale', 'refused') },
    },
    handler: async (request) => {
      const order: CaseOrder = { type: 'note', ...request.body };
      const result = await changeCase(viewerOf(request), request.params.id, null, order);
      if (result.kind !== 'changed') return refuse(result, {});
      return { version: result.version, noteId: result.noteId ?? 0 };
    },
  });
}

function colleagueRoute(app: HttpApp, { notes }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/cases/:id/colleagues',
    config: { access: OFFICE },
    schema: {
      summary: 'Whom a note of yours can call: those who may see the case',
      tags: ['cases'],
      params: idParams,
      response: { 200: z.object({ colleagues: list(staff) }), ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const colleagues = await notes.colleagues(viewerOf(request), request.params.id);
      if (colleagues === null) throw new Problem('not-found');
      return { colleagues };
    },
  });
}

function fileRoutes(app: HttpApp, { notes }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/cases/:id/note-files',
    config: { access: OFFICE },
    schema: {
      summary: 'The files that the notes of a case carry, oldest first',
      tags: ['cases'],
      params: idParams,
      response: { 200: z.object({ files: list(FILE) }), ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const files = await notes.listFiles(viewerOf(request), request.params.id);
      if (files === null) throw new Problem('not-found');
      return { files };
    },
  });

  app.route({
    method: 'GET',
    url: '/api/cases/:id/note-files/:fileId',
    config: { access: OFFICE },
    schema: {
      summary: 'A file of a note, byte for byte',
      tags: ['cases'],
      params: z.strictObject({ id: idParam, fileId: idParam }),
      response: { 200: BYTES, ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      const { id, fileId } = request.params;
      return sendDownload(reply, await notes.readFile(viewerOf(request), id, fileId));
    },
  });
}

function uploadRoute(app: HttpApp, { notes }: HttpDependencies): void {
  // In a scope of its own: bytes are accepted as a body only where a route says so.
  app.register(async (scope) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.withTypeProvider<ZodTypeProvider>().route({
      method: 'POST',
      url: '/api/cases/:id/notes/:noteId/files',
      config: { access: OFFICE },
      bodyLimit: NOTE_FILE_LIMITS.fileBytes,
      handlerTimeout: UPLOAD_MS,
      schema: {
        summary: 'Put a file to a note of yours, as bytes. The same bytes once more are the same file',
        tags: ['cases'],
        consumes: ['application/octet-stream'],
        params: z.strictObject({ id: idParam, noteId: idParam }),
        querystring: z.strictObject({ name: line(255).describe('The file name, for display.') }),
        body: z
          .custom<Buffer>((body) => Buffer.isBuffer(body) && body.length > 0, '文件是空的')
          .meta({ type: 'string', format: 'binary' }),
        response: { 201: z.object({ fileId: z.int() }), ...problemResponses('write', 'not-found', 'refused') },
      },
      handler: async (request, reply) => {
        const { id: caseId, noteId } = request.params;
        const file = { name: request.query.name, bytes: request.body };
        return reply.code(201).send(stored(await notes.addFile(viewerOf(request), { caseId, noteId }, file)));
      },
    });
  });
}

function stored(result: NoteFileResult): { readonly fileId: number } {
  switch (result.kind) {
    case 'stored':
      return { fileId: result.fileId };
    case 'not-found':
      throw new Problem('not-found');
    case 'refused':
      throw new Problem('refused', { reason: result.reason, detail: result.message });
  }
}
