import { decide, evolve } from '../domain/case.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { CaseCommand } from '../domain/case-commands.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { CaseClock, CaseFile, CaseLife, CaseVerdict } from '../domain/case-file.ts';
import { ownerOf } from '../domain/case-owner.ts';
import type { CaseFlag } from '../domain/case-reasons.ts';
import type { CaseRefusal } from '../domain/case-refusals.ts';
import type { Clocks } from '../domain/deadlines.ts';
import { ladderSteps, nextStep, type Ladders, type LadderStep } from '../domain/ladder.ts';
import type { ArmedDeadline, CaseChange, CaseProjection, JournalEntry } from './records.ts';

/** What every decision about dates rests on. */
export type Timing = { readonly clocks: Clocks; readonly ladders: Ladders; readonly calendar: Calendar };

export type CommandResult =
  | { readonly kind: 'changed'; readonly file: CaseFile; readonly change: CaseChange }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal };

/** The case as its events left it; null when there are none. */
export function replay(events: readonly CaseEvent[]): CaseFile | null {
  return events.reduce<CaseFile | null>((file, event) => evolve(file, event), null);
}

/** Decides, and turns the events into everything that has to be written with them. Nobody changes a case in any other way. */
export function applyCommand(
  timing: Timing,
  caseId: number,
  before: CaseFile | null,
  command: CaseCommand,
): CommandResult {
  const decision = decide(before, command);
  if (decision.kind === 'refused') return decision;
  const file = decision.events.reduce<CaseFile | null>((state, event) => evolve(state, event), before);
  if (file === null) throw new Error('unreachable: an accepted command leaves a case');
  return { kind: 'changed', file, change: changeOf(timing, caseId, file, decision.events) };
}

/** Several commands to several cases in one transaction, each on top of what the earlier ones did. */
export function createCaseDesk(timing: Timing, events: ReadonlyMap<number, readonly CaseEvent[]>) {
  const files = new Map([...events].map(([caseId, history]) => [caseId, replay(history)]));
  const changes = new Map<number, CaseChange>();
  return {
    file: (caseId: number): CaseFile | null => files.get(caseId) ?? null,
    give(caseId: number, command: CaseCommand): CommandResult {
      const result = applyCommand(timing, caseId, files.get(caseId) ?? null, command);
      if (result.kind === 'changed') {
        files.set(caseId, result.file);
        const earlier = changes.get(caseId);
        changes.set(caseId, earlier === undefined ? result.change : joinChanges(earlier, result.change));
      }
      return result;
    },
    changes: (): CaseChange[] => [...changes.values()],
  };
}
export type CaseDesk = ReturnType<typeof createCaseDesk>;

/** Joins what several commands in a row did to one case into one write. */
function joinChanges(first: CaseChange, second: CaseChange): CaseChange {
  return {
    caseId: first.caseId,
    projection: second.projection,
    journal: [...first.journal, ...second.journal],
    arm: [...first.arm, ...second.arm],
    replan: [...first.replan, ...second.replan],
    end: [...first.end, ...second.end],
    denials: second.denials ?? first.denials,
    assignment: second.assignment ?? first.assignment,
  };
}

function changeOf(timing: Timing, caseId: number, file: CaseFile, events: readonly CaseEvent[]): CaseChange {
  const arm: ArmedDeadline[] = [];
  const replan: ArmedDeadline[] = [];
  const end: { kind: string; cycle: number; how: 'met' | 'cancelled' }[] = [];
  let denials: CaseChange['denials'] = null;
  let assignment: CaseChange['assignment'] = null;
  for (const event of events) {
    if (event.type === 'deadline-armed')
      arm.push(armed(timing, event.clock, lastStepOf(file, event.clock), new Date(event.at)));
    if (event.type === 'deadline-replanned')
      replan.push(armed(timing, event.clock, lastStepOf(file, event.clock), new Date(event.at)));
    if (event.type === 'deadline-met') end.push({ kind: event.kind, cycle: event.cycle, how: 'met' });
    if (event.type === 'deadline-cancelled') end.push({ kind: event.kind, cycle: event.cycle, how: 'cancelled' });
    assignment = assignmentBy(event) ?? assignment;
    if (event.type === 'verdict-proposed') denials = { units: event.verdict.deny, source: 'rules' };
    if (event.type === 'verdict-confirmed' || event.type === 'verdict-corrected') {
      denials = { units: event.verdict.deny, source: 'person' };
    }
  }
  return {
    caseId,
    projection: project(file),
    journal: events.map((event) => entry(caseId, event)),
    arm,
    replan,
    end,
    denials,
    assignment,
  };
}

