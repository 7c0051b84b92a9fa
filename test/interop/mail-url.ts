import { parseImapUrl, parseSmtpUrl, type ImapServer, type SmtpServer } from '../../src/mailbox/parse-mail-url.ts';

/** The server that a URL names; a test that writes a wrong URL fails with the problem. */
export function imapServer(url: string): ImapServer {
  const parsed = parseImapUrl(url);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.server;
}

export function smtpServer(url: string): SmtpServer {
  const parsed = parseSmtpUrl(url);
  if (parsed.kind === 'problem') throw new Error(parsed.problem);
  return parsed.server;
}
