import type { Profile } from './vocabulary.ts';

/** The grounds of decisions: closed sets, each with how it reads and the article it rests on, per legal profile. */
type Ground = { readonly text: string; readonly articles: Readonly<Record<Profile, string>> };

/**
 * Why a matter is not taken up (不予受理). `whereTo` is what the citizen is told to do; `body`: the office must name the body
 * that has the power, because "somewhere else" is no answer.
 */
export const REFUSE_REASONS = {
  'not-our-power': {
    text: '不属于本机关职权范围',
    articles: { '2014': '《信访条例》第二十二条第一款', '2022': '《信访工作条例》第二十三条' },
    whereTo: '请向有权处理的机关提出',
    body: true,
  },
  'other-level': {
    text: '应向有权处理的本级或者上一级机关提出',
    articles: { '2014': '《信访条例》第十六条', '2022': '《信访工作条例》第十九条' },
    whereTo: '请向有权处理的本级或者上一级机关提出',
    body: true,
  },
  'other-procedure': {
    text: '已经或者依法应当通过诉讼、仲裁、行政复议等法定途径解决',
    articles: { '2014': '《信访条例》第二十一条第一款第(一)项', '2022': '《信访工作条例》第三十一条' },
    whereTo: '请依照法律、行政法规规定的程序向有关机关提出',
    body: false,
  },
  judicial: {
    text: '属于涉法涉诉事项',
    articles: { '2014': '《信访条例》第二十一条第一款第(一)项', '2022': '《信访工作条例》第三十一条第(一)项' },
    whereTo: '请向有管辖权的政法机关提出',
    body: false,
  },
  'being-handled': {
    text: '同一事项已经受理或者正在办理',
    articles: { '2014': '《信访条例》第十六条', '2022': '《信访工作条例》第十九条' },
    whereTo: '请等候受理机关在规定期限内作出答复',
    body: true,
  },
} as const satisfies Readonly<Record<string, Ground & { readonly whereTo: string; readonly body: boolean }>>;
export type RefuseReason = keyof typeof REFUSE_REASONS;

/** 不再受理: 复核 has ended, the facts and reasons are the same. */
export const FOR_GOOD: Ground = {
  text: '复核意见已作出，仍以同一事实和理由提出',
  articles: { '2014': '《信访条例》第三十五条', '2022': '《信访工作条例》第三十六条' },
};

/** On what ground a matter goes to a body outside the department (转送). */
export const TRANSFER_BASES = {
  'lower-level': {
    text: '属于下级机关或者其工作人员职权范围',
    articles: { '2014': '《信访条例》第二十一条第一款第(二)项', '2022': '《信访工作条例》第二十二条第一款' },
  },
  'other-department': {
    text: '属于其他部门职权范围',
    articles: { '2014': '《信访条例》第二十二条第一款', '2022': '《信访工作条例》第二十三条' },
  },
  discipline: {
    text: '属于纪检监察机关按照管理权限处理的检举控告',
    articles: { '2014': '《信访条例》第二十一条第一款', '2022': '《信访工作条例》第三十条' },
  },
} as const satisfies Readonly<Record<string, Ground>>;
export type TransferBasis = keyof typeof TRANSFER_BASES;

/** Who receives what is sealed. 检举控告规则 art. 15: not copied, not excerpted, not entered anywhere. */
export const SUPERIORS = {
  'provincial-discipline': '省纪委监委',
  'central-discipline': '中央纪委国家监委',
  'provincial-government': '省政府',
} as const;
export type Superior = keyof typeof SUPERIORS;

/** 转办: passed on for handling. 交办: with a date and a 办结报告 owed (信访工作条例 art. 22). */
export const DISPATCH_FORMS = { pass: '转办', charge: '交办' } as const;
export type DispatchForm = keyof typeof DISPATCH_FORMS;