/** Who holds the case from this event on; null: that does not change. */
function assignmentBy(event: CaseEvent): CaseChange['assignment'] {
  if (event.type === 'case-dispatched') {
    return { unit: event.unit, userId: event.userId, helpers: event.helpers, byUser: event.by };
  }
  if (event.type !== 'assignment-revoked' && event.type !== 'case-sent-back') return null;
  return { unit: null, userId: null, helpers: [], byUser: event.by };
}

function entry(caseId: number, event: CaseEvent): JournalEntry {
  return { actor: event.by, kind: event.type, caseId, data: event };
}

function lastStepOf(file: CaseFile, clock: CaseClock): LadderStep | null {
  return file.deadlines.find(({ kind, cycle }) => kind === clock.kind && cycle === clock.cycle)?.lastStep ?? null;
}

function armed({ ladders, calendar }: Timing, clock: CaseClock, after: LadderStep | null, now: Date): ArmedDeadline {
  const dueAt = new Date(clock.dueAt);
  const { next } = nextStep(ladderSteps(ladders, calendar, { kind: clock.kind, dueAt }), after, now);
  return {
    kind: clock.kind,
    cycle: clock.cycle,
    legal: clock.legal,
    basis: clock.basis,
    triggerAt: new Date(clock.trigger),
    dueRaw: new Date(clock.dueRaw),
    dueAt,
    provisional: clock.provisional,
    amount: clock.amount ?? null,
    step: next?.step ?? null,
    stepAt: next?.at ?? null,
  };
}

const UNJUDGED = {
  kind: null,
  category: null,
  secondary: null,
  lane: null,
  unit: null,
  targetLevel: null,
  targetName: null,
  urgent: false,
  confidence: null,
  review: false,
} as const;

function judged(verdict: CaseVerdict) {
  const { kind, category, secondary, lane, unit, target, urgent, confidence, review } = verdict;
  return {
    kind,
    category,
    secondary,
    lane,
    unit,
    targetLevel: target.level,
    targetName: target.name,
    urgent,
    confidence,
    review,
  };
}

/** The case as its row shows it. */
export function project(file: CaseFile): CaseProjection {
  const { number, state, provisional, folded, profile, channel, receivedAt, verdict, confirmed, assignment, version } =
    file;
  return {
    number,
    state,
    provisional,
    profile,
    channel,
    confirmed,
    version,
    foldedAs: folded?.as ?? null,
    receivedAt: new Date(receivedAt),
    ...(verdict === null ? UNJUDGED : judged(verdict)),
    urgent: isUrgent(file),
    assignedUnit: assignment?.unit ?? null,
    assignedUser: assignment?.userId ?? null,
    helperUnits: assignment?.helpers ?? [],
    owner: ownerOf(file),
    ...projectLife(file.life),
  };
}

/** By the verdict, or because a person marked it so. Whoever was retaliated against waits for nobody (信访工作条例 art. 18). */
function isUrgent({ verdict, life: { flags } }: CaseFile): boolean {
  return verdict?.urgent === true || flags.urgent !== undefined || flags.retaliation !== undefined;
}

function projectLife(life: CaseLife) {
  return {
    flags: Object.keys(life.flags) as CaseFlag[], // of a record with just these keys
    told: life.told !== null,
    extendedDays: life.extendedDays,
    finding: life.result?.finding ?? null,
    satisfaction: life.satisfaction,
    closedAs: life.closedAs,
    reviewStage: life.review,
    clue: life.clue,
  };
}
