import type { CaseLife } from '../domain/case-file.ts';
import type { Owner } from '../domain/case-owner.ts';
import type { Folding } from '../domain/case-states.ts';
import type { Channel, Disposition, Kind, Lane, Level } from '../domain/vocabulary.ts';
import type { DeliveryWay, DocumentState } from '../domain/official-document.ts';
import type { DayPart } from '../domain/deadlines.ts';
import type { TextField } from '../domain/note-ref.ts';
import type { InvalidCallReason } from '../intake/call-form.ts';
import type { ItemFlag } from '../intake/item.ts';
import type { LetterState, TaskKind } from '../casework/records.ts';

/** How the closed sets of the house read on a screen. docs/glossary.md pairs each with its meaning. */

export const CHANNEL_NAMES: Readonly<Record<Channel, string>> = { email: '来信', phone: '来电' };

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  complaint: '申诉求决',
  accusation: '检举控告',
  consultation: '咨询',
  suggestion: '建议',
  other: '其他',
};

export const LANE_NAMES: Readonly<Record<Lane, string>> = {
  request: '诉求线',
  accusation: '检举控告线',
  sealed: '密件直送',
  'non-petition': '非诉求',
};

export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  province: '省厅',
  prefecture: '市州',
  county: '县区',
  university: '高校',
  other: '其他部门',
  unknown: '层级不明',
};

export const DISPOSITION_NAMES: Readonly<Record<Disposition, string>> = {
  case: '单独立件',
  'follow-up': '补充来件',
  automatic: '自动邮件',
  duplicate: '重复件',
  quarantined: '需人工阅读',
  junk: '垃圾信息或无效来电',
};

export const FOLDING_NAMES: Readonly<Record<Folding, string>> = {
  'follow-up': '补充来件',
  automatic: '自动邮件',
  duplicate: '重复件',
  junk: '垃圾邮件',
};

export const INVALID_CALL_NAMES: Readonly<Record<InvalidCallReason, string>> = {
  silence: '无声来电',
  'hang-up': '接通即挂断',
  'wrong-number': '拨错号码',
  abusive: '谩骂骚扰',
  test: '测试来电',
};

export const ITEM_FLAG_NAMES: Readonly<Record<ItemFlag, string>> = {
  incomplete: '内容可能不完整',
  'guessed-charset': '推测编码',
  'undecodable-characters': '含无法识别字符',
  'duplicate-header': '重复头',
  'malformed-structure': '结构异常',
  'size-mismatch': '大小不符',
  oversize: '过大，只取信头',
  empty: '空邮件',
  'no-body': '无正文',
  'attachment-only': '仅附件',
  'hidden-text': '隐藏文字',
  'versions-differ': '两版本不一致',
  encrypted: '加密邮件',
  forwarded: '转递',
  'partial-message': '分段邮件',
  tnef: '含 winmail.dat',
  uuencoded: '含未解码附件',
  'suspicious-date': '日期可疑',
  'suspicious-name': '附件名可疑',
  'suspicious-sender': '发件人可疑',
  'ambiguous-sender': '发件人不明确',
  'message-id-reused': '疑似占用编号',
  'possibly-related': '可能相关',
  'possibly-duplicate': '疑似重复',
  'suspected-automatic': '疑似自动回复',
  'foreign-language': '非中文',
  truncated: '正文已截断',
  'overlapping-turns': '时间重叠',
  'unseparated-speakers': '说话人未区分',
  'partly-unreadable': '部分内容无法读取',
  'from-spam-folder': '来自垃圾邮件箱',
};

export const LETTER_STATE_NAMES: Readonly<Record<LetterState, string>> = {
  pending: '待发送',
  held: '暂缓发送',
  merged: '已并入汇总回复',
  claimed: '正在发送',
  data: '已提交，待确认',
  sent: '已发送',
  failed: '发送失败',
  unknown: '是否送出不明',
};

export const DOCUMENT_STATE_NAMES: Readonly<Record<DocumentState, string>> = {
  draft: '拟稿',
  approved: '已审核',
  signed: '已签发',
  delivered: '已送达',
};

export const DELIVERY_WAY_NAMES: Readonly<Record<DeliveryWay, string>> = {
  mail: '电子邮件',
  post: '挂号邮寄',
  'read-aloud': '电话宣读',
  'by-hand': '当面送达',
};

export const DELIVERY_NAMES = { bounced: '被退回', delayed: '延迟', delivered: '已送达' } as const;

export const TASK_KIND_NAMES: Readonly<Record<TaskKind, string>> = {
  'tell-by-phone': '人工告知来信人',
  'read-by-hand': '人工阅读',
  'delivery-failed': '回复未送达',
  'link-suggested': '可能与他件相关',
  'reopen-suggested': '建议重新办理',
  deadline: '时限提醒',
  'check-mailbox': '检查邮箱',
  mentioned: '提到了您',
};

export const DEADLINE_STATE_NAMES = { armed: '计时中', met: '已完成', cancelled: '已取消' } as const;

export const DAY_PART_NAMES: Readonly<Record<DayPart, string>> = {
  received: '收到',
  start: '起始日，不计入',
  counted: '计入',
  passed: '不计入',
};

export const OWNER_NAMES: Readonly<Record<Owner, string>> = {
  machine: '系统',
  office: '效能办',
  officer: '自办人',
  unit: '承办单位',
  nobody: '已结束',
};

export const PART_NAMES = { lead: '主办', helper: '协办' } as const;

export const REVIEW_STAGE_NAMES: Readonly<Record<NonNullable<CaseLife['review']>, string>> = {
  asked: '复查中',
  answered: '已复查',
  'recheck-asked': '复核中',
  final: '复核终结',
};

export const NOTE_NAMES: Readonly<Record<'note' | TextField, string>> = {
  note: '办理记录',
  request: '补正要求',
  reason: '理由',
  inquiry: '调查经过',
  findings: '事实认定',
  grounds: '依据',
  measures: '处理',
  answer: '答复意见',
};
