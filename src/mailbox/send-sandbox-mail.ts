import { createTransport } from 'nodemailer';
import { isStrictAddress } from './strict-address.ts';

export type SandboxMail = {
  /** `zhang@example.cn`, or `张三 <zhang@example.cn>`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

const NAMED = /^(?<name>[^<>"@]{0,100})<(?<address>[^<>]*)>$/u;

/** Composes a mail as a mail program would and hands it to the sandbox by SMTP. Resolves when it is kept there. */
export async function sendSandboxMail(
  port: number,
  { from, to, subject, text }: SandboxMail,
): Promise<'sent' | 'bad-address'> {
  const { name = '', address = from.trim() } = NAMED.exec(from.trim())?.groups ?? {};
  if (!isStrictAddress(address)) return 'bad-address';
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    await transport.sendMail({
      from: { name: name.trim(), address },
      to,
      subject,
      text,
      disableUrlAccess: true,
      disableFileAccess: true,
    });
    return 'sent';
  } finally {
    transport.close();
  }
}
