/** What the office knows about its own mail system. */
export type MailContext = {
  /** Addresses under which the office receives mail, lower case. */
  readonly ownAddresses: readonly string[];
  /** Domains of those addresses and of our bounce addresses, lower case. */
  readonly ownDomains: readonly string[];
  /** The name our border server writes into Authentication-Results (RFC 8601), or null when it writes none. */
  readonly authservId: string | null;
};
