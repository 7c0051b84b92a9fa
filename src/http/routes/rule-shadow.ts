import { z } from 'zod';
import { RULE_JUDGES } from '../../casework/change-rules.ts';
import { REPLAY_FIELDS } from '../../rules/replay-rules.ts';
import { OVERSIGHT, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { list, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';
import { doneOrRefused, TRIAL_MS, versionHash, wholeVersion } from '../rule-orders.ts';

const SHADOW = z
  .object({
    version: versionHash,
    since: when,
    texts: z.int().describe('How many it has judged so far.'),
    changed: z.int().describe('How many of them it judged otherwise than the rules in force.'),
    lostDenials: list(z.object({ unit: z.string(), texts: z.int() })).describe(
      'Units that it would no longer keep from a case: look at each before it is approved.',
    ),
    moves: list(
      z.object({ field: z.enum(REPLAY_FIELDS), before: z.string(), after: z.string(), texts: z.int() }),
    ).describe('What would be judged otherwise, the most frequent first. No case and no text is named.'),
  })
  .meta({ id: 'RuleShadow' });

/** A version that is tried on what comes in, and what it would have done. Nothing acts on it. */
export function ruleShadowRoutes(app: HttpApp, { shadowRules, readShadowReport }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/rules/shadow',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'What the version that is tried beside the rules in force would have done otherwise',
      tags: ['rules'],
      response: { 200: z.object({ shadow: SHADOW.nullable() }), ...problemResponses('read') },
    },
    handler: async () => {
      const running = await readShadowReport();
      if (running === null) return { shadow: null };
      const { version, since, report } = running;
      const { items: texts, changed, moves } = report;
      return { shadow: { version, since, texts, changed, moves, lostDenials: countByUnit(report.lostDenials) } };
    },
  });

  app.route({
    method: 'POST',
    url: '/api/rules/shadow',
    config: { access: RULE_JUDGES },
    handlerTimeout: TRIAL_MS,
    schema: {
      summary: 'Try a version on what comes in from now on, or with null end the trial',
      tags: ['rules'],
      body: z.strictObject({ version: wholeVersion.nullable() }),
      response: {
        200: z.object({ version: versionHash.nullable() }),
        ...problemResponses('write', 'not-found', 'refused'),
      },
    },
    handler: async (request) => {
      const { version } = request.body;
      doneOrRefused(await shadowRules(viewerOf(request), version));
      return { version };
    },
  });
}

function countByUnit(lost: readonly { readonly units: readonly string[] }[]) {
  const counts = new Map<string, number>();
  for (const unit of lost.flatMap(({ units }) => units)) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  return [...counts].map(([unit, texts]) => ({ unit, texts }));
}
