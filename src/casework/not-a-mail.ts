/** What only a mail says of itself, for an item that is none: a call, a summary, the row of an old register. */
export const NOT_A_MAIL = {
  automatic: null,
  messageId: null,
  contentSha256: null,
  ackSend: null,
  ackReason: null,
} as const;
