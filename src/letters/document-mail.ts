import { createHash } from 'node:crypto';
import type { DocumentMail } from '../casework/document-press.ts';
import type { LetterTemplates } from './letter-templates.ts';
import { fillTemplate } from './letter-templates.ts';
import { base64Lines, mimeWord } from './mime-text.ts';

/**
 * A mail with the PDF of a document. Subject, text and file name tell the case number and nothing else: a mailbox shows them to
 * whoever looks over a shoulder.
 */
export function composeDocumentMail(
  { templates, officeAddress }: { readonly templates: LetterTemplates; readonly officeAddress: string },
  { messageId, recipient, now, caseNumber, pdf }: DocumentMail,
): { readonly bytes: Buffer; readonly sha256: Buffer } {
  const values = { number: caseNumber, phone: templates.phone, office: templates.office };
  const boundary = `document-${messageId.slice(0, messageId.indexOf('@')).replaceAll(/[^\w-]/gu, '')}`;
  const bytes = Buffer.from(
    [
      `From: ${mimeWord(templates.office)} <${officeAddress}>`,
      `To: <${recipient}>`,
      `Subject: ${mimeWord(fillTemplate(templates.document.subject, values))}`,
      `Message-ID: <${messageId}>`,
      `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
      'Auto-Submitted: auto-generated', // RFC 3834 5: no automatic answer to it
      'X-Auto-Response-Suppress: All',
      'MIME-Version: 1.0',
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64Lines(Buffer.from(fillTemplate(templates.document.body, values).replaceAll('\n', '\r\n'))),
      `--${boundary}`,
      'Content-Type: application/pdf; name="document.pdf"',
      'Content-Disposition: attachment; filename="document.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      base64Lines(pdf),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
  return { bytes, sha256: createHash('sha256').update(bytes).digest() };
}
