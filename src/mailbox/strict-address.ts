// RFC 5321 4.1.2 Mailbox without quoted strings and address literals, with the UTF-8 letters of RFC 6531 3.3: nothing in
// it can end a command, name a second recipient or carry a comment.
const ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
const LABEL = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u;

/** Octets, RFC 5321 4.5.3.1: a path has 256 with its brackets, a local part 64. */
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

/** One address that may stand in MAIL FROM or RCPT TO as it is. Nothing is trimmed or repaired. */
export function isStrictAddress(text: string): boolean {
  if (text.length > LONGEST_ADDRESS || Buffer.byteLength(text) > LONGEST_ADDRESS) return false;
  const [local, domain, ...more] = text.split('@');
  if (local === undefined || domain === undefined || more.length > 0) return false;
  return (
    Buffer.byteLength(local) <= LONGEST_LOCAL_PART &&
    local.split('.').every((atom) => ATOM.test(atom)) &&
    domain.split('.').every((label) => LABEL.test(label)) &&
    // A server on the way may normalise: nothing may then turn into "@" or another letter.
    text.normalize('NFKC') === text
  );
}

/** True when only a server with SMTPUTF8 may be given this address (RFC 6531 3.2). */
export function needsSmtpUtf8(address: string): boolean {
  return /[^\u0020-\u007e]/.test(address);
}
