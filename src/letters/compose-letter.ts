import { createHash } from 'node:crypto';
import type { ComposedLetter, LetterRequest, LetterWriter } from '../casework/ports.ts';
import { fillTemplate, type LetterTemplates } from './letter-templates.ts';
import { base64Lines, mimeWord } from './mime-text.ts';

export type LetterSettings = {
  readonly templates: LetterTemplates;
  readonly officeAddress: string;
};

const INSTANT = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});

/** Renders letters to the exact bytes that will be sent, however often: what is frozen is what goes out. */
export function createLetterWriter(settings: LetterSettings): LetterWriter {
  return { compose: (request) => composeLetter(settings, request) };
}

function composeLetter(settings: LetterSettings, request: LetterRequest): ComposedLetter {
  const { templates } = settings;
  const kind = request.cases.length > 1 ? 'digest' : 'acknowledgement';
  const first = request.cases[0];
  const values = {
    number: first?.number ?? '',
    code: first?.code ?? '',
    receivedAt: first === undefined ? '' : INSTANT.format(first.receivedAt),
    count: String(request.cases.length),
    list: request.cases.map((one) => `    编号：${one.number}　查询码：${one.code}`).join('\n'),
    phone: templates.phone,
    office: templates.office,
    today: DAY.format(request.now),
  };
  const bytes = Buffer.from(
    [
      `From: ${mimeWord(templates.office)} <${settings.officeAddress}>`,
      `To: <${request.recipient}>`,
      `Subject: ${mimeWord(fillTemplate(templates[kind].subject, values))}`,
      `Message-ID: <${request.messageId}>`,
      `Date: ${request.now.toUTCString().replace('GMT', '+0000')}`,
      ...(request.inReplyTo === null
        ? []
        : [`In-Reply-To: <${request.inReplyTo}>`, `References: <${request.inReplyTo}>`]),
      'Auto-Submitted: auto-replied', // RFC 3834 5
      'X-Auto-Response-Suppress: All',
      'Precedence: bulk',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64Lines(Buffer.from(fillTemplate(templates[kind].body, values).replaceAll('\n', '\r\n'))),
      '',
    ].join('\r\n'),
  );
  return { bytes, sha256: createHash('sha256').update(bytes).digest() };
}
