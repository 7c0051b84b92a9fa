import { z } from 'zod';
import { CASE_STATE_NAMES } from '../../domain/case-states.ts';
import { MISSING } from '../../rules/find-missing.ts';
import { OFFICE } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { category, coded, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { CHANNEL_NAMES, INVALID_CALL_NAMES, KIND_NAMES, LANE_NAMES, LEVEL_NAMES } from '../labels.ts';
import { problemResponses } from '../problems.ts';
import { UNIT_KINDS } from '../registry.ts';

const lines = list(z.string());

const SCRIPT = z.object({
  opening: lines,
  ask: list(z.object({ about: z.enum(MISSING), say: z.string() })),
  anonymous: lines,
  secret: lines,
  urgent: lines.describe('Before anything is written down.'),
  promise: lines,
  closing: lines,
  categories: list(z.object({ category, say: lines })),
});

const REGISTRY = z
  .object({
    units: list(z.object({ id: z.string(), name: z.string(), kind: z.enum(UNIT_KINDS) })),
    places: list(z.string()).describe('Prefectures and counties by their full names.'),
    universities: list(z.string()),
    categories: list(z.object({ code: category, name: z.string(), notice: z.string() })),
    channels: list(coded),
    kinds: list(coded),
    lanes: list(coded),
    levels: list(coded),
    caseStates: list(coded),
    invalidCallReasons: list(coded),
    script: SCRIPT.describe('What an operator says; rules/call-script.yaml.'),
  })
  .meta({ id: 'Registry' });

/** Names and words of the office, for forms that complete what is typed. */
export function registryRoutes(app: HttpApp, { readRegistry }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/registry',
    config: { access: OFFICE },
    schema: {
      summary: 'Units, places, universities, categories and the words of the office',
      tags: ['registry'],
      headers: z.looseObject({ 'if-none-match': z.string().max(200).optional() }),
      response: {
        200: REGISTRY,
        304: z.undefined().describe('As you have it: the ETag that you sent is still the one.'),
        ...problemResponses('read'),
      },
    },
    handler: async (request, reply) => {
      const registry = readRegistry();
      const etag = `"${registry.version}"`;
      reply.headers({ etag, 'cache-control': 'private, no-cache' }); // kept, and asked about every time
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return { ...registry, ...CLOSED_SETS };
    },
  });
}

function codedList(names: Readonly<Record<string, string>>) {
  return Object.entries(names).map(([code, name]) => ({ code, name }));
}

const CLOSED_SETS = {
  channels: codedList(CHANNEL_NAMES),
  kinds: codedList(KIND_NAMES),
  lanes: codedList(LANE_NAMES),
  levels: codedList(LEVEL_NAMES),
  caseStates: codedList(CASE_STATE_NAMES),
  invalidCallReasons: codedList(INVALID_CALL_NAMES),
};
