import type { Verdict } from '../rules/verdict.ts';

/** Something a person must know before trusting what is shown. The Chinese wording is in docs/glossary.md. */
export const ITEM_FLAGS = [
  'incomplete', // 内容可能不完整
  'guessed-charset', // 推测编码
  'undecodable-characters', // 含无法识别字符
  'duplicate-header', // 重复头
  'malformed-structure', // 结构异常
  'size-mismatch', // 大小不符
  'oversize', // 过大, only headers taken
  'empty', // 空邮件
  'no-body', // 无正文
  'attachment-only', // 仅附件
  'hidden-text', // 隐藏文字
  'versions-differ', // 两版本不一致
  'encrypted', // 加密邮件
  'forwarded', // 转递
  'partial-message', // 分段邮件
  'tnef', // winmail.dat
  'uuencoded', // 含未解码附件
  'suspicious-date', // 日期可疑
  'suspicious-name', // 附件名可疑
  'suspicious-sender', // 发件人可疑
  'ambiguous-sender', // 发件人不明确
  'message-id-reused', // 疑似占用编号
  'possibly-related', // 可能相关
  'possibly-duplicate', // 疑似重复
  'suspected-automatic', // 疑似自动回复
  'foreign-language', // 非中文
  'truncated', // 正文已截断
  'overlapping-turns', // 时间重叠
  'unseparated-speakers', // 说话人未区分
  'partly-unreadable', // 部分内容无法读取
  'from-spam-folder', // 来自垃圾邮件
] as const;
export type ItemFlag = (typeof ITEM_FLAGS)[number];

/** A mail address after a strict parse. `domain` is lower case, punycode for IDN. */
export type Address = { readonly address: string; readonly domain: string; readonly name: string };

/** `name` is display data only: cleaned, never used as a path. `sha256` is hex over the decoded bytes. */
export type Attachment = {
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
  readonly sha256: string;
};

/** One MIME leaf (or transcript piece): what was found, whether its text is shown, and if not, why. */
export type Part = {
  readonly type: string;
  readonly bytes: number;
  readonly shown: boolean;
  readonly why?: string | undefined;
};

export type AutomaticReason =
  | 'delivery-status' // RFC 3464 report or a bounce in words
  | 'null-return-path' // RFC 5321 4.5.5
  | 'auto-submitted' // RFC 3834 5
  | 'precedence'
  | 'auto-response-suppress'
  | 'mailing-list' // RFC 2919, RFC 2369
  | 'auto-reply-header'
  | 'read-receipt' // RFC 8098
  | 'feedback-report' // RFC 5965
  | 'calendar-reply'
  | 'role-address' // noreply@, bounces+..., owner-...
  | 'own-address'
  | 'own-loop' // our X-Loop
  | 'provider-notice' // quota warnings, quarantine digests, sign-up codes
  | 'too-many-recipients'
  | 'auto-reply-words'; // subject words only: no acknowledgement, but a case

/** A delivery report as far as it could be read. `token` is the VERP or Message-ID token of our own letter. */
export type DeliveryReport = {
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded' | 'unknown';
  readonly status: string | null; // RFC 3463, "5.1.1"
  readonly originalMessageId: string | null;
};

/** A mail, read. Pure data: it crosses a process boundary. All strings are free of NUL and lone surrogates. */
export type ParsedMail = {
  readonly messageId: string | null; // normalised, without <>, null when missing or absurd
  readonly inReplyTo: readonly string[]; // own parents, normalised, at most 50
  readonly from: Address | null; // null: none, ambiguous or not one strict address
  readonly fromShown: string; // what a person is shown, address first
  readonly returnPath: string | null; // "" for <>, null when there is no header
  readonly replyTo: readonly string[]; // addresses
  readonly recipients: readonly string[]; // To and Cc addresses, at most 200
  readonly recipientCount: number;
  readonly claimedDate: string | null; // ISO, as the sender claims; never used for a deadline
  readonly subject: string; // whole
  readonly text: string; // what a person reads and the rules classify: at most 1 MB
  readonly ownText: string; // the same without quoted threads and signature: what the rules classify
  readonly attachments: readonly Attachment[];
  readonly parts: readonly Part[];
  readonly flags: readonly ItemFlag[];
  readonly contentSha256: string; // hex over From, Date, Subject and decoded leaf parts: equal for one mail with other trace headers
  readonly automatic: { readonly reason: AutomaticReason; readonly certain: boolean; readonly evidence: string } | null;
  readonly delivery: DeliveryReport | null;
  readonly authentication: 'pass' | 'fail' | 'none'; // topmost Authentication-Results with our authserv-id only
  readonly headers: string; // raw header block, at most 64 KB: identity, sealed by the caller
};

export type Turn = {
  readonly speaker: 'caller' | 'operator' | 'unknown';
  readonly text: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
};

/** A transcript, read. */
export type ParsedTranscript = {
  readonly shape: string; // which of the known shapes
  readonly callId: string | null;
  readonly audioSha256: string | null;
  readonly turns: readonly Turn[];
  readonly text: string; // turns as "来电人:..." / "话务员:..." lines, what is stored and shown
  readonly flags: readonly ItemFlag[];
};

/** What the parsing child answers for one raw item. */
export type ReadResult =
  | { readonly kind: 'mail'; readonly mail: ParsedMail; readonly verdict: Verdict; readonly rulesVersion: string }
  | {
      readonly kind: 'transcript';
      readonly transcript: ParsedTranscript;
      readonly verdict: Verdict;
      readonly rulesVersion: string;
    }
  | { readonly kind: 'unfinished'; readonly reason: string } // a transcript cut in the middle: try again when it is whole
  | {
      readonly kind: 'unreadable';
      readonly code: string;
      readonly reason: string;
      readonly subject: string;
      readonly from: string;
    };
