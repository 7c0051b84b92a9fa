import createClient from 'openapi-fetch';
import { isUnattended } from './attendance.ts';
import type { components, paths } from './schema.ts';
import { tellSignedOut } from './signed-out.ts';

export type Problem = components['schemas']['Problem'];

/** Everything the desk asks of the service, typed by its OpenAPI document. The browser sends the session's cookie by itself. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' });
api.use({
  onRequest({ request }) {
    if (isUnattended()) request.headers.set('x-unattended', 'true');
  },
  onResponse({ request, response }) {
    const signingIn = request.method === 'POST' && new URL(request.url).pathname === '/api/session';
    if (response.status === 401 && !signingIn) tellSignedOut();
  },
});

/** What the service refused, in its own words; `status` 0 when it did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly problem: Problem | null;
  constructor(status: number, problem: Problem | null, cause?: unknown) {
    super(problem?.title ?? (status === 0 ? 'no answer' : `status ${status}`), { cause });
    this.name = 'ApiProblem';
    this.status = status;
    this.problem = problem;
  }
}

type Answer<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response };

/** The answer's body; throws `ApiProblem` when there is none. */
export async function ask<T>(asked: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await asked;
  } catch (cause) {
    throw new ApiProblem(0, null, cause);
  }
  if (!answer.response.ok) throw new ApiProblem(answer.response.status, readProblem(answer.error));
  // 204 has no body, and its type says so.
  return answer.data as T;
}

function readProblem(error: unknown): Problem | null {
  return typeof error === 'object' && error !== null && 'code' in error ? (error as Problem) : null;
}
