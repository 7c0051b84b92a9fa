import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DocumentResult } from '../../casework/documents.ts';
import type { Download } from '../../casework/views.ts';
import { DECIDERS, SIGNERS, viewerOf } from '../access.ts';
import { attachmentDisposition } from '../content-disposition.ts';
import type { DocumentDesk, HttpDependencies } from '../dependencies.ts';
import {
  codedKind,
  DELIVER,
  DOCUMENT,
  DOCUMENT_FORM,
  DRAFT,
  OPENED_DOCUMENT,
  OWED_DOCUMENT,
  presentDocument,
  presentOpened,
  presentWaiting,
  REVISION,
  STEP,
  TRIAL,
  TRIED,
  WAITING_DOCUMENT,
} from '../document-schema.ts';
import { flagParam, idParams, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const DONE = z.object({ id: z.int(), version: z.int() });
const changed = problemResponses('write', 'not-found', 'stale', 'refused');

/** Official letters: drafted by one, approved and signed by another, then delivered with a proof. They name the citizen. */
export function documentRoutes(app: HttpApp, { documents }: HttpDependencies): void {
  listRoutes(app, documents);
  readRoutes(app, documents);
  draftRoutes(app, documents);
  stepRoutes(app, documents);
  fileRoutes(app, documents);
}

function listRoutes(app: HttpApp, documents: DocumentDesk): void {
  app.route({
    method: 'GET',
    url: '/api/document-kinds',
    config: { access: DECIDERS },
    schema: {
      summary: 'The kinds of documents with their fields and the article that asks for each',
      tags: ['documents'],
      response: { 200: z.object({ kinds: list(DOCUMENT_FORM) }), ...problemResponses('read') },
    },
    handler: () => ({ kinds: documents.forms() }),
  });

  app.route({
    method: 'GET',
    url: '/api/cases/:id/documents',
    config: { access: DECIDERS },
    schema: {
      summary: 'The documents of a case, oldest first, without what stands in them',
      tags: ['documents'],
      params: idParams,
      response: {
        200: z.object({ documents: list(DOCUMENT), owed: list(OWED_DOCUMENT) }),
        ...problemResponses('read', 'not-found'),
      },
    },
    handler: async (request) => {
      const viewer = viewerOf(request);
      const found = await documents.list(viewer, request.params.id);
      if (found === null) throw new Problem('not-found');
      return {
        documents: found.documents.map((one) => presentDocument(one, documents, viewer)),
        owed: found.owed.map(({ kind, since }) => ({ kind: codedKind(kind, documents), since: new Date(since) })),
      };
    },
  });
}

function readRoutes(app: HttpApp, documents: DocumentDesk): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/documents/try',
    config: { access: DECIDERS },
    schema: {
      summary: 'How a document would come out: what the case knows, what is wrong with which field, how it reads',
      tags: ['documents'],
      params: idParams,
      body: TRIAL,
      response: { 200: TRIED, ...problemResponses('write', 'not-found') },
    },
    handler: async (request) => {
      const tried = await documents.tryOut(viewerOf(request), request.params.id, { corrects: null, ...request.body });
      if (tried === null) throw new Problem('not-found');
      return tried;
    },
  });

  app.route({
    method: 'GET',
    url: '/api/documents/waiting',
    config: { access: DECIDERS },
    schema: {
      summary: 'Documents in which the next step is yours to take, oldest first; without what stands in them',
      tags: ['documents'],
      response: { 200: z.object({ documents: list(WAITING_DOCUMENT) }), ...problemResponses('read') },
    },
    handler: async (request) => {
      const waiting = await documents.waiting(viewerOf(request));
      return { documents: waiting.map((one) => presentWaiting(one, documents)) };
    },
  });

  app.route({
    method: 'GET',
    url: '/api/documents/:id',
    config: { access: DECIDERS },
    schema: {
      summary: 'One document, opened. Every reading is written into the journal',
      tags: ['documents'],
      params: idParams,
      response: { 200: OPENED_DOCUMENT, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const viewer = viewerOf(request);
      const found = await documents.read(viewer, request.params.id);
      if (found === null) throw new Problem('not-found');
      return presentOpened(found, documents, viewer);
    },
  });
}

