import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { Mailer, MailSession, Submission, SubmissionOutcome } from '../casework/ports.ts';
import { Fault } from '../platform/fault.ts';
import type { MailLogin, SmtpServer } from './parse-mail-url.ts';
import { readMailFile } from './read-mail-file.ts';
import { serverWords } from './server-words.ts';
import { smtpFault } from './smtp-fault.ts';
import { isStrictAddress, needsSmtpUtf8 } from './strict-address.ts';

/** All in ms. */
export type SmtpTimeouts = {
  readonly connectMs: number; // DNS, TCP, TLS and STARTTLS together
  readonly greetingMs: number;
  readonly replyMs: number; // AUTH, RSET, and MAIL, RCPT and DATA together
  readonly dataMs: number; // from the first byte of the message to the reply, RFC 5321 4.5.3.2.6
};

export type SmtpMailerOptions = { readonly server: SmtpServer; readonly timeouts?: Partial<SmtpTimeouts> };

const USUAL_TIMEOUTS: SmtpTimeouts = { connectMs: 30_000, greetingMs: 30_000, replyMs: 60_000, dataMs: 600_000 };
const GOODBYE_MS = 2_000;
/** RFC 5321 4.2.3: mailbox name not allowed. Our own verdict, so that a bad address ends like one the server refused. */
const ADDRESS_NOT_ALLOWED = 553;

type SmtpSession = {
  readonly connection: SMTPConnection;
  readonly timeouts: SmtpTimeouts;
  readonly offersUtf8: boolean;
  /** A transaction was refused half way: RSET before the next MAIL. */
  unfinished: boolean;
  ended: boolean;
};