/** Why a unit says "not mine" (信访工作条例 art. 23 para. 3). */
export const OBJECTION_REASONS = {
  'not-our-duty': '不属于本单位职责',
  'other-unit-leads': '应由其他单位主办',
  'other-level': '属于其他层级机关职权',
  'has-interest': '本单位与事项有利害关系，应当回避',
} as const;
export type ObjectionReason = keyof typeof OBJECTION_REASONS;

/** What the inquiry found. */
export const FINDINGS = {
  true: '属实',
  partly: '部分属实',
  untrue: '不属实',
  open: '待查',
} as const;
export type Finding = keyof typeof FINDINGS;

/** How something reached the citizen. `reference`: number of the letter, of the registered post, or of the call. */
export const DELIVERY_WAYS = {
  mail: { text: '电子邮件发出并被接收', reference: true },
  post: { text: '挂号信寄出', reference: true },
  phone: { text: '电话宣读', reference: false },
  'in-person': { text: '当面送达', reference: false },
  impossible: { text: '姓名或者住址不清，无法告知', reference: false },
} as const;
export type DeliveryWay = keyof typeof DELIVERY_WAYS;
export type Delivery = { readonly way: DeliveryWay; readonly reference: string | null };

export const SATISFACTIONS = {
  satisfied: '满意',
  fair: '基本满意',
  dissatisfied: '不满意',
  unrated: '未评价',
} as const;
export type Satisfaction = keyof typeof SATISFACTIONS;

/** How a case was closed. */
export const CLOSINGS = { done: '办结', retracted: '来信来电人撤回' } as const;
export type Closing = keyof typeof CLOSINGS;

/** What a 复查 or 复核 came to. */
export const REVIEW_OUTCOMES = { upheld: '维持', changed: '变更', returned: '责令重新办理' } as const;
export type ReviewOutcome = keyof typeof REVIEW_OUTCOMES;

export const LINK_KINDS = {
  'same-person': '同一人',
  'same-matter': '同一事项',
  continues: '原件办结后再次提出',
} as const;
export type LinkKind = keyof typeof LINK_KINDS;

/** Why a case is put under 督办: 信访条例 art. 36, 信访工作条例 art. 40. */
export const SUPERVISE_REASONS = {
  overdue: '无正当理由未按规定期限办结',
  'no-feedback': '未按规定反馈办理结果',
  'wrong-procedure': '未按规定程序办理',
  'passing-the-buck': '办理推诿、敷衍、拖延',
  'not-carried-out': '不执行处理意见',
} as const;
export type SuperviseReason = keyof typeof SUPERVISE_REASONS;

/** 线索处置四类: what the discipline inspection does with a clue. */
export const CLUE_WAYS = {
  talk: '谈话函询',
  verify: '初步核实',
  hold: '暂存待查',
  end: '予以了结',
} as const;
export type ClueWay = keyof typeof CLUE_WAYS;

/** Marks that lie over any state. `counted`: raised again it becomes the second, third … time. `stays`: cannot be taken back. */
export const CASE_FLAGS = {
  urgent: { text: '紧急', counted: false, stays: false },
  media: { text: '媒体件', counted: false, stays: false },
  'major-media': { text: '重大突发舆情', counted: false, stays: false },
  leader: { text: '领导批办', counted: false, stays: false },
  superior: { text: '上级交办', counted: false, stays: false },
  named: { text: '实名', counted: false, stays: false },
  anonymous: { text: '匿名', counted: false, stays: false },
  'keep-secret': { text: '要求保密', counted: false, stays: false },
  classified: { text: '涉密', counted: false, stays: false },
  group: { text: '集体件', counted: false, stays: false },
  retaliation: { text: '反映打击报复', counted: false, stays: false },
  repeat: { text: '重复件', counted: true, stays: true },
  urged: { text: '催办', counted: true, stays: true },
  yellow: { text: '黄牌', counted: true, stays: true },
  red: { text: '红牌', counted: true, stays: true },
  supervised: { text: '督办', counted: false, stays: false },
} as const satisfies Readonly<
  Record<string, { readonly text: string; readonly counted: boolean; readonly stays: boolean }>
>;
export type CaseFlag = keyof typeof CASE_FLAGS;
