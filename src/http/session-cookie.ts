import type { FastifyRequest } from 'fastify';

export type SessionCookie = {
  /** The session's secret out of the Cookie header (RFC 6265), or null. */
  secretIn(request: FastifyRequest): string | null;
  set(secret: string): string;
  readonly cleared: string;
};

/**
 * No script reads it, no other site sends it, and it dies with the browser. `secure`: we are reached by https; then the prefix of
 * its name keeps a neighbour under the same domain from planting one of its own (RFC 6265bis 4.1.3.2).
 */
export function createSessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-shouli_session' : 'shouli_session';
  const value = new RegExp(`(?:^|;\\s*)${name}=(?<secret>[\\w-]{43})(?:;|$)`, 'u'); // 32 bytes in base64url
  const set = (secret: string): string =>
    `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    secretIn: ({ headers }) => value.exec(headers.cookie ?? '')?.groups?.['secret'] ?? null,
    set,
    cleared: `${set('')}; Max-Age=0`,
  };
}

/** A request that changes something and carries a cookie comes from our own page, by the browser's own word for it. */
export function isFromOurPage({ method, headers, host }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return true;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** What the desk asks for when nobody has touched it for a while, as it says itself, or asks for without end, keeps no session open. */
export function isAttended({ headers, routeOptions }: FastifyRequest): boolean {
  return headers['x-unattended'] !== 'true' && routeOptions.config.endless !== true;
}
