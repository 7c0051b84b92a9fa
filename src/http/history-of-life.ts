import type { LifeEventType, LifeHappening } from '../domain/case-life-events.ts';
import {
  CASE_FLAGS,
  CLOSINGS,
  CLUE_WAYS,
  DELIVERY_WAYS,
  DISPATCH_FORMS,
  FINDINGS,
  LINK_KINDS,
  OBJECTION_REASONS,
  REFUSE_REASONS,
  REVIEW_OUTCOMES,
  SATISFACTIONS,
  SUPERIORS,
  SUPERVISE_REASONS,
  TRANSFER_BASES,
  type Delivery,
} from '../domain/case-reasons.ts';
import { showUnit, type Names } from './names.ts';

type LifeSentences = {
  readonly [T in LifeEventType]: (event: Extract<LifeHappening, { readonly type: T }>, names: Names) => string;
};

/** What happened after a case was confirmed, as an officer would say it. A new kind of event does not compile without. */
export const LIFE_SENTENCES: LifeSentences = {
  'more-asked': () => '要求来信来电人补正，法定时限不停止计算',
  'more-received': ({ answered }) => (answered ? '收到补正' : '期限内未补正，按现有材料分拣'),
  'case-accepted': () => '决定受理',
  'case-refused': ({ because, body }) =>
    `决定不予受理：${REFUSE_REASONS[because].text}；${REFUSE_REASONS[because].whereTo}${body === null ? '' : `（${body}）`}`,
  'case-refused-for-good': ({ document, decidedOn }) => `决定不再受理：复核意见 ${document}（${decidedOn}）已终结`,
  'case-merged': ({ into }) => `并入记录 ${String(into)} 一并办理`,
  'case-transferred': ({ to, basis }) => `转送${to.name}：${TRANSFER_BASES[basis].text}`,
  'case-handed-up': ({ to }) => `密件直送${SUPERIORS[to]}，仅留存根`,
  'citizen-told': ({ delivery }) => `告知来信来电人：${deliveryWords(delivery)}`,
  'case-taken': () => '决定自办',
  'case-dispatched': ({ form, unit, helpers, userId, feedbackOn, bound }, names) =>
    [
      `${bound ? '裁定' : ''}${DISPATCH_FORMS[form]}${showUnit(names, unit)}主办`,
      ...(helpers.length === 0 ? [] : [`${helpers.map((helper) => showUnit(names, helper)).join('、')}协办`]),
      ...(userId === null ? [] : ['并指定承办人']),
      ...(feedbackOn === null ? [] : [`反馈期限 ${feedbackOn}`]),
      ...(bound ? ['不得再次退回'] : []),
    ].join('，'),
  'case-signed-for': ({ unit }, names) => `${showUnit(names, unit)}签收`,
  'case-sent-back': ({ unit, because }, names) => `${showUnit(names, unit)}提出异议退回：${OBJECTION_REASONS[because]}`,
  'extension-requested': ({ days }) => `申请延期${String(days)}日`,
  'extension-granted': ({ days }) => `批准延期${String(days)}日`,
  'extension-refused': () => '不批准延期',
  'result-submitted': ({ finding, contacted, refundFen }) =>
    [
      `报送办结报告：${FINDINGS[finding]}`,
      contacted ? '已联系来信来电人' : '未联系来信来电人',
      ...(refundFen === null ? [] : [`退费 ${(refundFen / 100).toFixed(2)} 元`]),
    ].join('，'),
  'result-approved': () => '审核通过办结报告',
  'result-sent-back': () => '审核未通过，退回重办',
  'answer-signed': ({ document }) => `签发答复意见${document === null ? '' : `（${document}）`}`,
  'answer-delivered': ({ delivery }) => `答复来信来电人：${deliveryWords(delivery)}`,
  'callback-made': ({ satisfaction }) =>
    satisfaction === null ? '回访未联系到' : `回访：${SATISFACTIONS[satisfaction]}`,
  'case-redone': () => '不满意，重新办理（限一次）',
  'case-closed': ({ as }) => (as === 'done' ? CLOSINGS.done : `${CLOSINGS.retracted}，终止办理`),
  'case-archived': () => '归档',
  'review-asked': ({ stage }) => `来信来电人申请${stageName(stage)}`,
  'review-answered': ({ stage, outcome, document }) =>
    `${stageName(stage)}意见 ${document}：${REVIEW_OUTCOMES[outcome]}`,
  'case-linked': ({ to, as }) => `关联记录 ${String(to)}：${LINK_KINDS[as]}`,
  'flag-raised': ({ flag, why }) =>
    `标记“${CASE_FLAGS[flag].text}”${why === null ? '' : `：${SUPERVISE_REASONS[why]}`}`,
  'flag-lowered': ({ flag }) => `取消标记“${CASE_FLAGS[flag].text}”`,
  'clue-handled': ({ way }) => `线索处置：${CLUE_WAYS[way]}`,
};

function deliveryWords({ way, reference }: Delivery): string {
  return `${DELIVERY_WAYS[way].text}${reference === null ? '' : `（${reference}）`}`;
}

function stageName(stage: 'review' | 'recheck'): string {
  return stage === 'review' ? '复查' : '复核';
}
