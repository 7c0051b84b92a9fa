import { z } from 'zod';
import type { ForecastPage } from '../../casework/forecast-deadlines.ts';
import { STEP_EFFECTS } from '../../domain/forecast-ladder.ts';
import { LADDER_STEP_NAMES, SKIP_REASONS } from '../../domain/ladder.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, list, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import type { Names } from '../names.ts';
import { problemResponses } from '../problems.ts';

const DEFAULT_DAYS = 14;

const daysParam = z
  .string()
  .regex(/^(?:[1-9]|[1-8]\d|90)$/u, '应为 1 到 90')
  .transform(Number);

const STEP = z.object({
  caseId: z.int(),
  numberShown: z.string().nullable().describe('null: not read yet, and its number is told to nobody.'),
  clock: coded,
  step: coded,
  at: when.describe('The instant that the ladder gives the step.'),
  firesAt: when.describe('When it is taken: then, or at once where that is past.'),
  late: z.boolean(),
  effect: coded.describe('task, lapse or none.'),
  dueRaw: when.describe('The end of the bare count.'),
  dueAt: when.describe('The same after rest days.'),
  skipped: list(z.object({ step: coded, at: when, reason: coded })).describe('Steps that this one overtakes.'),
});

const FORECAST = z
  .object({
    from: when,
    until: when,
    steps: list(STEP),
    more: z.boolean().describe('There are more clocks than are looked at; ask for fewer days.'),
  })
  .meta({ id: 'DeadlineForecast' });

/** What will fire. Nothing is written and nothing fires by it. */
export function deadlineForecastRoutes(app: HttpApp, { forecastDeadlines, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/deadlines/forecast',
    config: { access: OFFICE },
    schema: {
      summary: 'What the running clocks will do in the coming days, if nobody touches the cases',
      tags: ['deadlines'],
      querystring: z.strictObject({
        days: daysParam.optional().describe(`24 hours each; ${DEFAULT_DAYS} unless given.`),
      }),
      response: { 200: FORECAST, ...problemResponses('read') },
    },
    handler: async (request) =>
      present(await forecastDeadlines(viewerOf(request), request.query.days ?? DEFAULT_DAYS), names),
  });
}

function present({ lines, ...page }: ForecastPage, names: Names): z.output<typeof FORECAST> {
  return {
    ...page,
    steps: lines.map(({ caseNumber, kind, step, effect, skipped, ...line }) => ({
      ...line,
      numberShown: caseNumber === null ? null : groupDigits(caseNumber, 3),
      clock: { code: kind, name: names.clock(kind) },
      step: { code: step, name: LADDER_STEP_NAMES[step] },
      effect: { code: effect, name: STEP_EFFECTS[effect] },
      skipped: skipped.map((one) => ({
        step: { code: one.step, name: LADDER_STEP_NAMES[one.step] },
        at: one.at,
        reason: { code: one.reason, name: SKIP_REASONS[one.reason] },
      })),
    })),
  };
}
