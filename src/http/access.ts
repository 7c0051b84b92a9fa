import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Role, Viewer } from '../domain/vocabulary.ts';
import { Fault } from '../platform/fault.ts';
import { isFromThisMachine } from './allowed-host.ts';
import type { HttpDependencies } from './dependencies.ts';
import { Problem } from './problems.ts';
import { isAttended, isFromOurPage, type SessionCookie } from './session-cookie.ts';

/**
 * Who may use a route. A list of roles: with a token whose user has one of them. `public`: anybody. `loopback`: only from this
 * machine. `metrics`: from this machine, or with the token for it.
 */
export type Access = readonly Role[] | 'public' | 'loopback' | 'metrics';

/** Decide about cases, and must reach the citizen: the only ones who see who wrote. */
export const DECIDERS: readonly Role[] = ['triage', 'supervisor', 'discipline'];
/** Sign official letters for the organ. */
export const SIGNERS: readonly Role[] = ['supervisor', 'discipline'];
/**
 * Work on the whole queue. Investigators and unit heads are not among them: until a user belongs to a unit, nobody could keep
 * the accused unit's own people from reading. An administrator has no case content at all.
 */
export const OFFICE: readonly Role[] = ['operator', ...DECIDERS];
/** Take a case out of another's hand. */
export const SUPERVISORS: readonly Role[] = ['supervisor'];
/** May see how the service is, which names no case. */
export const OVERSIGHT: readonly Role[] = [...OFFICE, 'auditor', 'admin'];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /** Answers under any Host: probes and scrapers call us by address, and these routes tell nothing to a rebound page. */
    anyHost?: boolean;
    /** Its answer has no end: browsers ask for it again by themselves, and how long it took says nothing about us. */
    endless?: boolean;
  }
  interface FastifyRequest {
    viewer: Viewer | null;
    /** Under which session the viewer came; null with a token. */
    sessionSecret: string | null;
  }
}

/** Who is asking, on a route that is not open to everybody. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new Fault('internal', 'a route without a list of roles asked for its viewer');
  return request.viewer;
}

export type AccessOptions = {
  readonly dependencies: Pick<HttpDependencies, 'viewerOfToken' | 'readSession'>;
  readonly metricsToken: string | null;
  readonly cookie: SessionCookie;
  /** Counts a token that opened nothing; true when there were too many from there. */
  countFailure(request: FastifyRequest): Promise<boolean>;
};

const BEARER = /^Bearer (?<token>\S{1,200})$/iu;
const OUR_TOKEN = /^shouli_[\w-]{43}$/u; // 32 bytes in base64url

/** Lets the request through or ends it. Runs before the body is read: a stranger cannot make us read one. */
export async function requireAccess(options: AccessOptions, request: FastifyRequest): Promise<void> {
  const { access } = request.routeOptions.config;
  if (access === undefined || access === 'public') return; // undefined: no such route; create-http-app.ts refuses to start with one
  if (access === 'loopback' || access === 'metrics') return requireMachine(options, request, access);
  const viewer = await viewerOfRequest(options, request);
  if (viewer === null) throw await refusal(options, request);
  if (!access.includes(viewer.role)) throw new Problem('forbidden');
  request.viewer = viewer;
}

async function requireMachine(
  options: AccessOptions,
  request: FastifyRequest,
  access: 'loopback' | 'metrics',
): Promise<void> {
  if (isFromThisMachine(request)) return;
  if (access === 'loopback') throw new Problem('not-found');
  const token = bearer(request);
  const { metricsToken } = options;
  if (metricsToken === null || token === null || !isEqual(token, metricsToken)) throw await refusal(options, request);
}

async function viewerOfRequest(
  { dependencies, cookie }: AccessOptions,
  request: FastifyRequest,
): Promise<Viewer | null> {
  if (bearer(request) === null) request.sessionSecret = cookie.secretIn(request);
  if (request.sessionSecret !== null && !isFromOurPage(request)) throw new Problem('forbidden');
  return readViewer(dependencies, request);
}

/** Who is asking, as the database knows it at this moment. A token in the header goes before a session. */
export async function readViewer(
  { viewerOfToken, readSession }: AccessOptions['dependencies'],
  request: FastifyRequest,
): Promise<Viewer | null> {
  const { sessionSecret } = request;
  if (sessionSecret !== null) return (await readSession(sessionSecret, isAttended(request)))?.viewer ?? null;
  const token = bearer(request);
  return token !== null && OUR_TOKEN.test(token) ? viewerOfToken(token) : null;
}

/** Only wrong tokens are counted and slowed down. The right one always works, however many others are tried beside it. */
async function refusal({ countFailure }: AccessOptions, request: FastifyRequest): Promise<Problem> {
  const tooMany = await countFailure(request);
  return tooMany ? new Problem('too-many-requests', {}, { 'retry-after': '60' }) : unauthenticated();
}

function unauthenticated(): Problem {
  return new Problem('unauthenticated', {}, { 'www-authenticate': 'Bearer' });
}

function bearer(request: FastifyRequest): string | null {
  return BEARER.exec(request.headers.authorization ?? '')?.groups?.['token'] ?? null;
}

/** In a time that does not depend on where the two differ. */
function isEqual(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
