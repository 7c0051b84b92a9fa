import type { LifeEventType, LifeHappening } from '../../../src/domain/case-life-events.ts';

const notes = {};
type Of<T extends LifeEventType> = Extract<LifeHappening, { readonly type: T }>;

/** What happens after confirmation, and how each reads. Not one kind of event may be missing. */
export const LIFE_TOLD: { readonly [T in LifeEventType]: readonly (readonly [Of<T>, string])[] } = {
  'more-asked': [[{ type: 'more-asked', notes }, '要求来信来电人补正，法定时限不停止计算']],
  'more-received': [
    [{ type: 'more-received', answered: true, notes }, '收到补正'],
    [{ type: 'more-received', answered: false, notes }, '期限内未补正，按现有材料分拣'],
  ],
  'case-accepted': [[{ type: 'case-accepted', notes }, '决定受理']],
  'case-refused': [
    [
      { type: 'case-refused', because: 'not-our-power', body: '某县教育局', notes },
      '决定不予受理：不属于本机关职权范围；请向有权处理的机关提出（某县教育局）',
    ],
    [
      { type: 'case-refused', because: 'judicial', body: null, notes },
      '决定不予受理：属于涉法涉诉事项；请向有管辖权的政法机关提出',
    ],
  ],
  'case-refused-for-good': [
    [
      { type: 'case-refused-for-good', document: '复核〔2026〕1号', decidedOn: '2026-06-01', notes },
      '决定不再受理：复核意见 复核〔2026〕1号（2026-06-01）已终结',
    ],
  ],
  'case-merged': [[{ type: 'case-merged', into: 7, notes }, '并入记录 7 一并办理']],
  'case-transferred': [
    [
      { type: 'case-transferred', to: { level: 'county', name: '某县教育局' }, basis: 'lower-level', notes },
      '转送某县教育局：属于下级机关或者其工作人员职权范围',
    ],
  ],
  'case-handed-up': [[{ type: 'case-handed-up', to: 'provincial-discipline', notes }, '密件直送省纪委监委，仅留存根']],
  'citizen-told': [
    [{ type: 'citizen-told', delivery: { way: 'post', reference: 'XA1' }, notes }, '告知来信来电人：挂号信寄出（XA1）'],
    [
      { type: 'citizen-told', delivery: { way: 'impossible', reference: null }, notes },
      '告知来信来电人：姓名或者住址不清，无法告知',
    ],
  ],
  'case-taken': [[{ type: 'case-taken', userId: 3, notes }, '决定自办']],
  'case-dispatched': [
    [
      {
        type: 'case-dispatched',
        form: 'pass',
        unit: 'BASIC',
        helpers: [],
        userId: null,
        feedbackOn: null,
        bound: false,
        notes,
      },
      '转办基础教育处主办',
    ],
    [
      {
        type: 'case-dispatched',
        form: 'charge',
        unit: 'BASIC',
        helpers: ['FIN'],
        userId: 7,
        feedbackOn: '2026-12-20',
        bound: true,
        notes,
      },
      '裁定交办基础教育处主办，财务处协办，并指定承办人，反馈期限 2026-12-20，不得再次退回',
    ],
  ],
  'case-signed-for': [[{ type: 'case-signed-for', unit: 'BASIC', notes }, '基础教育处签收']],
  'case-sent-back': [
    [
      { type: 'case-sent-back', unit: 'BASIC', because: 'not-our-duty', notes },
      '基础教育处提出异议退回：不属于本单位职责',
    ],
  ],
  'extension-requested': [[{ type: 'extension-requested', days: 15, notes }, '申请延期15日']],
  'extension-granted': [[{ type: 'extension-granted', days: 15, notes }, '批准延期15日']],
  'extension-refused': [[{ type: 'extension-refused', notes }, '不批准延期']],
  'result-submitted': [
    [
      { type: 'result-submitted', finding: 'partly', contacted: true, refundFen: 60_050, notes },
      '报送办结报告：部分属实，已联系来信来电人，退费 600.50 元',
    ],
    [
      { type: 'result-submitted', finding: 'untrue', contacted: false, refundFen: null, notes },
      '报送办结报告：不属实，未联系来信来电人',
    ],
  ],
  'result-approved': [[{ type: 'result-approved', notes }, '审核通过办结报告']],
  'result-sent-back': [[{ type: 'result-sent-back', notes }, '审核未通过，退回重办']],
  'answer-signed': [
    [{ type: 'answer-signed', document: '甘教效答〔2026〕1号', notes }, '签发答复意见（甘教效答〔2026〕1号）'],
    [{ type: 'answer-signed', document: null, notes }, '签发答复意见'],
  ],
  'answer-delivered': [
    [
      { type: 'answer-delivered', delivery: { way: 'phone', reference: null }, state: 'CALLBACK', notes },
      '答复来信来电人：电话宣读',
    ],
  ],
  'callback-made': [
    [{ type: 'callback-made', reached: true, satisfaction: 'fair', state: 'REPLIED', notes }, '回访：基本满意'],
    [{ type: 'callback-made', reached: false, satisfaction: null, state: 'CALLBACK', notes }, '回访未联系到'],
  ],
  'case-redone': [[{ type: 'case-redone', notes }, '不满意，重新办理（限一次）']],
  'case-closed': [
    [{ type: 'case-closed', as: 'done', notes }, '办结'],
    [{ type: 'case-closed', as: 'retracted', notes }, '来信来电人撤回，终止办理'],
  ],
  'case-archived': [[{ type: 'case-archived', notes }, '归档']],
  'review-asked': [
    [{ type: 'review-asked', stage: 'review', askedAt: '2026-12-01T00:00:00.000Z', notes }, '来信来电人申请复查'],
  ],
  'review-answered': [
    [
      {
        type: 'review-answered',
        stage: 'recheck',
        outcome: 'upheld',
        document: '复核〔2026〕1号',
        state: 'CLOSED',
        notes,
      },
      '复核意见 复核〔2026〕1号：维持',
    ],
  ],
  'case-linked': [[{ type: 'case-linked', to: 7, as: 'same-person', notes }, '关联记录 7：同一人']],
  'flag-raised': [
    [{ type: 'flag-raised', flag: 'media', why: null, notes }, '标记“媒体件”'],
    [{ type: 'flag-raised', flag: 'supervised', why: 'overdue', notes }, '标记“督办”：无正当理由未按规定期限办结'],
  ],
  'flag-lowered': [[{ type: 'flag-lowered', flag: 'media', notes }, '取消标记“媒体件”']],
  'clue-handled': [[{ type: 'clue-handled', way: 'hold', notes }, '线索处置：暂存待查']],
};
