import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../platform/fault.ts';
import { FAULT_PROBLEMS, Problem, PROBLEM_TYPE, problemBody, PROBLEMS, type ProblemCode } from './problems.ts';

/** Errors that Fastify raises about a request. What is not listed is our own mistake. */
const FASTIFY_PROBLEMS: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body.not-json',
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: 'unsupported-media-type',
  FST_ERR_HANDLER_TIMEOUT: 'unavailable',
};

/** The one place where an error becomes a response. The text of what went wrong inside never leaves. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  if (PROBLEMS[problem.code].status >= 500) request.log.error({ err: error }, 'request failed');
  return sendProblem(reply, problem);
}

function sendProblem(reply: FastifyReply, { code, details, headers }: Problem): FastifyReply {
  return reply
    .code(PROBLEMS[code].status)
    .headers({ ...headers, ...(code === 'unavailable' ? { 'retry-after': '5' } : {}) })
    .type(PROBLEM_TYPE)
    .send(problemBody(code, details));
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Fault) return new Problem(FAULT_PROBLEMS[error.code]);
  const code = isFastifyError(error) ? FASTIFY_PROBLEMS[error.code] : undefined;
  return new Problem(code ?? 'internal');
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