/** Submits mail over SMTP. The secret is read at each connect, so that a rotated one is taken without a restart. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  return {
    async connect(): Promise<MailSession> {
      const session = await openSession(options);
      return { submit: (submission) => submit(session, submission), close: () => endSession(session) };
    },
  };
}

async function openSession({ server, timeouts: given = {} }: SmtpMailerOptions): Promise<SmtpSession> {
  const timeouts = { ...USUAL_TIMEOUTS, ...given };
  const secret = server.login === null ? '' : await server.login.secret();
  const connection = new SMTPConnection({ ...(await transportOf(server)), ...limitsOf(timeouts) });
  // Every step hears of an error itself; without a listener of its own the connection would end the process.
  connection.on('error', () => undefined);
  try {
    await step(connection, timeouts.connectMs + timeouts.greetingMs, (done) => connection.connect(done));
    const session: SmtpSession = {
      connection,
      timeouts,
      unfinished: false,
      ended: false,
      // The reply just read is that to EHLO; the library keeps its list of extensions to itself.
      offersUtf8: /[ -]SMTPUTF8\b/i.test(String(connection.lastServerResponse)),
    };
    connection.once('end', () => (session.ended = true));
    if (server.login !== null) await logIn(connection, server.login, secret, timeouts);
    return session;
  } catch (error) {
    connection.close();
    throw smtpFault(error);
  }
}

async function logIn(connection: SMTPConnection, login: MailLogin, secret: string, timeouts: SmtpTimeouts) {
  if (!connection.allowsAuth) {
    throw new Fault('smtp.protocol', 'the SMTP server offers no login', {
      retryable: true,
      details: { reason: 'refused' },
    });
  }
  const proof =
    login.method === 'xoauth2'
      ? { oauth2: new XOAuth2({ user: login.user, accessToken: secret }) }
      : { credentials: { user: login.user, pass: secret } };
  await step(connection, timeouts.replyMs, (done) => connection.login({ user: login.user, ...proof }, done));
}

async function submit(session: SmtpSession, submission: Submission): Promise<SubmissionOutcome> {
  const { envelopeFrom, recipient } = submission;
  if (envelopeFrom !== '' && !isStrictAddress(envelopeFrom)) {
    throw new Fault('input.invalid', 'the envelope sender of a letter is not one plain address');
  }
  if (!isStrictAddress(recipient)) return notAllowed('not sent: the recipient is not one plain address');
  if (!session.offersUtf8 && (needsSmtpUtf8(recipient) || needsSmtpUtf8(envelopeFrom))) {
    return notAllowed('not sent: the server takes no internationalized address (RFC 6531)');
  }
  if (session.unfinished) {
    const reset = await step(session.connection, session.timeouts.replyMs, (done) => session.connection.reset(done))
      .then(() => true)
      .catch(() => false); // nothing of this mail was sent, whatever the reason
    if (!reset) session.connection.close();
    session.unfinished = !reset;
  }
  if (session.ended) return { kind: 'not-started', reason: 'the connection has ended' };
  const outcome = await transact(session, submission);
  session.unfinished = outcome.kind === 'refused';
  if (outcome.kind === 'not-started' || outcome.kind === 'unknown') session.connection.close();
  return outcome;
}

// The library reports a connection lost before MAIL and one lost after the last byte with the same error. What tells
// them apart is whether it ever asked for the message: it does so only after the server said 354. Before that nothing
// can have been accepted, not even when MAIL, RCPT and DATA had gone out together (RFC 2920).
function transact(session: SmtpSession, submission: Submission): Promise<SubmissionOutcome> {
  const { connection, timeouts } = session;
  return new Promise((resolve) => {
    let started = false;
    const lost = (reason: string): SubmissionOutcome => ({ kind: started ? 'unknown' : 'not-started', reason });
    let timer = setTimeout(() => resolve(lost('no reply in time')), timeouts.replyMs);
    const message = readOnce(submission.bytes, () => {
      started = true;
      clearTimeout(timer);
      timer = setTimeout(() => resolve(lost('no reply in time')), timeouts.dataMs);
    });
    const envelope = {
      from: submission.envelopeFrom,
      to: [submission.recipient],
      use8BitMime: submission.bytes.some((byte) => byte > 0x7f),
    };
    connection.send(envelope, message, (error, info) => {
      clearTimeout(timer);
      if (error === null || error === undefined) resolve(accepted(info?.response ?? ''));
      else resolve(refused(error) ?? lost('the connection was lost'));
    });
  });
}

function accepted(response: string): SubmissionOutcome {
  return { kind: 'accepted', code: Number(response.slice(0, 3)), text: serverWords(response) };
}

function refused(error: { responseCode?: unknown; response?: unknown }): SubmissionOutcome | null {
  if (typeof error.responseCode !== 'number' || error.responseCode < 400) return null;
  return {
    kind: 'refused',
    permanent: error.responseCode >= 500,
    code: error.responseCode,
    text: serverWords(String(error.response)),
  };
}

function notAllowed(text: string): SubmissionOutcome {
  return { kind: 'refused', permanent: true, code: ADDRESS_NOT_ALLOWED, text };
}

function readOnce(bytes: Buffer, onStart: () => void): Readable {
  return new Readable({
    read() {
      onStart();
      this.push(bytes);
      this.push(null);
    },
  });
}

async function endSession(session: SmtpSession): Promise<void> {
  if (session.ended) return;
  await new Promise<void>((resolve) => {
    const hangUp = setTimeout(() => session.connection.close(), GOODBYE_MS);
    session.connection.once('end', () => {
      clearTimeout(hangUp);
      resolve();
    });
    session.connection.quit();
  });
}

/** One step before a mail: ends with its callback, with the connection, or with the clock, whichever comes first. */
function step(
  connection: SMTPConnection,
  timeoutMs: number,
  start: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      clearTimeout(timer);
      connection.off('error', settle);
      connection.off('end', onEnd);
      if (error === null || error === undefined) resolve();
      else reject(error);
    };
    const lost = (message: string): Fault => new Fault('smtp.unreachable', message, { retryable: true });
    const onEnd = (): void => settle(lost('the SMTP server ended the connection'));
    const timer = setTimeout(() => settle(lost('the SMTP server does not answer')), timeoutMs);
    connection.on('error', settle);
    connection.on('end', onEnd);
    start(settle);
  });
}

async function transportOf(server: SmtpServer) {
  const ca = server.caFile === null ? {} : { ca: await readMailFile(server.caFile, 'certificate authority') };
  return {
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    // Required or ignored, never "if offered": the offer itself can be stripped on the way (RFC 3207 section 6).
    requireTLS: server.security === 'starttls',
    ignoreTLS: server.security === 'none',
    tls: { ...ca, minVersion: 'TLSv1.2' as const, rejectUnauthorized: true },
  };
}

// The clocks of `step` and `transact` decide. The library's own watch over a silent socket must not come before them.
function limitsOf(timeouts: SmtpTimeouts) {
  return {
    connectionTimeout: timeouts.connectMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: Math.max(timeouts.replyMs, timeouts.dataMs) + 1_000,
    socketCloseTimeout: 0,
  };
}
