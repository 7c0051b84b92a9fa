import { readCaptions } from './transcript-captions.ts';
import { decodeTranscript } from './transcript-charset.ts';
import { looksLikeJson } from './transcript-json.ts';
import { hasSpeakerMarks } from './transcript-marks.ts';

export type FileKind = 'mail' | 'mbox' | 'transcript' | 'unknown';

const HEAD_BYTES = 65_536;
/** Header names with which real mails begin, as RFC 5322, RFC 2045, RFC 5536 and the large providers write them. One is enough. */
const MAIL_HEADER =
  /^(?:return-path|received|from|sender|reply-to|to|cc|bcc|subject|date|message-id|in-reply-to|references|mime-version|content-[a-z-]+|delivered-to|delivery-date|envelope-to|dkim-signature|domainkey-signature|authentication-results|arc-[a-z-]+|resent-[a-z-]+|list-[a-z-]+|newsgroups|path|organization|user-agent|precedence|auto-submitted|x-[!-9;-~]+)[ \t]*:/i;
const HEADER_LINE = /^[!-9;-~]+[ \t]*:/;
/** RFC 5322 2.1.1 knows no limit to the number of headers; fifty lines tell. */
const HEADER_LINES_READ = 50;
const MAIL_NAME = /\.(?:eml|msg|mime|mht|mbx)$/i;
const TEXT_NAME = /(?:\.(?:txt|text|md|log)|(?:^|[\\/])[^.\\/]+)$/i;

/** A line that begins with a header name known from real mail. */
export function isMailHeader(line: string): boolean {
  return MAIL_HEADER.test(line);
}

/** What a file is, by content; its name decides only where the content could be either. Never throws. */
export function sniffFile(name: string, bytes: Buffer): FileKind {
  const head = bytes.subarray(0, HEAD_BYTES);
  const lines = headLines(head);
  if (beginsAsMbox(lines)) return 'mbox';
  if (beginsAsMail(lines)) return 'mail';
  const { text } = decodeTranscript(head);
  if (isBinary(text)) return MAIL_NAME.test(name) ? 'mail' : 'unknown';
  if (looksLikeJson(text) || /^\s*\{\s*"/m.test(text.slice(0, 2_000)) || readCaptions(text) !== null)
    return 'transcript';
  if (MAIL_NAME.test(name)) return 'mail';
  if (hasSpeakerMarks(text)) return 'transcript';
  // Prose without any mark may be a call all the same: one that nobody separated.
  return TEXT_NAME.test(name) && /\p{Script=Han}/u.test(text) ? 'transcript' : 'unknown';
}

/** Latin-1 keeps every byte apart, whatever the charset of the mail. Leading blank lines and a UTF-8 mark are passed over. */
function headLines(head: Buffer): readonly string[] {
  return head
    .toString('latin1')
    .replace(/^(?:\u00EF\u00BB\u00BF)?\s*/, '')
    .split(/\r\n|\r|\n/, HEADER_LINES_READ);
}

/** The envelope line of RFC 4155 appendix A, and a header after it. */
function beginsAsMbox(lines: readonly string[]): boolean {
  return /^From \S/.test(lines[0] ?? '') && HEADER_LINE.test(lines[1] ?? '');
}

function beginsAsMail(lines: readonly string[]): boolean {
  let isKnown = false;
  for (const line of lines) {
    if (line === '') break;
    if (!HEADER_LINE.test(line) && !/^[ \t>]/.test(line)) return isKnown;
    isKnown ||= isMailHeader(line);
  }
  return isKnown;
}

function isBinary(text: string): boolean {
  const control = text.match(/[\0-\x08\x0e-\x1f\x7f\uFFFD]/g)?.length ?? 0;
  return control * 20 > text.length;
}
