import { z } from 'zod';
import { HEALTH_PARTS, type Today } from '../../casework/today.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, list, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import type { Names } from '../names.ts';
import { problemResponses } from '../problems.ts';

const WAITING = z.object({
  unconfirmed: z.int(),
  urgent: z.int(),
  dueToday: z.int(),
  dueSoon: z.int().describe('Within three working days, today included.'),
  overdue: z.int(),
  openTasks: z.int(),
  drafts: z.int().describe('Your own calls that are begun and not saved.'),
});

const DUE = z.object({
  caseId: z.int(),
  numberShown: z.string(),
  subject: z.string(),
  clock: coded,
  dueAt: when,
  workingDaysLeft: z.int().describe('After today up to the last day; negative when it is past.'),
  overdue: z.boolean(),
  legal: z.boolean().describe('Set by law; otherwise a target of the office itself.'),
});

const BAR = z.object({ at: when, email: z.int(), phone: z.int() });

const HEALTH = z.object({
  part: z.enum(HEALTH_PARTS),
  state: z.enum(['ok', 'warning', 'failing']),
  code: z.string(),
  sentence: z.string(),
  todo: z.string().nullable().describe('What to do about it.'),
});

const TODAY = z
  .object({
    waiting: WAITING,
    due: list(DUE).describe('The next running clocks, the longest overdue first; at most ten.'),
    intake: z.object({
      hours: list(BAR).describe('24 hours in Beijing time, the running one last.'),
      days: list(BAR).describe('14 days in Beijing time, today last.'),
    }),
    letters: z.object({ sentToday: z.int(), waiting: z.int(), problems: z.int() }),
    health: list(HEALTH).describe('What is worst comes first.'),
  })
  .meta({ id: 'Today' });

/** The start page: what waits, what is due, what came in, and how the service is. */
export function todayRoutes(app: HttpApp, { readToday, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/today',
    config: { access: OFFICE },
    schema: {
      summary: 'What waits, what is due, what came in, and how the service is',
      tags: ['today'],
      response: { 200: TODAY, ...problemResponses('read') },
    },
    handler: async (request) => present(await readToday(viewerOf(request)), names),
  });
}

function present(today: Today, names: Names): z.output<typeof TODAY> {
  return {
    ...today,
    due: today.due.map(({ number, kind, ...clock }) => ({
      ...clock,
      numberShown: groupDigits(number, 3),
      clock: { code: kind, name: names.clock(kind) },
    })),
  };
}
