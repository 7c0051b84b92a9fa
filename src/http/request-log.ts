import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../platform/metrics.ts';

/** Polled every few seconds by machines: not worth a line each. */
const QUIET: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * One line a request: the route as it is declared, never the address with its query, and ids. Who asked for what of which case
 * is in the journal.
 */
export function logResponse(metrics: Metrics, request: FastifyRequest, reply: FastifyReply): void {
  const route = request.routeOptions.url ?? 'none';
  const { method } = request;
  const status = reply.statusCode;
  const { endless } = request.routeOptions.config;
  if (endless !== true)
    metrics.requestSeconds.observe({ route, method, status: String(status) }, reply.elapsedTime / 1000);
  const facts = { route, method, status, ms: Math.round(reply.elapsedTime), ...idOf(request), ...userOf(request) };
  if (QUIET.has(route) && status < 400) request.log.debug(facts, 'request');
  else request.log.info(facts, 'request');
}

function idOf({ params }: FastifyRequest): { id?: number } {
  const id = typeof params === 'object' && params !== null && 'id' in params ? Number(params.id) : Number.NaN;
  return Number.isSafeInteger(id) ? { id } : {};
}

function userOf({ viewer }: FastifyRequest): { userId?: number } {
  return viewer === null ? {} : { userId: viewer.userId };
}
