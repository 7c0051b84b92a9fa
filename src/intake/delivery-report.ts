import type { DeliveryReport } from './item.ts';
import { decodeBytes } from './charset.ts';
import { allFields, firstField, readFieldBlock, type Field } from './mail-fields.ts';
import { normalMessageId } from './mail-message-id.ts';
import type { MimeNode } from './mail-tree.ts';
import { findLetterMessageId } from './thread-token.ts';

export type DeliveryEvidence = {
  readonly fields: readonly Field[];
  readonly rootType: string;
  readonly reportType: string | null;
  readonly leaves: readonly MimeNode[];
  /** From as a person reads it, decoded; it may be no address at all. */
  readonly fromText: string;
  readonly fromNobody: boolean;
  readonly subject: string;
  readonly text: string;
};

/** Who bounces: local parts and names that mail systems use. */
const BOUNCER =
  /mailer[-_ ]?daemon|mail[-_ ]?daemon|postmaster|mail delivery (?:sub)?system|mail administrator|mdaemon|系统退信|邮件系统|系统管理员|退信|^bounces?[@+-]/i;
const BOUNCE_SUBJECT =
  /undeliver|un-?deliverable|not deliver|non[- ]delivery|delivery (?:status|failure|failed|report|problem|error|notification|delay|has failed|incomplete)|delayed mail|returned (?:mail|to sender)|mail (?:delivery|system error|could not)|message (?:delivery|delayed|could not)|failure (?:notice|delivery)|could not be delivered|rejected|退信|退回|系统退件|投递(?:失败|状态|延迟)|(?:发送|传送|递送)(?:失败|延迟)|无法(?:投递|送达|传送|发送)|未(?:能)?(?:送达|投递|发送成功)|未傳遞|無法(?:投遞|傳遞|送達)|寄件失敗/i;
const DELAY_WORDS =
  /delayed|will (?:continue to )?(?:be )?retr|still trying|warning: could not send|延迟|暂时无法|将继续尝试/i;
const ENHANCED_STATUS = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/;
/** Only the beginning of a text is searched: bounces say what they are at once. */
const READ_CHARS = 20_000;
const ACTIONS = ['failed', 'delayed', 'relayed', 'expanded', 'delivered'] as const;

/** A bounce or another report on the delivery of a mail of ours (RFC 3464, or in words); null for everything else. */
export function readDeliveryReport(evidence: DeliveryEvidence): DeliveryReport | null {
  const status = statusText(evidence.leaves);
  if (status === null && !isReportByStructure(evidence) && !isBounceInWords(evidence)) return null;
  const text = evidence.text.slice(0, READ_CHARS);
  return {
    action: readAction(status, `${evidence.subject}\n${text}`),
    status: readStatus(status, text),
    originalMessageId: readOriginalMessageId(evidence.leaves, status, text),
  };
}

function statusText(leaves: readonly MimeNode[]): string | null {
  const leaf = leaves.find((each) => /^message\/(?:global-)?delivery-status$/.test(each.type));
  return leaf === undefined
    ? null
    : decodeBytes(leaf.content?.kept ?? Buffer.alloc(0), leaf.charset).text.slice(0, READ_CHARS);
}

/** A report whose machine-readable part is missing or of an unknown kind is still no letter from a person. */
function isReportByStructure(evidence: DeliveryEvidence): boolean {
  const isReport = evidence.rootType === 'multipart/report';
  const isOtherKind = /disposition-notification|feedback-report/.test(evidence.reportType ?? '');
  const hasOtherKind = evidence.leaves.some((leaf) => /disposition-notification|feedback-report/.test(leaf.type));
  return (isReport && !isOtherKind && !hasOtherKind) || allFields(evidence.fields, 'x-failed-recipients').length > 0;
}

/** qmail, Exim, QQ and others write prose. Sender and subject together decide; words alone never do. */
function isBounceInWords(evidence: DeliveryEvidence): boolean {
  const returnPath = firstField(evidence.fields, 'return-path');
  const fromMachine = evidence.fromNobody || BOUNCER.test(evidence.fromText) || /^<\s*>/.test(returnPath ?? '');
  return fromMachine && BOUNCE_SUBJECT.test(evidence.subject.slice(0, 300));
}

/** Of several recipients the worst counts: that one did not get our letter. */
function readAction(status: string | null, words: string): DeliveryReport['action'] {
  const said = [...(status ?? '').matchAll(/^action\s*:\s*([a-z]+)/gim)].map((match) => (match[1] ?? '').toLowerCase());
  const action = ACTIONS.find((each) => said.includes(each));
  if (action !== undefined) return action;
  if (said.includes('failure')) return 'failed';
  if (status !== null) return 'unknown';
  return DELAY_WORDS.test(words) ? 'delayed' : 'failed';
}

function readStatus(status: string | null, text: string): string | null {
  const codes = [...(status ?? '').matchAll(/^status\s*:\s*([245]\.\d{1,3}\.\d{1,3})/gim)].map(
    (match) => match[1] ?? '',
  );
  const worst = codes.toSorted((a, b) => b.localeCompare(a)).at(0);
  return worst ?? ENHANCED_STATUS.exec(text)?.[1] ?? null;
}

/** From the returned message or its header, the report's own field, or the quoted text, whichever has one of ours. */
function readOriginalMessageId(leaves: readonly MimeNode[], status: string | null, text: string): string | null {
  const returned = leaves.filter((leaf) => /^message\/(?:rfc822|global)$|^text\/rfc822-headers$/.test(leaf.type));
  const candidates = [
    ...returned.map((leaf) => firstField(readFieldBlock(leaf.content?.kept ?? Buffer.alloc(0)).fields, 'message-id')),
    /^(?:x-)?original-message-id\s*:\s*(\S{3,400})/im.exec(status ?? '')?.[1] ?? null,
    /^[>\s]*message-id\s*:\s*(<[^<>\s]{3,400}>)/im.exec(text)?.[1] ?? null,
  ];
  const ids = candidates.map((candidate) => normalMessageId(candidate)).filter((id) => id !== null);
  return ids.find((id) => findLetterMessageId(id) !== null) ?? findLetterMessageId(text) ?? ids.at(0) ?? null;
}
