import { z } from 'zod';
import { MISSING } from '../../rules/find-missing.ts';
import { OFFICE } from '../access.ts';
import { EVIDENCE } from '../case-schema.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { category, channel, kind, lane, level, list, prose } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { reasoned } from '../present-case.ts';
import { problemResponses } from '../problems.ts';

const VERDICT = z
  .object({
    kind,
    category: category.nullable(),
    secondary: category.nullable(),
    unit: z.string(),
    target: z.object({ level, name: z.string().nullable() }),
    accused: list(z.string()),
    deny: list(z.string()),
    lane,
    urgent: z.boolean(),
    confidence: z.number(),
    review: z.boolean(),
    evidence: list(EVIDENCE),
    ignored: list(EVIDENCE.extend({ why: z.string() })),
    scores: list(z.object({ category, score: z.number() })),
  })
  .meta({ id: 'Verdict' });

const ANSWER = z.object({
  verdict: VERDICT,
  rulesVersion: z.string(),
  missing: list(z.enum(MISSING)).describe('What the text does not say yet.'),
  place: z.string().nullable().describe('Where it happened, as far as the text says: a prefecture or county.'),
});

/** What the rules would say, while an operator types. */
export function classifyRoutes(app: HttpApp, { classify, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/classify',
    config: { access: OFFICE },
    schema: {
      summary: 'What the rules in force say of a text; nothing is stored',
      tags: ['calls'],
      body: z.strictObject({ channel, subject: prose(1_000).exactOptional(), text: prose(200_000) }),
      response: { 200: ANSWER, ...problemResponses('write') },
    },
    handler: async (request) => {
      const answer = await classify(request.body);
      const { verdict } = answer;
      return {
        ...answer,
        verdict: { ...verdict, evidence: reasoned(verdict.evidence, names), ignored: reasoned(verdict.ignored, names) },
      };
    },
  });
}
