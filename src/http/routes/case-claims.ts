import { z } from 'zod';
import type { ClaimResult } from '../../casework/claim-case.ts';
import { OFFICE, SUPERVISORS, viewerOf } from '../access.ts';
import { claimed } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, prose, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const HELD = z.object({ until: when.describe('When others may take it, if nothing more is done to it.') });
const REASON = z.strictObject({ reason: prose(500).refine((text) => text.trim() !== '', '请填写理由') });
const problems = problemResponses('write', 'not-found', 'refused');

/** 领办: who has a case in hand, so that no two people work on it. */
export function caseClaimRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  const { claimCase, takeOverCase } = dependencies;
  app.route({
    method: 'POST',
    url: '/api/cases/:id/claim',
    config: { access: OFFICE },
    schema: {
      summary: 'Take a case in hand, or keep it there for longer',
      tags: ['cases'],
      params: idParams,
      response: { 200: HELD, ...problems },
    },
    handler: async (request) => held(await claimCase(viewerOf(request), request.params.id)),
  });

  app.route({
    method: 'POST',
    url: '/api/cases/:id/take-over',
    config: { access: SUPERVISORS },
    schema: {
      summary: "Take a case out of another's hand",
      tags: ['cases'],
      params: idParams,
      body: REASON,
      response: { 200: HELD, ...problems },
    },
    handler: async (request) =>
      held(await takeOverCase(viewerOf(request), request.params.id, request.body.reason.trim())),
  });

  releaseRoute(app, dependencies);
}

function releaseRoute(app: HttpApp, { releaseCase }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/release',
    config: { access: OFFICE },
    schema: {
      summary: 'Put a case back for others',
      tags: ['cases'],
      params: idParams,
      response: { 204: z.undefined().describe('Put back.'), ...problems },
    },
    handler: async (request, reply) => {
      const result = await releaseCase(viewerOf(request), request.params.id);
      if (result.kind !== 'released') throw problemOf(result);
      return reply.code(204).send();
    },
  });
}

function held(result: ClaimResult): z.output<typeof HELD> {
  if (result.kind !== 'held') throw problemOf(result);
  return { until: result.until };
}

function problemOf(result: ClaimResult): Problem {
  if (result.kind === 'claimed') return claimed(result.claim);
  if (result.kind === 'refused') return new Problem('refused', { reason: result.reason, detail: result.message });
  return new Problem('not-found');
}
