import { LIFE_RULES, type LifeCommandType } from '../domain/case-life-commands.ts';
import {
  CASE_FLAGS,
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
} from '../domain/case-reasons.ts';
import type { Profile } from '../domain/vocabulary.ts';
import { LEVEL_NAMES, NOTE_NAMES } from './labels.ts';

export const ORDER_FIELD_TYPES = [
  'text',
  'line',
  'choice',
  'yes-no',
  'unit',
  'units',
  'day',
  'instant',
  'whole',
  'money',
  'case',
] as const;

/** One value of a choice: how it reads, the article it rests on, and what else the officer should know of it. */
export type OrderOption = {
  readonly value: string;
  readonly label: string;
  readonly article: string | null;
  readonly hint: string | null;
};

/** One field of an order as a form shows it. `path` is where its value stands in the body: "delivery.way". */
export type OrderField = {
  readonly path: string;
  readonly label: string;
  readonly type: (typeof ORDER_FIELD_TYPES)[number];
  readonly required: boolean;
  /** Asked for only while another field has one of these values. */
  readonly onlyFor: { readonly path: string; readonly values: readonly string[] } | null;
  readonly options: readonly OrderOption[];
  /** Of a text the characters, of a number its value; null: no limit of its own. */
  readonly most: number | null;
};

/** What an order asks for, its texts last. `choices`: the marks or ways that the case would take now. */
export function orderForm(
  type: LifeCommandType,
  profile: Profile,
  choices: readonly string[] | null,
): readonly OrderField[] {
  const own = (OWN[type] ?? none)(profile).map((one) =>
    choices !== null && (one.path === 'flag' || one.path === 'way')
      ? { ...one, options: one.options.filter(({ value }) => choices.includes(value)) }
      : one,
  );
  return [...own, ...LIFE_RULES[type].texts.map((name) => field(name, NOTE_NAMES[name], 'text', { most: 20_000 }))];
}

type Rest = Partial<Pick<OrderField, 'required' | 'onlyFor' | 'options' | 'most'>>;

function field(path: string, label: string, type: OrderField['type'], rest: Rest = {}): OrderField {
  return { path, label, type, required: true, onlyFor: null, options: [], most: null, ...rest };
}

type Reading = string | { readonly text: string };

function optionsOf(set: Readonly<Record<string, Reading>>): readonly OrderOption[] {
  return Object.entries(set).map(([value, reading]) => ({
    value,
    label: typeof reading === 'string' ? reading : reading.text,
    article: null,
    hint: null,
  }));
}

type Ground = {
  readonly text: string;
  readonly articles: Readonly<Record<Profile, string>>;
  readonly whereTo?: string;
};

function grounds(set: Readonly<Record<string, Ground>>, profile: Profile): readonly OrderOption[] {
  return Object.entries(set).map(([value, { text, articles, whereTo = null }]) => ({
    value,
    label: text,
    article: articles[profile],
    hint: whereTo,
  }));
}

const valuesWith = <V>(set: Readonly<Record<string, V>>, test: (one: V) => boolean): readonly string[] =>
  Object.entries(set).flatMap(([value, one]) => (test(one) ? [value] : []));

const number = (label: string) => field('document', label, 'line', { most: 100 });
const days = field('days', '延长天数', 'whole', { most: 30 });
const feedbackOn = field('feedbackOn', '反馈期限', 'day', { required: false });

/** Who gets it. 交办 demands a report by a day. */
const DISPATCH: readonly OrderField[] = [
  field('form', '方式', 'choice', { options: optionsOf(DISPATCH_FORMS) }),
  field('unit', '主办单位', 'unit'),
  field('helpers', '协办单位', 'units', { required: false }),
  { ...feedbackOn, required: true, onlyFor: { path: 'form', values: ['charge'] } },
];

/** How it reached the citizen. */
const DELIVERY: readonly OrderField[] = [
  field('delivery.way', '送达方式', 'choice', { options: optionsOf(DELIVERY_WAYS) }),
  field('delivery.reference', '邮件或挂号信编号', 'line', {
    most: 100,
    onlyFor: { path: 'delivery.way', values: valuesWith(DELIVERY_WAYS, ({ reference }) => reference) },
  }),
];

