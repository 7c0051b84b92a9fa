import { Fault } from '../platform/fault.ts';
import { serverWords } from './server-words.ts';
import { isCertificateProblem, isTlsProblem } from './tls-problem.ts';

/** The fields of a nodemailer (or Node socket) error that decide anything; each may be absent or of another type. */
type LibraryError = {
  readonly code?: unknown;
  /** The code of the socket error that nodemailer renamed to ESOCKET. */
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
};

/**
 * Translates what nodemailer threw before any mail was offered: nothing was sent. `smtp.protocol` is worth an alarm at
 * once, and still worth another try later; a refused login is not.
 */
export function smtpFault(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const seen = asLibraryError(error);
  const code = seen.originalCode ?? seen.code;
  const refusal = refusalOf(seen);
  if (isCertificateProblem(code)) {
    return fault(
      'smtp.protocol',
      'the SMTP server shows a certificate that is not to be trusted',
      error,
      'certificate',
    );
  }
  if (seen.code === 'ETLS' || isTlsProblem(code)) {
    return fault('smtp.protocol', 'the SMTP server does not protect the connection with TLS', error, 'tls');
  }
  if (seen.code === 'EAUTH' && refusal !== 'for-now') {
    return fault('smtp.refused-login', 'the SMTP server refused the login', error, 'refused');
  }
  if (refusal === 'for-good' || (seen.code === 'EPROTOCOL' && refusal === 'none')) {
    return fault('smtp.protocol', 'the SMTP server refused the session', error, 'refused');
  }
  return fault('smtp.unreachable', 'the SMTP server cannot be reached', error, 'network');
}

// 4yz, such as 454 or 421, is the server's own trouble (RFC 4954 section 6) and says nothing about the password.
function refusalOf(seen: LibraryError): 'none' | 'for-now' | 'for-good' {
  if (typeof seen.responseCode !== 'number') return 'none';
  return seen.responseCode >= 500 ? 'for-good' : 'for-now';
}

function fault(
  code: 'smtp.protocol' | 'smtp.refused-login' | 'smtp.unreachable',
  message: string,
  error: unknown,
  reason: 'certificate' | 'tls' | 'refused' | 'network',
): Fault {
  return new Fault(code, message, {
    retryable: code !== 'smtp.refused-login',
    cause: error,
    details: { reason, ...wordsOf(error) },
  });
}

// What the server says before a letter is offered is about us, not about a citizen.
function wordsOf(error: unknown): Record<string, string | number> {
  const seen = asLibraryError(error);
  const code = seen.originalCode ?? seen.code;
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof seen.responseCode === 'number' ? { reply: seen.responseCode } : {}),
    ...(typeof seen.response === 'string' ? { answer: serverWords(seen.response) } : {}),
  };
}

function asLibraryError(error: unknown): LibraryError {
  return typeof error === 'object' && error !== null ? error : {};
}
