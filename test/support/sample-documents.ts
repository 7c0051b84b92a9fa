import type { FillContext } from '../../src/casework/document-press.ts';
import { parseCalendarDate } from '../../src/domain/calendar-date.ts';
import type { DocumentKind } from '../../src/domain/official-document.ts';

/** An invented case of today, accepted, about nobody who exists. */
export function aContext(changes: Partial<FillContext> = {}): FillContext {
  return {
    profile: '2022',
    lane: 'request',
    confirmed: true,
    today: parseCalendarDate('2026-11-24'),
    facts: {
      caseNumber: '483 920 176',
      receivedOn: '2026-10-12',
      channel: '来信',
      acceptedOn: '2026-10-20',
      dueOn: '2026-12-21',
      category: '第7类',
      unit: '财务处',
      urgent: '否',
      state: '办理中',
    },
    names: {
      complainant: ['梁小满', '13900000000'],
      accused: ['柳河镇示例中学'],
      handlers: ['钱处理'],
      denied: ['基础教育处'],
    },
    anonymous: false,
    signed: { number: '甘教效受告〔2026〕12号', on: parseCalendarDate('2026-11-24') },
    corrects: null,
    ...changes,
  };
}

const SUBJECT = '某校代收资料费';

/** What an officer would type, for every kind. */
export const SAMPLE_FIELDS: Readonly<Record<DocumentKind, Readonly<Record<string, string>>>> = {
  acceptance: { addressee: '梁小满', subject: SUBJECT },
  rejection: { subject: SUBJECT, situation: 'legal-road', whereTo: '有管辖权的人民法院' },
  'final-rejection': {
    subject: SUBJECT,
    reviewOrgan: '甘肃省人民政府',
    reviewNumber: '甘政复核〔2026〕3号',
    reviewOn: '2026-08-03',
  },
  transfer: { subject: SUBJECT, receiver: '示例县教育局', receiverPhone: '以该局公布的电话为准', sentOn: '2026-10-20' },
  referral: {
    source: 'mail',
    subject: '来件反映某校向学生代收资料费未开具票据，要求核实收费依据并退还。',
    proposal: '请财务处会同有关单位核实收费依据和票据情况。',
    unit: '财务处',
    sentOn: '2026-10-21',
    answerBy: '2026-11-20',
    demand: 'answer-citizen',
  },
  assignment: {
    source: 'superior',
    subject: '来件反映某校向学生代收资料费未开具票据，要求核实收费依据并退还。',
    proposal: '请财务处牵头核实，提出处理意见。',
    instruction: '请财务处认真核实，依法办理。',
    unit: '财务处',
    helper: '审计处',
    sentOn: '2026-10-21',
    reportBy: '2026-12-01',
  },
  'enrolment-check': {
    stage: 'check',
    content: '来件反映学生转学后学籍未及时转接，两所学校的说法不一致。',
    schools: '示例一中、示例二中',
    unit: '示例市教育局',
    sentOn: '2026-10-15',
    answerBy: '2026-10-22',
  },
  reminder: {
    unit: '财务处',
    assignedNumber: '甘教效交办〔2026〕8号',
    assignedOn: '2026-10-21',
    unitDueOn: '2026-11-20',
    overdueDays: '4',
    time: '1',
    answerBy: '2026-11-27',
  },
  supervision: {
    unit: '财务处',
    assignedNumber: '甘教效交办〔2026〕8号',
    assignedOn: '2026-09-21',
    unitDueOn: '2026-11-16',
    overdueDays: '8',
    reason: 'late',
    mark: 'red',
    subject: '来件反映某校向学生代收资料费未开具票据，要求核实收费依据并退还。交办后经一次催办，仍未反馈办理结果。',
    demand:
      '一、由主要负责人牵头，说明逾期原因。\n二、按照交办要求核实收费依据和票据情况，提出处理意见。\n三、将办理情况和整改措施书面报送厅效能办。',
    answerBy: '2026-11-30',
  },
  'extension-request': {
    unit: '财务处',
    newDueOn: '2027-01-15',
    reason: '需要调取三个学年的收费台账，有关学校尚在整理。',
    done: '已调取两个学年的台账，已约谈学校财务人员。',
  },
  'extension-notice': {
    extendedDueOn: '2027-01-15',
    subject: SUBJECT,
    reason: '需要调取的收费台账涉及三个学年，核对工作尚未完成',
  },
  'completion-report': {
    unit: '财务处',
    assignedNumber: '甘教效交办〔2026〕8号',
    investigation: '2026年11月3日至5日，由两名工作人员到校查阅账册，并向班主任和家长代表了解情况。',
    facts: '一、学校向高一年级收取资料费每人120元。\n二、收费未开具票据，也未列入收费公示。',
    grounds: '《甘肃省教育收费管理办法》及学校收费公示制度。',
    outcome: '已责成学校停止代收，退还所收费用，并在校内公示退费名单。',
    contacted: 'no',
    attachments: '1. 退费公示照片；2. 收费台账复印件',
  },
  answer: {
    addressee: '梁小满',
    subject: SUBJECT,
    requests: '（一）核实某校收取资料费有无依据。\n（二）退还所收费用。',
    facts:
      '（一）经查阅该校收费台账、票据存根和收费公示栏，并向班主任和家长代表了解情况，该校2026年9月向高一年级学生收取资料费每人120元，共计46人5520元，收费前未征求家长意见，未列入收费公示，也未开具票据。\n（二）该校称所收费用用于统一购买复习资料。经核对，所购资料不属于规定范围内的服务性收费和代收费项目，学校收取该项费用没有依据。\n（三）学生和家长反映的“不交就不发资料”的情况，由于各方说法不一，又没有其他材料印证，不能认定。',
    opinion:
      '（一）责令该校立即停止收取资料费，于2026年12月10日前将所收费用全额退还学生，并在校内公示退费情况。\n（二）责成示例县教育局对该校收费管理进行专项检查，对有关责任人员依规依纪作出处理。',
    grounds:
      '《中华人民共和国义务教育法》第二十五条、第五十六条；国家发展改革委、教育部关于规范中小学服务性收费和代收费管理的有关规定。',
    attachments: '1. 退费公示样式',
  },
  feedback: { outcome: 'rectified' },
  'callback-record': {
    calledOn: '2026-11-20',
    way: 'phone',
    reached: 'yes',
    satisfaction: 'fairly',
    words: '对退费结果认可，希望以后收费提前告知家长。',
    again: 'no',
  },
  'leader-brief': {
    subject: '某校代收资料费问题',
    points: '一、收费没有依据，未开具票据，涉及46人。\n二、县教育局接到反映后未作处理。',
    proposal: '拟交由财务处牵头核实，县教育局配合，一个月以后报告结果。',
  },
  'ledger-page': {
    summary: '反映某校代收资料费未开具票据，要求退还。',
    result: 'partly',
    handling: '已督促退费并公示。',
    named: 'yes',
    satisfaction: 'fairly',
    closedOn: '2026-11-20',
  },
};
