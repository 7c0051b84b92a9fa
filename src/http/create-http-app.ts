import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { fastify, LogController, type FastifyBaseLogger, type FastifyReply, type FastifyRequest } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Logger } from '../platform/logger.ts';
import type { Metrics } from '../platform/metrics.ts';
import { requireAccess } from './access.ts';
import { hasOneHost, isAllowedHost } from './allowed-host.ts';
import { answerBrokenRequest } from './broken-request.ts';
import type { HttpDependencies } from './dependencies.ts';
import { sendError } from './error-mapper.ts';
import { sendPage, type DeskFiles } from './desk-files.ts';
import type { HttpApp } from './http-app.ts';
import { describeRoutes } from './openapi.ts';
import { Problem } from './problems.ts';
import { logResponse } from './request-log.ts';
import { createRouteTable, type RouteTable } from './route-table.ts';
import { registerRoutes } from './register-routes.ts';
import { createSessionCookie, type SessionCookie } from './session-cookie.ts';
import { parseStrictJson } from './strict-json.ts';
import { compileInput } from './validate-input.ts';

/** Bounds on what one client may cost. */
export type HttpLimits = {
  /** For the header block: a connection that dribbles it is closed (slowloris). */
  readonly headersMs: number;
  /** For the whole request, body included: 50 MB over a slow line takes a while. */
  readonly requestMs: number;
  /** For the answer. */
  readonly handlerMs: number;
  readonly keepAliveMs: number;
  readonly bodyBytes: number;
  readonly failedTokensPerMinute: number;
  /** How often a stream of events says that it is still there, and makes sure that its reader still may listen. */
  readonly heartbeatMs: number;
};

const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 300_000,
  handlerMs: 30_000,
  keepAliveMs: 10_000,
  bodyBytes: 1_048_576,
  failedTokensPerMinute: 30,
  heartbeatMs: 15_000,
};

/** Of the request line and all headers together; Node's own default. */
const MOST_HEADER_BYTES = 16_384;

export type HttpOptions = {
  readonly dependencies: HttpDependencies;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Without a trailing slash. Its host name is the only one that is answered, besides this machine's own. */
  readonly publicUrl: string;
  readonly metricsToken: string | null;
  readonly limits?: Partial<HttpLimits>;
};

/** A route that declares no query takes none: what it would ignore today it may obey tomorrow. */
const NO_QUERY = z.strictObject({});

/** The API, not listening yet: `app.listen({ host, port })` is the caller's, and so is `app.close()`. */
export async function createHttpApp(options: HttpOptions): Promise<{ app: HttpApp; routes: RouteTable }> {
  const limits = { ...HTTP_LIMITS, ...options.limits };
  const app = bareApp(options, limits);
  const routes = createRouteTable();
  app.addHook('onRoute', (route) => {
    routes.add(route);
    route.schema = { querystring: NO_QUERY, ...route.schema };
  });
  acceptJsonOnly(app);
  app.setValidatorCompiler(compileInput);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler((request, reply) => answerUnknown(routes, options.dependencies.desk, request, reply));
  await app.register(helmet, HEADERS);
  await app.register(rateLimit, { global: false });
  await describeRoutes(app);
  const countFailure = failureCounter(app, limits);
  const cookie = createSessionCookie(options.publicUrl.startsWith('https:'));
  guard(app, options, { cookie, countFailure });
  const { heartbeatMs } = limits;
  registerRoutes(app, options.dependencies, options.metrics, { cookie, countFailure, heartbeatMs });
  return { app, routes };
}

function bareApp({ log }: HttpOptions, limits: HttpLimits): HttpApp {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }), // Fastify's own lines hold the address with its query
    genReqId: () => randomUUID(),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    handlerTimeout: limits.handlerMs,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      maxHeaderSize: MOST_HEADER_BYTES,
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(limits.headersMs, 5_000),
    },
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBrokenRequest,
    // Fastify answers a path that it cannot decode, or a parameter that is too long, before any hook: without our headers,
    // our Host check and our log line. No path may get there.
    rewriteUrl: ({ url = '/' }) => (isDecodable(url) ? url : '/undecodable'),
    routerOptions: { maxParamLength: MOST_HEADER_BYTES },
  }).withTypeProvider<ZodTypeProvider>();
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/\?.*$/su, ''));
    return true;
  } catch {
    return false; // an answer, not a fault: the path is not percent-encoded UTF-8
  }
}

/** Without the parsers that Fastify brings: text/plain is what a cross-site form can send, and its JSON is lenient. */
function acceptJsonOnly(app: HttpApp): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body: Buffer, done) => {
    const json = parseStrictJson(body);
    if (json.kind === 'ok') done(null, json.value);
    else done(new Problem(json.code));
  });
}

/** Nothing that we answer is a page, except the desk, which has a policy of its own (desk-files.ts). */
const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: { action: 'deny' },
} as const;

type CountFailure = (request: FastifyRequest) => Promise<boolean>;

function failureCounter(app: HttpApp, limits: HttpLimits): CountFailure {
  const limiter = app.createRateLimit({ max: limits.failedTokensPerMinute, timeWindow: 60_000 });
  return async (request) => {
    const limit = await limiter(request);
    return !limit.isAllowed && limit.isExceeded;
  };
}

function guard(
  app: HttpApp,
  options: HttpOptions,
  door: { readonly cookie: SessionCookie; readonly countFailure: CountFailure },
): void {
  const access = { ...options, ...door };
  app.decorateRequest('viewer', null);
  app.decorateRequest('sessionSecret', null);
  app.addHook('onRequest', async (request, reply: FastifyReply) => {
    reply.headers({ 'x-request-id': request.id, 'cache-control': 'no-store' });
    if (!hasOneHost(request.raw.rawHeaders)) throw new Problem('bad-request');
    const { anyHost } = request.routeOptions.config;
    if (anyHost !== true && !isAllowedHost(request.headers.host, options.publicUrl)) throw new Problem('misdirected');
    await requireAccess(access, request);
  });
  app.addHook('onResponse', async (request, reply) => logResponse(options.metrics, request, reply));
}

/** Somebody typed an address into a browser: the desk says that there is no such page, in words. */
function isForPeople({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html');
}

/** 405 where the path exists under another method (RFC 9110 15.5.6), else 404. */
function answerUnknown(
  routes: RouteTable,
  desk: DeskFiles | null,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const methods = routes.methodsFor(request.url.replace(/\?.*$/su, ''));
  if (methods.length === 0 && isForPeople(request) && desk !== null) return sendPage(reply.code(404), desk);
  if (methods.length === 0) throw new Problem('not-found');
  throw new Problem('method-not-allowed', {}, { allow: methods.join(', ') });
}
