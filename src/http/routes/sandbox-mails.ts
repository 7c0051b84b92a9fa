import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OFFICE } from '../access.ts';
import { isFromThisMachine } from '../allowed-host.ts';
import type { HttpDependencies, Sandbox } from '../dependencies.ts';
import { idParam, line, list, prose, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { invalidField, Problem, problemResponses } from '../problems.ts';

const ANSWER = z.object({ uid: z.int(), at: when, recipient: z.string(), subject: z.string() });

const LETTER = z
  .object({
    uid: z.int(),
    at: when,
    from: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    headers: list(z.object({ name: z.string(), value: z.string() })),
  })
  .meta({ id: 'SandboxLetter' });

const MAIL = z.strictObject({ from: line(320), subject: line(500), text: prose(50_000) });

/**
 * Trying the product without a mailbox: a mail to the office, and what the citizen is answered. The letters hold codes, so
 * besides a user it takes a request from this machine. Not there at all where there is a real mailbox.
 */
export function sandboxMailRoutes(app: HttpApp, { sandbox }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/sandbox/mails',
    config: { access: OFFICE },
    schema: {
      summary: 'Sends a mail to the office, by SMTP and within this machine',
      tags: ['sandbox'],
      body: MAIL,
      response: { 202: z.undefined().describe('It is in the mailbox.'), ...problemResponses('write', 'not-found') },
    },
    handler: async (request, reply) => {
      const sent = await sandboxFor(sandbox, request).send(request.body);
      if (sent === 'bad-address') throw invalidField('from', '应为一个邮箱地址');
      return reply.code(202).send();
    },
  });

  app.route({
    method: 'GET',
    url: '/api/sandbox/answers',
    config: { access: OFFICE },
    schema: {
      summary: 'What the office sent, the latest first',
      tags: ['sandbox'],
      response: { 200: z.object({ answers: list(ANSWER) }), ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => ({ answers: await sandboxFor(sandbox, request).answers() }),
  });

  app.route({
    method: 'GET',
    url: '/api/sandbox/answers/:uid',
    config: { access: OFFICE },
    schema: {
      summary: 'A letter as the citizen reads it',
      tags: ['sandbox'],
      params: z.strictObject({ uid: idParam }),
      response: { 200: LETTER, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const letter = await sandboxFor(sandbox, request).letter(request.params.uid);
      if (letter === null) throw new Problem('not-found');
      return letter;
    },
  });
}

function sandboxFor(sandbox: Sandbox | null, request: FastifyRequest): Sandbox {
  if (sandbox === null || !isFromThisMachine(request)) throw new Problem('not-found');
  return sandbox;
}
