import { decide, evolve } from '../../src/domain/case.ts';
import type { Timing } from '../../src/casework/case-change.ts';
import { lifeCommand, type LifeOrder } from '../../src/casework/life-order.ts';
import { openingCommand, SYSTEM } from '../../src/casework/open-case.ts';
import type { CaseCommand } from '../../src/domain/case-commands.ts';
import type { CaseEvent, CaseEventType } from '../../src/domain/case-events.ts';
import type { CaseFile, CaseVerdict } from '../../src/domain/case-file.ts';
import type { MergeTarget } from '../../src/domain/case-life-commands.ts';
import { LIFE_RULES } from '../../src/domain/case-life-commands.ts';
import { CASE_REFUSALS, type CaseRefusal } from '../../src/domain/case-refusals.ts';
import { CASE_STATE_NAMES, type CaseState } from '../../src/domain/case-states.ts';
import { TEXT_FIELDS, type Notes } from '../../src/domain/note-ref.ts';
import type { Channel, Profile, Role, Viewer } from '../../src/domain/vocabulary.ts';
import { historySentence } from '../../src/http/history-sentence.ts';
import type { Names } from '../../src/http/names.ts';
import { plusDays, parseCalendarDate } from '../../src/domain/calendar-date.ts';
import { aVerdict } from '../unit/domain/case-builders.ts';
import { shippedOffice } from './shipped-office.ts';

export type Life =
  Exclude<LifeOrder, { readonly type: 'merge' }> | { readonly type: 'merge'; readonly into: MergeTarget };
type Other = CaseCommand extends infer C ? (C extends CaseCommand ? Omit<C, 'by' | 'at'> : never) : never;

const ROLE_NAMES: Readonly<Record<Role, string>> = {
  system: '系统',
  operator: '话务员',
  triage: '受理岗',
  investigator: '承办人',
  'unit-head': '单位负责人',
  supervisor: '督办',
  discipline: '驻厅纪检',
  custodian: '身份保管',
  auditor: '审计',
  admin: '管理员',
};

/** Every text that an order may need, as a reference. */
const ALL_NOTES: Notes = Object.fromEntries(TEXT_FIELDS.map((field, n) => [field, { id: n + 1, sha256: 'ab' }]));

const UNIT_NAMES: Readonly<Record<string, string>> = {
  BASIC: '基础教育处',
  FIN: '财务处',
  STUDENT: '学生处',
  HIGHER: '高等教育处',
  DISC: '驻厅纪检组',
};

export type Teller = ReturnType<typeof createTeller>;

/** What one order did, and where it led: for the table of the law. */
export type Told = {
  readonly type: CaseCommand['type'];
  readonly events: readonly CaseEvent[];
  readonly state: CaseState;
};

