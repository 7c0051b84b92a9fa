import { countLetters } from './mail-letters.ts';

/**
 * The sender's own words: a mail without the thread it answers and without its signature. What is cut here is still
 * shown; it is only no evidence for the rules, because others wrote it.
 */

/** First line of a quoted thread, as mail programs write it. Everything after it is quoted. */
const THREAD_STARTS: readonly RegExp[] = [
  /^-{2,}\s*(?:原始邮件|原始郵件|原邮件|回复的原邮件|Original Message|Original|Forwarded message|转发的邮件|转发邮件信息|轉寄郵件)\s*-{2,}$/i, // QQ, Foxmail, 163, Outlook, Gmail
  /^-{5,}\s*(?:Original|Forwarded) message\s*-*$/i,
  /^(?:在|于|於)\s?.{4,80}(?:写道|寫道|wrote)\s*[:：]\s*$/, // Foxmail, Thunderbird, Apple Mail
  /^At \d{4}-\d{2}-\d{2}.{4,120}wrote:\s*$/i, // 163
  /^On .{8,200} wrote:\s*$/i, // Gmail, Apple Mail
  /^\d{4}年\d{1,2}月\d{1,2}日.{0,100}(?:写道|寫道|wrote)\s*[:：]\s*$/, // Gmail in Chinese
  /^.{0,120}<[^<>\s]{3,100}@[^<>\s]{3,100}>\s*(?:于|在|於)?.{0,60}(?:写道|寫道)\s*[:：]\s*$/, // QQ app
  /^_{20,}$/, // Outlook on the web, followed by From:
];

/** Outlook writes no rule of dashes: a block of header names begins the thread. */
const HEADER_LINE = /^[>\s*]*(?:发件人|寄件者|寄件人|From)\s*[:：]/i;
const HEADER_MORE =
  /^[>\s*]*(?:发送时间|发送日期|日期|时间|寄件日期|傳送時間|收件人|收件者|主题|主旨|抄送|Sent|Date|To|Subject|Cc)\s*[:：]/i;

/** RFC 3676 section 4.3, and what telephones append. */
const SIGNATURE_LINE = /^-- ?$/;
const DEVICE_LINE =
  /^(?:发自我的\s?.{1,30}|發自我的\s?.{1,30}|从我的\s?.{1,20}发送|来自\s?.{0,20}(?:邮箱|手机|客户端)|Sent from (?:my )?.{1,40}|Get Outlook for .{1,20}|从 ?Windows ?版?邮件发送)$/i;

const MAX_LINE_READ = 300;
/** A forwarded thread is what the sender wants read; fewer letters of his own than this are no answer to it. */
const MIN_OWN_LETTERS = 4;

export function ownText(text: string, isForward: boolean): string {
  const lines = text.split('\n');
  if (isForward) return withoutSignature(lines).join('\n').trim();
  const end = threadStart(lines);
  const own = withoutSignature(lines.slice(0, end).filter((line) => !isQuoted(line)));
  const kept = own.join('\n').trim();
  // Nothing but a thread: better to read the thread than to read nothing.
  return countLetters(kept, MIN_OWN_LETTERS) === MIN_OWN_LETTERS ? kept : text.trim();
}

/** Subjects of mails that pass something on. */
export function isForwardSubject(subject: string): boolean {
  return /^\s*(?:(?:fw|fwd|转发|轉寄|转|轉發)\s*[:：]|【转发】|\[fwd?\])/i.test(subject.slice(0, 60));
}

function threadStart(lines: readonly string[]): number {
  const start = lines.findIndex((line, index) => isThreadStart(line, lines[index + 1] ?? '', lines[index + 2] ?? ''));
  return start === -1 ? lines.length : start;
}

function isThreadStart(line: string, next: string, afterNext: string): boolean {
  const trimmed = line.slice(0, MAX_LINE_READ).trim();
  if (trimmed.length < 3) return false;
  if (HEADER_LINE.test(trimmed))
    return HEADER_MORE.test(next.slice(0, 100)) || HEADER_MORE.test(afterNext.slice(0, 100));
  return THREAD_STARTS.some((pattern) => pattern.test(trimmed));
}

function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

function withoutSignature(lines: readonly string[]): string[] {
  const start = lines.findLastIndex((line) => SIGNATURE_LINE.test(line));
  // A signature is short and at the end; "--" further up is a rule that somebody typed.
  const end = start !== -1 && lines.length - start <= 12 ? start : lines.length;
  return lines.slice(0, end).filter((line) => line.length > 60 || !DEVICE_LINE.test(line.trim()));
}
