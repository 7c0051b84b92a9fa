import type { AutomaticEvidence, Sign } from './automatic-evidence.ts';

/**
 * Signs in words. QQ, 163 and many phone programs mark an automatic reply by its subject alone, so the words withhold
 * the acknowledgement; they never decide that there is no case.
 */

const READ_CHARS = 300;
const REPLY_PREFIX = /^(?:\s*(?:re|回复|答复|回覆)\s*[:：])+\s*/i;

const AUTO_REPLY_SUBJECT =
  /自动(?:回复|答复|应答|回信)|自動(?:回覆|回復|答覆)|auto(?:matic(?:ally generated)?)?[-_ ]?(?:reply|response|answer)|auto-?responder|out[-_ ]of[-_ ](?:the[-_ ])?office|\booo\b|away from (?:my|the) (?:office|desk|mail)|vacation (?:reply|response|notice|message)|on (?:annual )?leave\b/i;
const ABSENCE_SUBJECT =
  /^(?:外出|休假|度假|出差|离开办公室)(?:$|[\s:：,，。!！(（])|不在办公室|(?:外出|休假|出差)(?:通知|中|期间|回复)/;
const RECEIPT_SUBJECT = /^(?:已读|已讀|未读|read|not read|opened|gelesen)\s*[:：]/i;
const TICKET_SUBJECT =
  /\[?\b(?:ticket|case|request|incident)\b\s?(?:id\s?)?[#:№]\s?[\w-]{2,20}|(?:ticket|request) (?:received|created|opened)|工单(?:号|编号|已|受理)|(?:已|我们)收到您的(?:来信|邮件|反馈|请求)/i;
const AUTO_REPLY_TEXT =
  /这是.{0,6}自动(?:回复|发送|答复)|此(?:邮件|信)(?:为|是|由).{0,8}自动(?:回复|发送|发出|生成)|^您?的?(?:来信|邮件).{0,6}(?:已|我已)(?:经)?收到|^(?:您好[,，!！]?\s*)?(?:我|本人)?已(?:经)?收到您的(?:来信|邮件)|this is an auto(?:mated|matic)/i;

export function wordSign(evidence: AutomaticEvidence): Sign | null {
  const subject = evidence.subject.slice(0, READ_CHARS).replace(REPLY_PREFIX, '').trim();
  const inSubject = [AUTO_REPLY_SUBJECT, ABSENCE_SUBJECT, RECEIPT_SUBJECT, TICKET_SUBJECT].some((words) =>
    words.test(subject),
  );
  if (inSubject) return { weight: 'words', reason: 'auto-reply-words', evidence: 'Subject' };
  const isShort = evidence.text.length < READ_CHARS;
  return isShort && AUTO_REPLY_TEXT.test(evidence.text.trim())
    ? { weight: 'words', reason: 'auto-reply-words', evidence: 'text' }
    : null;
}

const QUOTA =
  /(?:邮箱|信箱|邮件空间|mailbox|quota|storage).{0,30}(?:容量|已满|将满|空间不足|\d{2}\s?%|full|exceeded|limit)/i;
const QUARANTINE =
  /(?:垃圾邮件|隔离|拦截|spam|quarantine|junk mail).{0,20}(?:摘要|报告|通知|汇总|清单|digest|report|summary|notification|notice)/i;
const CODE_SUBJECT =
  /验证码|校验码|激活|确认您的|验证您的|verif|confirm(?:ation)?\b|activat|security code|one-time|login code|\bcode is\b/i;
const CODE_TEXT =
  /(?:验证码|校验码|动态密码|激活码)\s?(?:为|是|[:：])?\s?[A-Z0-9]{4,8}\b|\bcode(?: is|:)?\s{0,3}[A-Z0-9]{4,8}\b|\b\d{4,8}\b.{0,12}(?:is your|为您的|是您的)|https?:\/\/[!-~]{0,200}(?:verif|confirm|activat)/i;
/** Accounts of providers and sites that write notices. */
const SERVICE_SENDER =
  /^(?:postmaster|system|sys|admin|administrator|mailadmin|notic|notify|notification|security|service|support|account|verify|antispam|spam|quarantine|webmaster|info|team|hello|no-?reply|do-?not-?reply)/;

/** Quota warnings, quarantine digests and sign-up codes: mail of a provider about an account. */
export function noticeSign(evidence: AutomaticEvidence): Sign | null {
  const subject = evidence.subject.slice(0, READ_CHARS);
  const kind = noticeKind(subject, evidence.text);
  if (kind === null) return null;
  const fromService = SERVICE_SENDER.test(evidence.sender) || evidence.returnPath === '';
  return { weight: fromService || kind === 'code' ? 'strong' : 'alone', reason: 'provider-notice', evidence: kind };
}

function noticeKind(subject: string, text: string): 'quota' | 'quarantine' | 'code' | null {
  if (QUARANTINE.test(subject)) return 'quarantine';
  if (QUOTA.test(subject)) return 'quota';
  // Both places, and short: a complaint about a code that never came holds no code.
  const isCode =
    text.length < 2_000 && CODE_SUBJECT.test(subject) && CODE_TEXT.test(`${subject}\n${text.slice(0, 1_500)}`);
  return isCode ? 'code' : null;
}