function draftRoutes(app: HttpApp, documents: DocumentDesk): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/documents',
    config: { access: DECIDERS },
    schema: {
      summary: 'Draft a document. Refused with every field that is missing or must not be said',
      tags: ['documents'],
      params: idParams,
      body: DRAFT,
      response: { 201: DONE, ...problemResponses('write', 'not-found', 'refused') },
    },
    handler: async (request, reply) => {
      const { corrects = null, ...draft } = request.body;
      const result = await documents.draft(viewerOf(request), request.params.id, { ...draft, corrects });
      return reply.code(201).send(answer(result));
    },
  });

  app.route({
    method: 'PUT',
    url: '/api/documents/:id',
    config: { access: DECIDERS },
    schema: {
      summary: 'Write a draft anew; what was approved has to be approved again',
      tags: ['documents'],
      params: idParams,
      body: REVISION,
      response: { 200: DONE, ...changed },
    },
    handler: async (request) => {
      const { version, fields } = request.body;
      return answer(await documents.revise(viewerOf(request), request.params.id, version, fields));
    },
  });
}

function stepRoutes(app: HttpApp, documents: DocumentDesk): void {
  app.route({
    method: 'POST',
    url: '/api/documents/:id/approve',
    config: { access: DECIDERS },
    schema: {
      summary: 'Approve a draft that somebody else wrote',
      tags: ['documents'],
      params: idParams,
      body: STEP,
      response: { 200: DONE, ...changed },
    },
    handler: async (request) =>
      answer(await documents.approve(viewerOf(request), request.params.id, request.body.version)),
  });

  app.route({
    method: 'POST',
    url: '/api/documents/:id/sign',
    config: { access: SIGNERS },
    schema: {
      summary: 'Sign: draws the number and freezes the bytes for good',
      tags: ['documents'],
      params: idParams,
      body: STEP,
      response: { 200: DONE, ...changed },
    },
    handler: async (request) =>
      answer(await documents.sign(viewerOf(request), request.params.id, request.body.version)),
  });

  app.route({
    method: 'POST',
    url: '/api/documents/:id/deliver',
    config: { access: DECIDERS },
    schema: {
      summary: 'Send a signed document by mail, or write down how else it was delivered',
      tags: ['documents'],
      params: idParams,
      body: DELIVER,
      response: { 200: DONE, ...changed },
    },
    handler: async (request) => {
      const { version, ...order } = request.body;
      const told = 'at' in order ? { ...order, at: new Date(order.at) } : order;
      return answer(await documents.deliver(viewerOf(request), request.params.id, version, told));
    },
  });
}

function fileRoutes(app: HttpApp, documents: DocumentDesk): void {
  const bytes = (type: string) => ({
    description: 'The document, to be saved.',
    content: { [type]: { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
  });
  const PDF = 'application/pdf';
  const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
  app.route({
    method: 'GET',
    url: '/api/documents/:id/pdf',
    config: { access: DECIDERS },
    schema: {
      summary: 'The document as PDF: the frozen bytes when it is signed',
      tags: ['documents'],
      params: idParams,
      querystring: z.strictObject({ show: flagParam.optional().describe('true: to be shown, not saved.') }),
      response: { 200: bytes(PDF), ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) => {
      const sent = sendFile(reply, await documents.pdf(viewerOf(request), request.params.id), PDF);
      if (request.query.show === true) reply.header('content-disposition', 'inline');
      return sent;
    },
  });
  app.route({
    method: 'GET',
    url: '/api/documents/:id/docx',
    config: { access: DECIDERS },
    schema: {
      summary: 'The document for a word processor: the frozen bytes when it is signed',
      tags: ['documents'],
      params: idParams,
      response: { 200: bytes(DOCX), ...problemResponses('read', 'not-found') },
    },
    handler: async (request, reply) =>
      sendFile(reply, await documents.docx(viewerOf(request), request.params.id), DOCX),
  });
}

function sendFile(reply: FastifyReply, download: Download | null, type: string): Buffer {
  if (download === null) throw new Problem('not-found');
  reply.type(type).header('content-disposition', attachmentDisposition(download.name));
  return download.bytes;
}

function answer(result: DocumentResult): z.output<typeof DONE> {
  switch (result.kind) {
    case 'done':
      return { id: result.id, version: result.version };
    case 'not-found':
      throw new Problem('not-found');
    case 'stale':
      throw new Problem('stale', { version: result.version });
    case 'refused':
      if (result.reason === 'role-not-allowed') throw new Problem('forbidden');
      throw new Problem('refused', { reason: result.reason, detail: result.message });
    case 'unfit':
      throw new Problem('refused', {
        reason: 'unfit',
        detail: '文书还不能制发，请按各项提示修改',
        fields: result.problems.map(({ field, reason, advice }) => ({ field, problem: `${advice}（${reason}）` })),
      });
  }
}
