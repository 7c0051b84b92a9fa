import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStrictAddress } from '../../src/mailbox/strict-address.ts';
import { createSmtpMailer } from '../../src/mailbox/smtp-mailer.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import { smtpServer } from './mail-url.ts';

// Pieces that have steered mail elsewhere: line ends, brackets, lists, comments, quoting, routes, parameters.
const hostilePiece = fc.constantFrom(
  '\r\n',
  '\n',
  '\r',
  '\0',
  '<',
  '>',
  ',',
  ';',
  ':',
  ' ',
  '\t',
  '"',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '@',
  '@@',
  '.',
  '..',
  '\r\nRCPT TO:<victim@example.org>',
  '\r\nDATA\r\n',
  '> SIZE=1 <',
  'victim@example.org',
  '\u2028',
  '\u0085',
  '\u202e',
  '%40',
  '=?utf-8?q?=0d=0a?=',
  '\uff20',
  '\uff1e',
  '\u200b',
  'citizen',
  'example.org',
  '+tag',
  '群众',
  '-',
  '_',
);
const hostileText = fc.array(hostilePiece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const address = fc.oneof(
  fc.tuple(hostileText, hostileText).map(([local, domain]) => `${local}@${domain}`),
  fc.emailAddress(),
  fc.string({ unit: 'binary' }),
  hostileText.map((text) => `citizen@example.org${text}`),
  hostileText.map((text) => `${text}citizen@example.org`),
);
const piece = fc.oneof(
  hostileText,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('.\r\n', '\r\n.\r\n', '\n.\n', '\r.\r'),
);
const content = fc.array(piece, { maxLength: 8 }).map((pieces) => Buffer.from(pieces.join('')));

/** What the sink shows for an address: the bytes of the command line as UTF-8. */
const onTheWire = (text: string): string => Buffer.from(text).toString();

test('no address and no content makes a second recipient, a second mail or a second command', async () => {
  const sink = await startSmtpSink();
  const session = await createSmtpMailer({ server: smtpServer(`smtp://127.0.0.1:${sink.port}`) }).connect();
  let accepted = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(address, content, async (recipient, bytes) => {
      const [commands, messages] = [sink.commands.length, sink.messages.length];
      const outcome = await session.submit({ envelopeFrom: 'bounce+1@office.example', recipient, bytes });
      const sent = sink.messages.slice(messages);
      if (!isStrictAddress(recipient)) {
        refused += 1;
        expect(outcome).toMatchObject({ kind: 'refused', permanent: true, code: 553 });
        expect(sink.commands).toHaveLength(commands);
        return;
      }
      accepted += 1;
      expect(outcome.kind).toBe('accepted');
      expect(sent.map((message) => message.to)).toEqual([[onTheWire(recipient)]]);
      expect(sink.commands.slice(commands).map((line) => line.split(' ')[0])).toEqual(['MAIL', 'RCPT', 'DATA']);
      // Not one CR without LF or LF without CR: what a lenient server could take for an end of data.
      expect(/\r(?!\n)|(?<!\r)\n/.test(sent[0]?.wire.toString('latin1') ?? '')).toBe(false);
      expect(sent[0]?.wire.indexOf('\r\n.\r\n')).toBe((sent[0]?.wire.length ?? 0) - 5);
    }),
    { numRuns: 2_000 },
  );
  await session.close();
  await sink.close();
  expect(accepted).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
}, 60_000);

test('a sender that is not one plain address is our own mistake, and nothing is sent', async () => {
  const sink = await startSmtpSink();
  const session = await createSmtpMailer({ server: smtpServer(`smtp://127.0.0.1:${sink.port}`) }).connect();
  for (const envelopeFrom of [
    'a@example.org>\r\nRCPT TO:<victim@example.org',
    'office',
    'a@b, c@d',
    ' a@example.org',
  ]) {
    const submission = { envelopeFrom, recipient: 'citizen@example.org', bytes: Buffer.from('x') };
    await expect(session.submit(submission)).rejects.toMatchObject({ code: 'input.invalid', retryable: false });
  }
  expect(sink.commands.some((line) => line.startsWith('MAIL'))).toBe(false);
  await session.close();
  await sink.close();
});
