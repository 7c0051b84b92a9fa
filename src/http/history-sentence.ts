import type { JournalView } from '../casework/views.ts';
import { ACK_REFUSALS } from '../domain/acknowledgement.ts';
import { PERSON_REASONS, type CaseEvent, type CaseEventType, type RevokeReason } from '../domain/case-events.ts';
import { CANCEL_REASONS, type AckOutcome, type CaseClock, type CaseVerdict } from '../domain/case-file.ts';
import { FINDINGS } from '../domain/case-reasons.ts';
import { LADDER_STEP_NAMES, SKIP_REASONS } from '../domain/ladder.ts';
import type { DeliveryWay } from '../domain/official-document.ts';
import type { Disposition } from '../domain/vocabulary.ts';
import { showDue } from './beijing-time.ts';
import {
  CHANNEL_NAMES,
  DELIVERY_WAY_NAMES,
  DISPOSITION_NAMES,
  FOLDING_NAMES,
  KIND_NAMES,
  LANE_NAMES,
} from './labels.ts';
import { LIFE_SENTENCES } from './history-of-life.ts';
import { showUnit, type Names } from './names.ts';

const OUTCOMES: Readonly<Record<AckOutcome, string>> = {
  sent: '收件回复已发出',
  withheld: '收件回复未自动发出',
  failed: '收件回复发送失败',
  bounced: '收件回复被退回',
  unknown: '收件回复已提交，是否送出不明',
};

const REVOKED: Readonly<Record<RevokeReason, string>> = {
  conflict: '该单位是被反映单位或与其有利害关系',
  sealed: '改为密件直送',
  'no-unit': '改为无承办单位',
};

type Sentences = {
  readonly [T in CaseEventType]: (event: Extract<CaseEvent, { readonly type: T }>, names: Names) => string;
};

/** A new kind of event does not compile until it has a sentence here. */
const SENTENCES: Sentences = {
  ...LIFE_SENTENCES,
  'case-opened': ({ channel }) => `收到${CHANNEL_NAMES[channel]}，开始计时`,
  'case-registered': () => '登记立件，编号生效',
  'case-folded': ({ as, into }) =>
    `认定为${FOLDING_NAMES[as]}，不单独立件${into === null ? '' : `，归入记录 ${String(into)}`}`,
  'case-unfolded': () => '恢复单独立件',
  'verdict-proposed': ({ verdict }, names) => `规则建议：${verdictWords(verdict, names)}`,
  'verdict-confirmed': ({ verdict }, names) =>
    `人工确认：${verdictWords(verdict, names)}；${accusedWords(verdict, names)}`,
  'verdict-corrected': ({ verdict }, names) =>
    `人工更正：${verdictWords(verdict, names)}；${accusedWords(verdict, names)}`,
  'assignment-revoked': ({ unit, reason }, names) => `收回对${showUnit(names, unit)}的分办：${REVOKED[reason]}`,
  'note-added': () => '添加办理记录',
  'case-imported': ({ closed }) =>
    closed === null
      ? '由原台账导入，尚未办结'
      : `由原台账导入，原已办结${closed.on === null ? '' : `（${closed.on}）`}${closed.finding === null ? '' : `，${FINDINGS[closed.finding]}`}`,
  'case-split': () => '拆出一项诉求，以中性摘要另立一件',
  'acknowledgement-recorded': ({ outcome, withheld }) =>
    withheld === null ? OUTCOMES[outcome] : `${OUTCOMES[outcome]}：${ACK_REFUSALS[withheld].text}`,
  'deadline-armed': ({ clock, reason }, names) =>
    `${quoted(clock, names)}开始计时，${dueWords(clock)}${reason === null ? '' : `（${PERSON_REASONS[reason]}）`}`,
  'deadline-replanned': ({ clock }, names) => `${quoted(clock, names)}按新公布的放假安排重新计算，${dueWords(clock)}`,
  'deadline-met': (clock, names) => `${quoted(clock, names)}已完成，停止计时`,
  'deadline-cancelled': ({ reason, ...clock }, names) => `${quoted(clock, names)}取消：${CANCEL_REASONS[reason]}`,
  'step-taken': ({ step, late, ...clock }, names) =>
    `${quoted(clock, names)}到达“${LADDER_STEP_NAMES[step]}”一级${late ? '（补执行）' : ''}`,
  'step-skipped': ({ step, reason, ...clock }, names) =>
    `${quoted(clock, names)}不再执行“${LADDER_STEP_NAMES[step]}”：${SKIP_REASONS[reason]}`,
};

