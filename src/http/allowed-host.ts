import type { IncomingMessage } from 'node:http';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const HOST = /^(?<name>\[[\da-f:.]{2,45}\]|[a-z\d.-]{1,253})(?::\d{1,5})?$/iu;

/** The name in a Host header, lower case, without the port. null: not a host at all. */
function hostName(header: string | undefined): string | null {
  return HOST.exec(header ?? '')?.groups?.['name']?.toLowerCase() ?? null;
}

function isLoopbackHost(header: string | undefined): boolean {
  return LOOPBACK_NAMES.has(hostName(header) ?? '');
}

/**
 * Whether a request is meant for us: the name of the public address, or this machine. Any other name is somebody else's page
 * whose DNS answer points here (DNS rebinding), and a browser would let that page read our answers.
 */
export function isAllowedHost(header: string | undefined, publicUrl: string): boolean {
  return isLoopbackHost(header) || hostName(header) === new URL(publicUrl).hostname;
}

/** Sent from this machine, to this machine by name: not by a page that only resolves to it. */
export function isLoopbackRequest(header: string | undefined, remoteAddress: string | undefined): boolean {
  const address = remoteAddress?.replace(/^::ffff:/u, '') ?? '';
  return isLoopbackHost(header) && (address === '::1' || address.startsWith('127.'));
}

/** A proxy on this machine calls from this machine for anybody, and some write our own address into Host. */
const FORWARDING = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Sent on this machine and not passed on for somebody else. */
export function isFromThisMachine({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  if (FORWARDING.some((name) => name in headers)) return false;
  return isLoopbackRequest(headers.host, socket.remoteAddress);
}

/** RFC 9112 3.2: more than one Host is refused. Node would take the first, and a proxy before us may take the other. */
export function hasOneHost(rawHeaders: readonly string[]): boolean {
  return rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length === 1;
}
