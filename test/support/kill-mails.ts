import iconv from 'iconv-lite';
import type { Chance } from './kill-chance.ts';

/** Where the invented mails of these tests are sent to. */
export const OFFICE_ADDRESS = 'xiaoneng@jubao.example';

const SENTENCES = [
  '孩子入学材料交了三个月，每次去都说再等等，没有人给一个准话。',
  '窗口的人让我去找另一个科室，那个科室又让我回到窗口。',
  '收据上写的是资料费，可是没有人说明收费的依据是什么。',
  '打过两次电话，都说负责的人开会去了。',
  '请贵办核实情况，并告诉我下一步应该怎么办。',
  '校门口的路灯坏了很久，晚自习放学时很不安全。',
  '名单公布之前没有公示，我们只是听别人说的。',
];

/** An invented complaint, number `n`: no two are alike, and each comes from a person of a domain of its own. */
export function createKillMail(chance: Chance, n: number): Buffer {
  const text = [`第${n}号来信。`, ...Array.from({ length: 2 + chance.below(6) }, () => chance.pick(SENTENCES))].join(
    '\r\n',
  );
  const shape = SHAPES[n % SHAPES.length] ?? plain;
  return shape(n, `第${n}号来信`, `${text}\r\n`, chance);
}

type Shape = (n: number, subject: string, text: string, chance: Chance) => Buffer;

const SHAPES: readonly Shape[] = [plain, gb18030, inBase64, withAttachment, inHtml];

function headers(n: number, subject: string): string {
  const address = `writer${n}@p${n}.example.org`;
  return [
    `Return-Path: <${address}>`,
    `From: <${address}>`,
    `To: <${OFFICE_ADDRESS}>`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <letter-${n}@p${n}.example.org>`,
    'MIME-Version: 1.0',
    '',
  ].join('\r\n');
}

function plain(n: number, subject: string, text: string): Buffer {
  const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  return Buffer.from(headers(n, subject) + type + text);
}

function gb18030(n: number, subject: string, text: string): Buffer {
  const type = 'Content-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  return Buffer.concat([Buffer.from(headers(n, subject) + type), iconv.encode(text, 'gb18030')]);
}

function inBase64(n: number, subject: string, text: string): Buffer {
  const type = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  return Buffer.from(headers(n, subject) + type + folded(Buffer.from(text)));
}

/** Most attachments are small; every hundredth mail is larger than a megabyte, so that a fetch takes its time. */
function withAttachment(n: number, subject: string, text: string, chance: Chance): Buffer {
  const bytes = chance.bytes(n % 100 === 3 ? 1_200_000 : 1_000 + chance.below(30_000));
  return Buffer.from(
    `${headers(n, subject)}Content-Type: multipart/mixed; boundary="b${n}"\r\n\r\n` +
      `--b${n}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${text}\r\n` +
      `--b${n}\r\nContent-Type: application/octet-stream; name="p${n}.jpg"\r\nContent-Transfer-Encoding: base64\r\n` +
      `Content-Disposition: attachment; filename="p${n}.jpg"\r\n\r\n${folded(bytes)}\r\n--b${n}--\r\n`,
  );
}

function inHtml(n: number, subject: string, text: string): Buffer {
  const lines = text.split('\r\n').map((line) => `<p>${line}</p>`);
  const type = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n';
  return Buffer.from(`${headers(n, subject)}${type}<html><body>\r\n${lines.join('\r\n')}\r\n</body></html>\r\n`);
}

/** RFC 2045 6.8: lines of 76 characters. */
function folded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}/g, '$&\r\n');
}
