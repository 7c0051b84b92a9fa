import { describe, expect, it } from 'vitest';
import {
  compose,
  CONTEXT,
  multipart,
  OFFICE_DOMAIN,
  plainPart,
  TOKEN_KEY,
  type Draft,
} from '../../../../fixtures/catalogue/compose-mail.ts';
import type { DeliveryReport } from '../../../../src/intake/item.ts';
import { readMail } from '../../../../src/intake/read-mail.ts';
import { letterMessageId } from '../../../../src/intake/thread-token.ts';

const LETTER = letterMessageId(41, TOKEN_KEY, OFFICE_DOMAIN);

async function deliveryOf(raw: Buffer): Promise<DeliveryReport | null> {
  const result = await readMail(raw, CONTEXT);
  if (result.kind !== 'mail') throw new Error('not read');
  return result.mail.delivery;
}

const report = (
  status: string,
  returned = `Content-Type: message/rfc822\r\n\r\nMessage-ID: <${LETTER}>\r\n\r\nx`,
): Buffer =>
  multipart('report; report-type=delivery-status', [
    plainPart('report'),
    `Content-Type: message/delivery-status\r\n\r\n${status}`,
    returned,
  ]);

const prose = (subject: string, body: string, fields: Draft['fields'] = {}): Buffer =>
  compose({ fields: { From: '<MAILER-DAEMON@example.org>', Subject: subject, ...fields }, body });

describe('a delivery report', () => {
  it('takes the worst of several recipients', async () => {
    const status =
      'Reporting-MTA: dns; x\r\n\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\nAction: delayed\r\nStatus: 4.2.2\r\n';
    expect(await deliveryOf(report(status))).toEqual({ action: 'failed', status: '5.1.1', originalMessageId: LETTER });
  });

  it('is unknown without an action', async () => {
    expect(await deliveryOf(report('Reporting-MTA: dns; x\r\n'))).toEqual({
      action: 'unknown',
      status: null,
      originalMessageId: LETTER,
    });
  });

  it('finds our letter in returned headers, in its own field or in its text', async () => {
    const headers = `Content-Type: text/rfc822-headers\r\n\r\nSubject: x\r\nMessage-ID:\r\n <${LETTER}>\r\n`;
    const places = [
      report('Action: failed\r\n', headers),
      report(`Action: failed\r\nX-Original-Message-ID: <${LETTER}>\r\n`, plainPart('')),
      prose('Undelivered Mail', `User unknown\r\n\r\n> Message-ID: <${LETTER}>\r\n`),
      prose('Undelivered Mail', `The message ${LETTER.toUpperCase()} came back.`),
    ];
    for (const raw of places) expect((await deliveryOf(raw))?.originalMessageId).toBe(LETTER);
  });

  it.each([
    ['failure notice', '550 5.1.1 no such user', 'failed', '5.1.1'],
    ['Delivery Status Notification (Delay)', 'will be retried, delayed 4.4.7', 'delayed', '4.4.7'],
    ['=?utf-8?B?6YCA5L+h6YCa55+l?=', '收件人不存在', 'failed', null], // 退信通知
  ])('is read from prose: %s', async (subject, body, action, status) => {
    expect(await deliveryOf(prose(subject, body))).toMatchObject({ action, status });
  });

  it('is not seen where a person writes about one', async () => {
    const subject = '=?utf-8?B?6YCA5L+h6YCa55+l?=';
    expect(await deliveryOf(prose(subject, '我收到退信，请问怎么办?', { From: '<citizen@example.org>' }))).toBeNull();
    expect(await deliveryOf(prose('lunch', 'today?'))).toBeNull();
  });

  it('is neither a read receipt nor a complaint about spam', async () => {
    const receipt = multipart('report; report-type=disposition-notification', [
      plainPart('x'),
      'Content-Type: message/disposition-notification\r\n\r\nDisposition: displayed',
    ]);
    const abuse = multipart('report; report-type=feedback-report', [
      plainPart('x'),
      'Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse',
    ]);
    expect(await deliveryOf(receipt)).toBeNull();
    expect(await deliveryOf(abuse)).toBeNull();
  });
});
