import { z } from 'zod';
import type { CaseOrder } from '../../casework/change-case.ts';
import { STARTED_BY_HAND } from '../../domain/case-deadlines.ts';
import { DEADLINE_KINDS } from '../../domain/deadlines.ts';
import { OFFICE, viewerOf } from '../access.ts';
import { answer, response } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, instant, version } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';

const START = z.strictObject({
  version,
  kind: z.enum(DEADLINE_KINDS).describe(`One of ${STARTED_BY_HAND.join(', ')}.`),
  since: instant.nullable().describe('What it counts from; null: now.'),
});
const MEET = z.strictObject({ version, kind: z.enum(DEADLINE_KINDS) });

/** Clocks that a person starts and ends: promises, tasks, and the procedures that a matter can be led to. */
export function caseClockRoutes(app: HttpApp, { changeCase }: HttpDependencies): void {
  const config = { access: OFFICE };
  app.route({
    method: 'POST',
    url: '/api/cases/:id/start-clock',
    config,
    schema: { summary: 'Start a clock by hand', tags: ['cases'], params: idParams, body: START, response },
    handler: async (request) => {
      const { version: seen, kind, since } = request.body;
      const order: CaseOrder = { type: 'start-clock', kind, since };
      return answer(await changeCase(viewerOf(request), request.params.id, seen, order), {});
    },
  });
  app.route({
    method: 'POST',
    url: '/api/cases/:id/meet-clock',
    config,
    schema: { summary: 'What a clock asks for was done', tags: ['cases'], params: idParams, body: MEET, response },
    handler: async (request) => {
      const order: CaseOrder = { type: 'meet-clock', kind: request.body.kind };
      return answer(await changeCase(viewerOf(request), request.params.id, request.body.version, order), {});
    },
  });
}
