import { describe, expect, it } from 'vitest';
import { parseCalendarDate } from '../../../src/domain/calendar-date.ts';
import type { CaseEventType, Happening } from '../../../src/domain/case-events.ts';
import type { CaseClock, CaseVerdict } from '../../../src/domain/case-file.ts';
import { historySentence } from '../../../src/http/history-sentence.ts';
import type { Names } from '../../../src/http/names.ts';
import { officeClocks } from '../domain/rule-files.ts';
import { LIFE_TOLD } from './told-life.ts';

const NAMES: Names = {
  category: (category) => `第${String(category)}类`,
  unit: (id) => ({ FIN: '财务处', BASIC: '基础教育处' })[id] ?? null,
  reason: (id) => id,
  clock: (kind) => officeClocks()[kind].name,
};

const VERDICT: CaseVerdict = {
  kind: 'complaint',
  category: 7,
  secondary: 5,
  lane: 'request',
  unit: 'BASIC',
  target: { level: 'province', name: null },
  urgent: true,
  confidence: 0.9,
  review: false,
  accused: ['FIN', 'GONE'],
  deny: ['FIN', 'GONE'],
  rulesVersion: 'v1',
};

const CLOCK: CaseClock = {
  kind: 'NOTICE15',
  cycle: 1,
  legal: true,
  basis: '《信访工作条例》第二十三条第二款',
  trigger: '2026-11-24T07:52:00.000Z',
  dueRaw: '2026-12-09T16:00:00.000Z',
  dueAt: '2026-12-09T16:00:00.000Z',
  provisional: false,
};
const ON = { kind: 'TRIAGE', cycle: 1 } as const;
const NOTE = { id: 1, sha256: 'ab' };

type Told = { readonly [T in CaseEventType]: readonly (readonly [Extract<Happening, { readonly type: T }>, string])[] };

