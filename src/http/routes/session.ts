import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Viewer } from '../../domain/vocabulary.ts';
import { OVERSIGHT, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, staff } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { showUnit } from '../names.ts';
import { Problem, problemResponses } from '../problems.ts';
import type { SessionCookie } from '../session-cookie.ts';

const SESSION = z
  .object({
    user: staff,
    unit: coded.nullable().describe('The unit that the user belongs to.'),
    office: z.string().describe('The published mailbox.'),
    sandbox: z
      .boolean()
      .describe('Whether this installation has no mailbox of its own and nobody outside is written to.'),
  })
  .meta({ id: 'Session' });

export type SessionOptions = {
  readonly cookie: SessionCookie;
  /** Counts a token that opened nothing; true when there were too many from there. */
  countFailure(request: FastifyRequest): Promise<boolean>;
};

/** Signing in at the desk: a token opens a session, which the browser carries as a cookie from then on. */
export function sessionRoutes(app: HttpApp, dependencies: HttpDependencies, options: SessionOptions): void {
  openRoute(app, dependencies, options);

  app.route({
    method: 'GET',
    url: '/api/session',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'Who is asking, and what kind of installation this is',
      tags: ['session'],
      response: { 200: SESSION, ...problemResponses('read') },
    },
    handler: async (request) => {
      const viewer = viewerOf(request);
      const user = { id: viewer.userId, role: viewer.role, name: await dependencies.userName(viewer) };
      return { user, unit: await unitOf(dependencies, viewer), ...dependencies.installation };
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api/session',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'Sign out: ends the session and everything that listens under it',
      tags: ['session'],
      response: { 204: z.undefined().describe('Ended.'), ...problemResponses('read') },
    },
    handler: async (request, reply) => {
      if (request.sessionSecret !== null) await dependencies.endSession(request.sessionSecret);
      return reply.header('set-cookie', options.cookie.cleared).code(204).send();
    },
  });
}

function openRoute(app: HttpApp, dependencies: HttpDependencies, { cookie, countFailure }: SessionOptions): void {
  app.route({
    method: 'POST',
    url: '/api/session',
    config: { access: 'public' },
    schema: {
      summary: 'Sign in with a token; the answer sets the cookie of the session',
      tags: ['session'],
      body: z.strictObject({ token: z.string().max(200) }),
      response: { 200: SESSION, ...problemResponses('write', 'unauthenticated', 'too-many-requests') },
    },
    handler: async (request, reply) => {
      const opened = await dependencies.openSession(request.body.token);
      if (opened === null) {
        const tooMany = await countFailure(request);
        throw tooMany
          ? new Problem('too-many-requests', {}, { 'retry-after': '60' })
          : new Problem('unauthenticated', {}, { 'www-authenticate': 'Bearer' });
      }
      reply.header('set-cookie', cookie.set(opened.secret));
      const { viewer, name } = opened.session;
      const user = { id: viewer.userId, role: viewer.role, name };
      return { user, unit: await unitOf(dependencies, viewer), ...dependencies.installation };
    },
  });
}

async function unitOf(
  { userUnit, names }: HttpDependencies,
  viewer: Viewer,
): Promise<{ code: string; name: string } | null> {
  const unit = await userUnit(viewer);
  return unit === null ? null : { code: unit, name: showUnit(names, unit) };
}
