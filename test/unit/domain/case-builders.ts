import { decide, evolve } from '../../../src/domain/case.ts';
import type { CaseCommand } from '../../../src/domain/case-commands.ts';
import type { CaseEvent } from '../../../src/domain/case-events.ts';
import type { CaseFile, CaseVerdict } from '../../../src/domain/case-file.ts';
import { isLifeCommand } from '../../../src/domain/case-life.ts';
import { clocksStartedBy } from '../../../src/domain/case-life-clocks.ts';
import type { LifeCommand } from '../../../src/domain/case-life-commands.ts';
import { createCaseNumber } from '../../../src/domain/case-number.ts';
import { type DeadlineKind, planDeadline, type PlannedDeadline } from '../../../src/domain/deadlines.ts';
import { TEXT_FIELDS, type Notes } from '../../../src/domain/note-ref.ts';
import type { Channel, Role, Viewer } from '../../../src/domain/vocabulary.ts';
import { officeCalendar, officeClocks } from './rule-files.ts';

const calendar = officeCalendar();
const clocks = officeClocks();

/** Tuesday 2026-07-21, 10:00 in Lanzhou. */
export const RECEIVED_AT = new Date('2026-07-21T02:00:00.000Z');
export const NUMBER = createCaseNumber((count) => Uint8Array.from({ length: count }, () => 7));

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

export function viewer(role: Role): Viewer {
  return { userId: USER_IDS[role], role };
}

export function planned(kind: DeadlineKind, trigger: Date = RECEIVED_AT): PlannedDeadline {
  return planDeadline(clocks, calendar, kind, '2022', trigger);
}

export function aVerdict(changes: Partial<CaseVerdict> = {}): CaseVerdict {
  return {
    kind: 'complaint',
    category: 5,
    secondary: null,
    lane: 'request',
    unit: 'BASIC',
    target: { level: 'province', name: null },
    urgent: false,
    confidence: 0.8,
    review: false,
    accused: ['STUDENT'],
    deny: ['STUDENT'],
    rulesVersion: 'rules-1',
    ...changes,
  };
}

/** A command without who and when: those default to the role that usually gives it, one minute after receipt. */
type Order = CaseCommand extends infer C ? (C extends CaseCommand ? Omit<C, 'by' | 'at'> : never) : never;

export function order(command: Order, role: Role, at: Date = new Date(RECEIVED_AT.getTime() + 60_000)): CaseCommand {
  return { ...command, by: viewer(role), at };
}

export function opening(channel: Channel = 'email'): CaseCommand {
  const kinds: readonly DeadlineKind[] =
    channel === 'email' ? ['ACK_MAIL', 'NOTICE15', 'TRIAGE'] : ['NOTICE15', 'TRIAGE'];
  return order(
    {
      type: 'open',
      number: NUMBER,
      channel,
      profile: '2022',
      receivedAt: RECEIVED_AT,
      deadlines: kinds.map((kind) => planned(kind)),
    },
    'system',
  );
}

export const REGISTER = order({ type: 'register' }, 'system');
export const PROPOSE = order({ type: 'propose-verdict', verdict: aVerdict() }, 'system');
export const CONFIRM = order({ type: 'confirm-verdict', accused: ['STUDENT'], deny: ['STUDENT'] }, 'triage');
/** One of the later orders, with the clocks that it starts on this case, and with every text that it may need. */
function life(file: CaseFile, bare: LifeBare, role: Role, at?: Date): CaseCommand {
  return withClocks(file, order({ ...bare, notes: NOTES, deadlines: [] }, role, at));
}

/** A later order with exactly the clocks that it starts on this case; any other order as it is. */
export function withClocks(file: CaseFile, command: CaseCommand): CaseCommand {
  if (!isLifeCommand(command)) return command;
  const deadlines = clocksStartedBy(file, command).map(({ kind, trigger, amount }) =>
    planDeadline(clocks, calendar, kind, file.profile, trigger, amount),
  );
  return { ...command, deadlines };
}

type LifeBare = LifeCommand extends infer C ? (C extends LifeCommand ? Omit<C, 'notes' | 'deadlines'> : never) : never;
export const NOTES: Notes = Object.fromEntries(TEXT_FIELDS.map((field, n) => [field, { id: n + 1, sha256: 'ab' }]));

/** These two do not depend on what the case is, but for the 60 days of a complaint. */
export const ACCEPT = life(
  { verdict: { kind: 'complaint' }, profile: '2022' } as CaseFile,
  { type: 'accept' },
  'triage',
);
export const DISPATCH = dispatching('BASIC');

export function dispatching(unit: string, userId: number | null = null, role: Role = 'triage'): CaseCommand {
  const bare = { type: 'dispatch', form: 'pass', unit, userId, helpers: [], feedbackOn: null } as const;
  return life({ profile: '2022' } as CaseFile, bare, role);
}

export type Course = { readonly file: CaseFile; readonly events: readonly CaseEvent[] };

/** Gives the orders one after another; the first refusal ends the test that asked for it. */
export function course(...commands: readonly CaseCommand[]): Course {
  let file: CaseFile | null = null;
  const events: CaseEvent[] = [];
  for (const command of commands) {
    const decision = decide(file, command);
    if (decision.kind === 'refused') throw new Error(`${command.type} was refused: ${decision.reason}`);
    file = decision.events.reduce<CaseFile | null>(evolve, file);
    events.push(...decision.events);
  }
  if (file === null) throw new Error('a course needs at least the opening');
  return { file, events };
}

/** The case after these orders, which follow the opening of a mail. */
export function caseAfter(...commands: readonly CaseCommand[]): CaseFile {
  return course(opening(), ...commands).file;
}

/** What the last order does to the case that the others led to: the events without their stamp, or the reason. */
export function outcomeOf(file: CaseFile | null, command: CaseCommand): unknown {
  const decision = decide(file, command);
  if (decision.kind === 'refused') return decision.reason;
  return decision.events.map(({ at: _at, by: _by, ...happening }) => happening);
}

/** A case of an old register that waits, or one that is closed there. */
export function importing(verdict: CaseVerdict, waits: boolean) {
  return {
    type: 'import' as const,
    number: NUMBER,
    channel: 'phone' as const,
    profile: '2022' as const,
    receivedAt: RECEIVED_AT,
    verdict,
    note: { id: 7, sha256: 'aa' },
    deadlines: waits ? [planned('NOTICE15'), planned('TRIAGE')] : [],
    closed: waits ? null : { on: null, finding: null },
  };
}
