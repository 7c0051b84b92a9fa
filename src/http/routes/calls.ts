import { z } from 'zod';
import type { CallAnswer } from '../../casework/log-call.ts';
import { OFFICE, viewerOf } from '../access.ts';
import { CALL_FORM } from '../call-form-schema.ts';
import type { HttpDependencies } from '../dependencies.ts';
import type { HttpApp } from '../http-app.ts';
import { invalidField, Problem, problemResponses } from '../problems.ts';

const SAVED = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('case'),
    caseId: z.int(),
    number: z.string().describe('To be read aloud, in groups of three.'),
    code: z.string().describe('To be read aloud, in groups of four. Stored only as a hash.'),
  }),
  z.object({ kind: z.literal('invalid'), itemId: z.int() }),
]);

/** A call is saved once, however often the form is sent. The number exists for nobody before it is safe. */
export function callRoutes(app: HttpApp, { logCall }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/calls',
    config: { access: OFFICE },
    schema: {
      summary: 'Save a call; 201 only when it is safe, 200 with the same answer when it was saved before',
      tags: ['calls'],
      headers: z.object({
        'idempotency-key': z.uuid().describe('Of your own making, one for each call. Kept for 72 hours.'),
      }),
      body: CALL_FORM,
      response: { 200: SAVED, 201: SAVED, ...problemResponses('write', 'key-reused') },
    },
    handler: async (request, reply) => {
      const result = await logCall(viewerOf(request), request.headers['idempotency-key'], request.body);
      switch (result.kind) {
        case 'saved':
          return reply.code(201).send(present(result.answer));
        case 'repeated':
          return reply.code(200).send(present(result.answer));
        case 'key-reused':
          throw new Problem('key-reused');
        case 'incomplete':
          throw result.problem === 'text-missing'
            ? invalidField('text', '请记录反映内容，或附上通话文本')
            : invalidField('invalidReason', '请选择无效来电的原因');
      }
    },
  });
}

function present(answer: CallAnswer): z.output<typeof SAVED> {
  return answer;
}
