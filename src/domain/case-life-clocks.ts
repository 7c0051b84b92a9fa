import { dayNumber, dayOf, type CalendarDate } from './calendar-date.ts';
import { armedDeadline, type CaseDeadline, type CaseFile } from './case-file.ts';
import type { LifeCommand, LifeCommandOf, LifeCommandType } from './case-life-commands.ts';
import type { CaseFlag } from './case-reasons.ts';
import type { DeadlineKind, PlannedDeadline } from './deadlines.ts';

/** A clock that an order starts: what it counts from, and its length where a person sets it (in the unit of the clock). */
export type ClockStart = { readonly kind: DeadlineKind; readonly trigger: Date; readonly amount: number | null };

type Given<T extends LifeCommandType = LifeCommandType> = LifeCommandOf<T> & { readonly at: Date };

/** Exactly the clocks that an order starts on this case. Whoever gives the order plans them; decide() accepts no others. */
export function clocksStartedBy(file: CaseFile, command: LifeCommand & { readonly at: Date }): readonly ClockStart[] {
  const starts = STARTS[command.type] as ((file: CaseFile, command: Given) => readonly ClockStart[]) | undefined; // by its own type
  return starts === undefined ? [] : starts(file, command);
}

function now({ at }: { readonly at: Date }, ...kinds: readonly DeadlineKind[]): readonly ClockStart[] {
  return kinds.map((kind) => ({ kind, trigger: at, amount: null }));
}

/** Orders that are not here start nothing. */
const STARTS: { readonly [T in LifeCommandType]?: (file: CaseFile, command: Given<T>) => readonly ClockStart[] } = {
  'ask-for-more': (_file, command) => now(command, 'SUPPLEMENT'),
  'receive-more': (file, command) => (file.confirmed ? [] : now(command, 'TRIAGE')),
  // The 60 days bind only what asks for something to be put right (信访工作条例 art. 31(六)).
  accept: (file, command) =>
    now(command, ...(isComplaint(file) ? (['DONE60', 'TARGET30'] as const) : ['TARGET30' as const])),
  dispatch: (_file, command) => [...now(command, 'SIGN1', 'OBJECT5'), ...feedback(command)],
  rule: (_file, command) => [...now(command, 'SIGN1'), ...feedback(command)],
  'send-back-result': (_file, command) => feedback(command),
  'grant-extension': (file, command) => [
    ...extension(file, command.days),
    // The reason is told to the citizen (arts. 33 and 34).
    ...(armedDeadline(file, 'PERSON') === null ? now(command, 'PERSON') : []),
  ],
  'submit-result': (_file, command) => now(command, 'CHECK3'),
  'approve-result': (file, command) => (isNamedAccusation(file) ? now(command, 'NAMED_FB15') : []),
  deliver: (file, command) => [
    ...(isComplaint(file) ? now(command, 'REVIEW_ASK') : []),
    ...(command.callback ? now(command, 'CALLBACK3') : []),
  ],
  redo: (_file, command) => now(command, 'TARGET30'),
  'ask-review': (file, command) => [{ kind: stageClock(file), trigger: command.askedAt, amount: null }],
  'answer-review': (file, command) => {
    if (command.outcome === 'returned') return now(command, 'TARGET30');
    return file.life.review === 'asked' ? now(command, 'RECHECK_ASK') : [];
  },
  'raise-flag': clocksOfFlag,
};

function isComplaint({ verdict }: CaseFile): boolean {
  return verdict?.kind === 'complaint';
}

/** The limit that is running for the handling: the original one, or what an extension made of it. */
export function handlingLimit(file: CaseFile): CaseDeadline | null {
  return armedDeadline(file, 'EXT30') ?? armedDeadline(file, 'DONE60');
}

/** From the last day of the bare count, so that 60 + 30 days are 90 whatever rest days lie between. */
function extension(file: CaseFile, days: number): readonly ClockStart[] {
  const limit = handlingLimit(file);
  if (limit === null) return [];
  return [{ kind: 'EXT30', trigger: new Date(Date.parse(limit.dueRaw) - 1), amount: days }];
}

function feedback({ at, feedbackOn }: { readonly at: Date; readonly feedbackOn: CalendarDate | null }) {
  return feedbackOn === null ? [] : [until('FEEDBACK', at, feedbackOn)];
}

/** No order names a day further ahead: decide() refuses it, and nobody has to count to the year 9999 first. */
export const MOST_DAYS_AHEAD = 366;

function until(kind: DeadlineKind, at: Date, day: CalendarDate): ClockStart {
  const days = dayNumber(day) - dayNumber(dayOf(at));
  return { kind, trigger: at, amount: Math.min(Math.max(days, 0), MOST_DAYS_AHEAD) };
}

/** 复查 first, then 复核. */
export function stageClock(file: CaseFile): 'REVIEW' | 'RECHECK' {
  return file.life.review === null || file.life.review === 'asked' ? 'REVIEW' : 'RECHECK';
}

function isNamedAccusation(file: CaseFile): boolean {
  return file.verdict?.lane === 'accusation' && file.life.flags.named !== undefined;
}

/** What a mark starts, where it starts anything by itself. */
const FLAG_CLOCKS: Readonly<Partial<Record<CaseFlag, readonly DeadlineKind[]>>> = {
  urgent: ['URGENT'],
  media: ['MEDIA48'],
  'major-media': ['MEDIA5', 'MEDIA24'],
};

function clocksOfFlag(file: CaseFile, command: Given<'raise-flag'>): readonly ClockStart[] {
  const { flag, at, since, dueOn } = command;
  const exposed = (FLAG_CLOCKS[flag] ?? []).map((kind): ClockStart => ({ kind, trigger: since ?? at, amount: null }));
  const fromReceipt = (kind: DeadlineKind): readonly ClockStart[] =>
    file.life.told === null ? [{ kind, trigger: new Date(file.receivedAt), amount: null }] : [];
  if (flag === 'leader') return dueOn === null ? now(command, 'LEADER15') : [until('LEADER15', at, dueOn)];
  if (flag === 'superior') {
    return [...(dueOn === null ? [] : [until('SUPERIOR', at, dueOn)]), ...fromReceipt('NOTICE15_FWD')];
  }
  if (flag === 'named' && file.verdict?.lane === 'accusation') return fromReceipt('NAMED15');
  return exposed;
}

/** Whether the plans are the wanted clocks, each once. */
export function arePlansOf(wanted: readonly ClockStart[], plans: readonly PlannedDeadline[]): boolean {
  return (
    wanted.length === plans.length &&
    wanted.every(({ kind, trigger, amount }) =>
      plans.some(
        (plan) =>
          plan.kind === kind && plan.trigger.getTime() === trigger.getTime() && (plan.amount ?? null) === amount,
      ),
    )
  );
}
