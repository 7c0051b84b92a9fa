/** What went wrong, for machines. Dotted, closed; a code is public API. */
export type FaultCode =
  | 'config.invalid'
  | 'database.unreachable'
  | 'database.unsafe'
  | 'database.schema-newer'
  | 'database.conflict'
  | 'redis.unreachable'
  | 'redis.unsafe'
  | 'key.mismatch'
  | 'imap.unreachable'
  | 'imap.refused-login'
  | 'imap.protocol'
  | 'smtp.unreachable'
  | 'smtp.refused-login'
  | 'smtp.protocol'
  | 'rules.invalid'
  | 'input.invalid'
  | 'not-found'
  | 'internal';

/** Thrown when something broke. Expected outcomes are returned, not thrown. `details` never holds personal data. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, string | number | boolean>>;

  constructor(
    code: FaultCode,
    message: string,
    options: { retryable?: boolean; cause?: unknown; details?: Record<string, string | number | boolean> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.details = options.details ?? {};
  }
}