/** What is journalled beside the events of a case itself. */
const OTHER: Readonly<Record<string, (data: JournalView['data']) => string>> = {
  'item.received': () => '收到来件，原始内容已封存',
  'item.settled': ({ disposition }) => `来件处理结果：${dispositionName(disposition)}`,
  'case.read': () => '查阅本件',
  'identity.read': () => '查阅来信来电人身份信息',
  'raw.read': () => '下载原始来件',
  'html.read': () => '查看来件的网页版本',
  'attachment.read': () => '下载附件',
  'document.drafted': () => '拟制文书',
  'document.revised': () => '修改文书稿，须重新审核',
  'document.approved': () => '审核文书稿',
  'document.signed': ({ number }) => `签发文书 ${String(number)}`,
  'document.delivered': ({ way }) => `送达文书：${deliveryWayName(way)}`,
  'document.read': () => '查阅文书',
  'task.done': () => '完成一项待办',
  'note.mentioned': () => '在办理记录中提及同事',
  'note.file-added': () => '给办理记录添加附件',
  'note-file.read': () => '下载办理记录的附件',
  'claim.taken': () => '领办本件',
  'claim.released': () => '将本件放回队列',
  'claim.taken-over': () => '由他人手中接办本件',
};

/** One line of a case's journal as an officer would say it. A kind that nobody has named here is shown as it is. */
export function historySentence({ kind, data }: Pick<JournalView, 'kind' | 'data'>, names: Names): string {
  if (isCaseEventType(kind)) {
    const sentence = SENTENCES[kind] as (event: JournalView['data'], names: Names) => string; // the journal is written by evolve's own types
    return sentence(data, names);
  }
  const other = Object.hasOwn(OTHER, kind) ? OTHER[kind] : undefined;
  return other === undefined ? `其他记录：${kind}` : other(data);
}

function isCaseEventType(kind: string): kind is CaseEventType {
  return Object.hasOwn(SENTENCES, kind);
}

function dispositionName(disposition: unknown): string {
  const name = DISPOSITION_NAMES[disposition as Disposition] as string | undefined; // from the journal: a code of today or of earlier days
  return name ?? String(disposition);
}

function deliveryWayName(way: unknown): string {
  const name = DELIVERY_WAY_NAMES[way as DeliveryWay] as string | undefined; // from the journal: a code of today or of earlier days
  return name ?? String(way);
}

function verdictWords(verdict: CaseVerdict, names: Names): string {
  const { kind, category, secondary, lane, unit, urgent } = verdict;
  return [
    KIND_NAMES[kind],
    category === null ? '类别未定' : names.category(category),
    ...(secondary === null ? [] : [`兼${names.category(secondary)}`]),
    LANE_NAMES[lane],
    showUnit(names, unit),
    ...(urgent ? ['紧急'] : []),
  ].join('、');
}

function accusedWords({ accused }: CaseVerdict, names: Names): string {
  return accused.length === 0
    ? '无被反映单位'
    : `被反映单位：${accused.map((unit) => showUnit(names, unit)).join('、')}`;
}

function quoted({ kind }: Pick<CaseClock, 'kind'>, names: Names): string {
  return `“${names.clock(kind)}”时限`;
}

function dueWords({ dueAt, provisional }: CaseClock): string {
  return `截止 ${showDue(new Date(dueAt))}${provisional ? '（暂定）' : ''}`;
}
