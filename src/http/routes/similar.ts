import { z } from 'zod';
import type { SimilarCase } from '../../casework/similar.ts';
import { CASE_STATE_NAMES } from '../../domain/case-states.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, list, prose, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { problemResponses } from '../problems.ts';

const ROW = z
  .object({
    id: z.int(),
    number: z.string(),
    numberShown: z.string(),
    receivedAt: when,
    subject: z.string(),
    snippet: z.string(),
    state: coded,
    likeness: z.number().describe('0 to 1.'),
  })
  .meta({ id: 'SimilarCase' });

/** Whether somebody told us before. Only ever a suggestion. */
export function similarRoutes(app: HttpApp, { findSimilar }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/similar',
    config: { access: OFFICE },
    schema: {
      summary: 'Cases whose text is much like this one, the likest first; at most five',
      tags: ['queue'],
      body: z.strictObject({ text: prose(200_000), excludeCaseId: z.int().positive().exactOptional() }),
      response: { 200: z.object({ rows: list(ROW) }), ...problemResponses('write') },
    },
    handler: async (request) => {
      const { text, excludeCaseId = null } = request.body;
      const rows = await findSimilar(viewerOf(request), text, excludeCaseId);
      return { rows: rows.map(present) };
    },
  });
}

function present(row: SimilarCase): z.output<typeof ROW> {
  return {
    ...row,
    numberShown: groupDigits(row.number, 3),
    state: { code: row.state, name: CASE_STATE_NAMES[row.state] },
  };
}
