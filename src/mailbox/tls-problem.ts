/**
 * Codes that Node gives a TLS connection whose certificate it does not accept: OpenSSL's X.509 verification errors
 * and Node's own host name check. They mean "this may be somebody else", so they raise an alarm and nothing is sent.
 */
const CERTIFICATE_CODES: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'CERT_CHAIN_TOO_LONG',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

export function isCertificateProblem(code: unknown): boolean {
  return CERTIFICATE_CODES.has(code);
}

/** The peer answered the TLS hello with something else, for example with a plain-text greeting. */
export function isTlsProblem(code: unknown): boolean {
  return code === 'EPROTO' || (typeof code === 'string' && code.startsWith('ERR_SSL_'));
}