/** Not one kind of event may be missing here either. */
const TOLD: Told = {
  'case-opened': [
    [
      { type: 'case-opened', number: '123' as never, channel: 'email', profile: '2022', receivedAt: '' },
      '收到来信，开始计时',
    ],
    [
      { type: 'case-opened', number: '123' as never, channel: 'phone', profile: '2022', receivedAt: '' },
      '收到来电，开始计时',
    ],
  ],
  'case-registered': [[{ type: 'case-registered' }, '登记立件，编号生效']],
  'case-folded': [
    [{ type: 'case-folded', as: 'automatic', into: null }, '认定为自动邮件，不单独立件'],
    [{ type: 'case-folded', as: 'follow-up', into: 12 }, '认定为补充来件，不单独立件，归入记录 12'],
  ],
  'case-unfolded': [[{ type: 'case-unfolded', state: 'TRIAGE' }, '恢复单独立件']],
  'verdict-proposed': [
    [{ type: 'verdict-proposed', verdict: VERDICT }, '规则建议：申诉求决、第7类、兼第5类、诉求线、基础教育处、紧急'],
    [
      {
        type: 'verdict-proposed',
        verdict: {
          ...VERDICT,
          kind: 'other',
          category: null,
          secondary: null,
          urgent: false,
          lane: 'non-petition',
          unit: 'GONE',
        },
      },
      '规则建议：其他、类别未定、非诉求、GONE',
    ],
  ],
  'verdict-confirmed': [
    [
      { type: 'verdict-confirmed', verdict: VERDICT, state: 'ACCEPTED' },
      '人工确认：申诉求决、第7类、兼第5类、诉求线、基础教育处、紧急；被反映单位：财务处、GONE',
    ],
  ],
  'verdict-corrected': [
    [
      {
        type: 'verdict-corrected',
        verdict: { ...VERDICT, accused: [], secondary: null, urgent: false },
        state: 'ACCEPTED',
        note: NOTE,
      },
      '人工更正：申诉求决、第7类、诉求线、基础教育处；无被反映单位',
    ],
  ],
  ...LIFE_TOLD,
  'assignment-revoked': [
    [
      { type: 'assignment-revoked', unit: 'FIN', reason: 'conflict' },
      '收回对财务处的分办：该单位是被反映单位或与其有利害关系',
    ],
  ],
  'case-imported': [
    [{ type: 'case-imported', closed: null, note: NOTE }, '由原台账导入，尚未办结'],
    [
      { type: 'case-imported', closed: { on: parseCalendarDate('2014-05-20'), finding: 'partly' }, note: NOTE },
      '由原台账导入，原已办结（2014-05-20），部分属实',
    ],
    [{ type: 'case-imported', closed: { on: null, finding: null }, note: NOTE }, '由原台账导入，原已办结'],
  ],
  'case-split': [[{ type: 'case-split', into: 7 }, '拆出一项诉求，以中性摘要另立一件']],
  'note-added': [[{ type: 'note-added', note: NOTE }, '添加办理记录']],
  'acknowledgement-recorded': [
    [{ type: 'acknowledgement-recorded', outcome: 'sent', withheld: null }, '收件回复已发出'],
    [
      { type: 'acknowledgement-recorded', outcome: 'withheld', withheld: 'too-old' },
      '收件回复未自动发出：邮件收到已满3日，不再自动回复，请人工告知',
    ],
  ],
  'deadline-armed': [
    [{ type: 'deadline-armed', clock: CLOCK, reason: null }, '“受理告知”时限开始计时，截止 2026-12-09 24:00'],
    [
      {
        type: 'deadline-armed',
        clock: { ...CLOCK, kind: 'PERSON', dueAt: '2026-12-09T09:30:00.000Z', provisional: true },
        reason: 'unreadable-item',
      },
      '“人工处理”时限开始计时，截止 2026-12-09 17:30（暂定）（来件无法自动读取，需人工阅读）',
    ],
  ],
  'deadline-replanned': [
    [{ type: 'deadline-replanned', clock: CLOCK }, '“受理告知”时限按新公布的放假安排重新计算，截止 2026-12-09 24:00'],
  ],
  'deadline-met': [[{ type: 'deadline-met', ...ON }, '“分拣确认”时限已完成，停止计时']],
  'deadline-cancelled': [
    [{ type: 'deadline-cancelled', ...ON, reason: 'replaced' }, '“分拣确认”时限取消：已另行约定时间'],
  ],
  'step-taken': [
    [{ type: 'step-taken', ...ON, step: 'urge', late: false }, '“分拣确认”时限到达“催办”一级'],
    [{ type: 'step-taken', ...ON, step: 'red', late: true }, '“分拣确认”时限到达“红牌督办”一级（补执行）'],
  ],
  'step-skipped': [
    [
      { type: 'step-skipped', ...ON, step: 'warn', reason: 'past-when-armed' },
      '“分拣确认”时限不再执行“预警”：计时开始时已过该步骤的时间',
    ],
  ],
};

const CASES = Object.values(TOLD).flatMap((told) => told.map(([event, sentence]) => ({ event, sentence })));

describe('a line of the journal', () => {
  it.each(CASES)('reads $sentence', ({ event, sentence }) => {
    const data = { ...event, at: '2026-11-24T07:52:00.000Z', by: 1 };
    expect(historySentence({ kind: event.type, data }, NAMES)).toBe(sentence);
  });

  it.each([
    ['item.received', {}, '收到来件，原始内容已封存'],
    ['item.settled', { disposition: 'duplicate' }, '来件处理结果：重复件'],
    ['item.settled', { disposition: 'of-another-day' }, '来件处理结果：of-another-day'],
    ['identity.read', {}, '查阅来信来电人身份信息'],
    ['raw.read', {}, '下载原始来件'],
    ['html.read', {}, '查看来件的网页版本'],
  ])('%s with %j reads %s', (kind, data, sentence) => {
    expect(historySentence({ kind, data }, NAMES)).toBe(sentence);
  });

  it.each(['not.known', 'toString', '__proto__', 'constructor', ''])(
    'of a kind that nobody has named is shown as it is: %s',
    (kind) => {
      expect(historySentence({ kind, data: {} }, NAMES)).toBe(`其他记录：${kind}`);
    },
  );
});