const none = (): readonly OrderField[] => [];

/** What each order asks for beside its texts; orders that are not here ask for nothing. A test compares it with the routes. */
const OWN: Readonly<Partial<Record<LifeCommandType, (profile: Profile) => readonly OrderField[]>>> = {
  'receive-more': () => [field('answered', '来信来电人已补正', 'yes-no')],
  refuse: (profile) => [
    field('because', '不予受理的理由', 'choice', { options: grounds(REFUSE_REASONS, profile) }),
    field('body', '有权处理的机关', 'line', {
      most: 100,
      onlyFor: { path: 'because', values: valuesWith(REFUSE_REASONS, ({ body }) => body) },
    }),
  ],
  'refuse-for-good': () => [number('复核意见文号'), field('decidedOn', '复核意见作出日期', 'day')],
  merge: () => [field('into', '并入的件', 'case')],
  transfer: (profile) => [
    field('basis', '转送依据', 'choice', { options: grounds(TRANSFER_BASES, profile) }),
    field('to.level', '接收机关层级', 'choice', { options: optionsOf(LEVEL_NAMES) }),
    field('to.name', '接收机关名称', 'line', { most: 100 }),
  ],
  'hand-up': () => [field('to', '直送机关', 'choice', { options: optionsOf(SUPERIORS) })],
  tell: () => DELIVERY,
  dispatch: () => DISPATCH,
  object: () => [field('because', '异议理由', 'choice', { options: optionsOf(OBJECTION_REASONS) })],
  rule: () => DISPATCH,
  'request-extension': () => [days],
  'grant-extension': () => [days],
  'submit-result': () => [
    field('finding', '认定', 'choice', { options: optionsOf(FINDINGS) }),
    field('contacted', '已与来信来电人联系', 'yes-no'),
    field('refundFen', '退费金额（元）', 'money', { required: false }),
  ],
  'send-back-result': () => [feedbackOn],
  'sign-answer': () => [{ ...number('答复意见书文号'), required: false }],
  deliver: () => [
    ...DELIVERY,
    field('callback', '需要回访', 'yes-no', {
      onlyFor: { path: 'delivery.way', values: Object.keys(DELIVERY_WAYS).filter((way) => way !== 'impossible') },
    }),
  ],
  'record-callback': () => [
    field('reached', '已联系到来信来电人', 'yes-no'),
    field('satisfaction', '满意度', 'choice', {
      options: optionsOf(SATISFACTIONS),
      onlyFor: { path: 'reached', values: ['true'] },
    }),
  ],
  'ask-review': () => [field('askedAt', '申请时间', 'instant')],
  'answer-review': () => [
    field('outcome', '意见', 'choice', { options: optionsOf(REVIEW_OUTCOMES) }),
    number('复查、复核意见文号'),
  ],
  link: () => [field('to', '关联的件', 'case'), field('as', '关联方式', 'choice', { options: optionsOf(LINK_KINDS) })],
  'raise-flag': () => [
    field('flag', '标记', 'choice', { options: optionsOf(CASE_FLAGS) }),
    field('since', '公开时间', 'instant', {
      required: false,
      onlyFor: { path: 'flag', values: ['media', 'major-media'] },
    }),
    field('dueOn', '要求的办结日期', 'day', {
      required: false,
      onlyFor: { path: 'flag', values: ['leader', 'superior'] },
    }),
    field('why', '督办理由', 'choice', {
      options: optionsOf(SUPERVISE_REASONS),
      onlyFor: { path: 'flag', values: ['supervised'] },
    }),
  ],
  'lower-flag': () => [field('flag', '标记', 'choice', { options: optionsOf(CASE_FLAGS) })],
  'handle-clue': () => [field('way', '处置方式', 'choice', { options: optionsOf(CLUE_WAYS) })],
};
