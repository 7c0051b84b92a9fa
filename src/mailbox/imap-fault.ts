import { Fault } from '../platform/fault.ts';
import { isCertificateProblem, isTlsProblem } from './tls-problem.ts';
import { serverWords } from './server-words.ts';

/** The fields of an imapflow (or Node socket) error that decide anything; each may be absent or of another type. */
type LibraryError = {
  readonly code?: unknown;
  readonly authenticationFailed?: unknown;
  readonly responseStatus?: unknown;
  readonly serverResponseCode?: unknown;
  readonly response?: unknown;
  readonly tlsFailed?: unknown;
};

/** RFC 5530: the server, not the password, is the reason that a login was refused. */
const PASSING_LOGIN_REFUSALS: ReadonlySet<unknown> = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG']);

/** Where imapflow gives up on a server that breaks the protocol or floods us. */
const PROTOCOL_CODES: ReadonlySet<unknown> = new Set([
  'InvalidResponse',
  'LineTooLarge',
  'LiteralTooLarge',
  'MAX_IMAP_NESTING_REACHED',
  'MissingTag',
  'ResponseProcessingFailed',
  'ResponseTooLarge',
  'STARTTLS_INJECTION',
  'TooManyResponses',
  'TooManyTokens',
  'UnexpectedTag',
]);

/** True when the server answered and the answer was no: the connection itself is well. */
export function isServerRefusal(error: unknown): boolean {
  const status = asLibraryError(error).responseStatus;
  return status === 'NO' || status === 'BAD';
}

/** True when the error only says that the connection is gone; why it went may be known from elsewhere. */
export function isLostConnection(error: unknown): boolean {
  const { code } = asLibraryError(error);
  return code === 'NoConnection' || code === 'EConnectionClosed' || code === 'StateLogout';
}

/**
 * Translates what imapflow threw during `step`. `imap.protocol` and a certificate problem are worth an alarm at once,
 * and still worth another try later: certificates are renewed and servers repaired without us.
 */
export function imapFault(error: unknown, step: string): Fault {
  if (error instanceof Fault) return error;
  const seen = asLibraryError(error);
  const code = typeof seen.code === 'string' ? { code: seen.code } : {};
  if (seen.authenticationFailed === true) return refusedLogin(error, seen);
  if (isCertificateProblem(seen.code)) {
    return fault('imap.protocol', 'the IMAP server shows a certificate that is not to be trusted', step, error, {
      ...code,
      reason: 'certificate',
    });
  }
  if (seen.tlsFailed === true || isTlsProblem(seen.code)) {
    return fault('imap.protocol', 'the IMAP server does not protect the connection with TLS', step, error, {
      ...code,
      reason: 'tls',
    });
  }
  if (isServerRefusal(error)) {
    return fault('imap.protocol', 'the IMAP server refused a command', step, error, {
      ...answerOf(seen),
      reason: 'refused',
    });
  }
  if (PROTOCOL_CODES.has(seen.code) || (typeof seen.code === 'string' && seen.code.startsWith('ParserError'))) {
    return fault('imap.protocol', 'the IMAP server does not keep to the protocol', step, error, {
      ...code,
      reason: 'broken',
    });
  }
  return fault('imap.unreachable', 'the IMAP server cannot be reached', step, error, code);
}

function refusedLogin(error: unknown, seen: LibraryError): Fault {
  if (PASSING_LOGIN_REFUSALS.has(seen.serverResponseCode)) {
    return fault('imap.unreachable', 'the IMAP server cannot log anybody in just now', 'login', error, answerOf(seen));
  }
  return new Fault('imap.refused-login', 'the IMAP server refused the login', {
    cause: error,
    details: { step: 'login', ...answerOf(seen) },
  });
}

function fault(
  code: 'imap.protocol' | 'imap.unreachable',
  message: string,
  step: string,
  cause: unknown,
  details: Record<string, string>,
): Fault {
  return new Fault(code, message, { retryable: true, cause, details: { step, ...details } });
}

// The provider's own words about our own mailbox, such as NetEase's "Unsafe Login": without them nobody knows what to
// do. They say nothing about a citizen.
function answerOf(seen: LibraryError): Record<string, string> {
  return {
    ...(typeof seen.responseStatus === 'string' ? { status: seen.responseStatus } : {}),
    ...(typeof seen.serverResponseCode === 'string' ? { responseCode: seen.serverResponseCode } : {}),
    ...(typeof seen.response === 'string'
      ? { answer: serverWords(seen.response.replace(/^\S+ (?:NO|BAD) /, '')) }
      : {}),
  };
}

function asLibraryError(error: unknown): LibraryError {
  return typeof error === 'object' && error !== null ? error : {};
}