/** Tells a life in order, with the real clocks and the real calendar, and writes down each step as an officer reads it. */
export function createTeller(profile: Profile, channel: Channel, firstDay: string) {
  const timing: Timing = shippedOffice().timing;
  const names: Names = {
    category: (category) => `第${String(category)}类`,
    unit: (id) => UNIT_NAMES[id] ?? null,
    clock: (kind) => timing.clocks[kind].name,
    reason: (id) => id,
  };
  const lines: string[] = [];
  const told: Told[] = [];
  let file: CaseFile | null = null;
  let at = new Date(`${firstDay}T09:00:00+08:00`);

  function carryOut(role: Role, command: CaseCommand): void {
    const decision = decide(file, command);
    if (decision.kind === 'refused') throw new Error(`${command.type} was refused: ${decision.reason}`);
    const after = decision.events.reduce<CaseFile | null>(evolve, file);
    if (after === null) throw new Error('unreachable: an accepted order leaves a case');
    file = after;
    told.push({ type: command.type, events: decision.events, state: after.state });
    lines.push('', `${moment(at)} ${ROLE_NAMES[role]}${orderName(command.type)} → ${CASE_STATE_NAMES[after.state]}`);
    for (const event of decision.events) lines.push(`  ${historySentence({ kind: event.type, data: event }, names)}`);
  }

  function made(role: Role, order: Life | Other, userId: number | null, notes: Notes): CaseCommand {
    const given = { by: viewer(role, userId), at };
    if (file !== null && order.type in LIFE_RULES) return lifeCommand(timing, file, given, order as Life, notes);
    return { ...order, ...given } as CaseCommand; // what Omit took off is back
  }

  return {
    lines,
    told,
    timing,
    file: (): CaseFile => {
      if (file === null) throw new Error('nothing has been told yet');
      return file;
    },
    now: (): Date => at,
    /** `day` counts from the first; the hour is that of Lanzhou. */
    on(day: number, hour = '10:00'): void {
      at = new Date(`${plusDays(parseCalendarDate(firstDay), day)}T${hour}:00+08:00`);
    },
    atInstant(instant: Date): void {
      at = instant;
    },
    day: (day: number) => plusDays(parseCalendarDate(firstDay), day),
    open(): void {
      const random = { bytes: (count: number) => Buffer.alloc(count, 7) };
      const clock = { now: () => at };
      const command = openingCommand({ timing, clock, random } as never, { channel, receivedAt: at, by: SYSTEM });
      if (command.type === 'open' && command.profile !== profile) throw new Error(`${firstDay} is not of ${profile}`);
      carryOut('system', command);
    },
    give: (role: Role, order: Life | Other, userId: number | null = null): void => {
      carryOut(role, made(role, order, userId, ALL_NOTES));
    },
    /** An order that the case refuses, and what is said to whom. */
    refuse(
      role: Role,
      order: Life | Other,
      reason: CaseRefusal,
      userId: number | null = null,
      notes = ALL_NOTES,
    ): void {
      const decision = decide(file, made(role, order, userId, notes));
      const got = decision.kind === 'refused' ? decision.reason : 'accepted';
      if (got !== reason) throw new Error(`${order.type}: ${got} instead of ${reason}`);
      lines.push('', `${moment(at)} ${ROLE_NAMES[role]}${orderName(order.type)} ✗ ${CASE_REFUSALS[reason]}`);
    },
  };
}

/** The neutral letter went out. */
export const ANSWERED = { type: 'record-acknowledgement', outcome: 'sent', withheld: null, task: null } as const;

/** Up to the confirmed verdict: how every life begins. */
export function begin(teller: Teller, changes: Partial<CaseVerdict> = {}): void {
  const verdict = aVerdict(changes);
  teller.open();
  teller.give('system', { type: 'register' });
  teller.give('system', ANSWERED);
  teller.give('system', { type: 'propose-verdict', verdict });
  teller.on(1, '10:00');
  teller.give('triage', { type: 'confirm-verdict', accused: verdict.accused, deny: verdict.deny });
}

const USER_IDS: Readonly<Record<Role, number>> = {
  system: 1,
  operator: 2,
  triage: 3,
  investigator: 4,
  'unit-head': 5,
  supervisor: 6,
  discipline: 7,
  custodian: 8,
  auditor: 9,
  admin: 10,
};

function viewer(role: Role, userId: number | null): Viewer {
  return { userId: userId ?? USER_IDS[role], role };
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  open: '收件',
  register: '登记',
  'record-acknowledgement': '收件回复',
  'propose-verdict': '分类',
  'confirm-verdict': '确认分类',
  'correct-verdict': '更正分类',
  'take-step': '催办',
  'meet-deadline': '完成时限',
  'arm-deadline': '开始计时',
};

function orderName(type: CaseCommand['type']): string {
  return type in LIFE_RULES ? LIFE_RULES[type as keyof typeof LIFE_RULES].name : (OTHER_NAMES[type] ?? type);
}

function moment(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}

/** Kinds of clocks that the events start, meet or stop. */
export function clocksIn(events: readonly CaseEvent[], type: CaseEventType): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== type) return [];
    if (event.type === 'deadline-armed') return [event.clock.kind];
    return event.type === 'deadline-met' || event.type === 'deadline-cancelled' ? [event.kind] : [];
  });
}
