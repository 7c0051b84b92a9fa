import type { AckOutcome } from '../domain/case-file.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import { planDeadline } from '../domain/deadlines.ts';
import { createCaseDesk, type CaseDesk, type Timing } from './case-change.ts';
import { SYSTEM } from './open-case.ts';
import type { Clock } from './ports.ts';
import type { CaseChange, JournalEntry, LetterOutcome, NewTask } from './records.ts';

export type FateTransaction = {
  recordOutcomes(outcomes: readonly LetterOutcome[]): Promise<void>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  openTasks(tasks: readonly NewTask[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};
type FateContext = { readonly timing: Timing; readonly clock: Clock };
type Addressed = { readonly id: number; readonly caseIds: readonly number[] };

/** Writes how submissions ended, with what it means for the cases: told, or a person must tell. */
export async function recordLetterFates(
  context: FateContext,
  tx: FateTransaction,
  letters: readonly Addressed[],
  outcomes: readonly LetterOutcome[],
): Promise<void> {
  await tx.recordOutcomes(outcomes);
  const final = outcomes.filter(({ state }) => state !== 'pending');
  await tellCases(
    context,
    tx,
    final.flatMap(({ id, state }) => casesOf(letters, id).map((caseId) => ({ caseId, outcome: ACK_OUTCOME[state] }))),
    outcomes.map((outcome) => letterEntry(outcome.id, `letter.${outcome.state}`, { code: outcome.smtpCode })),
  );
}

const ACK_OUTCOME: Readonly<Record<LetterOutcome['state'], AckOutcome>> = {
  pending: 'unknown',
  sent: 'sent',
  failed: 'failed',
  unknown: 'unknown',
};

/** Twice submitted, twice no answer: the machine stops and a person tells the citizen. */
export async function giveUpLetters(
  context: FateContext,
  tx: FateTransaction,
  letters: readonly Addressed[],
): Promise<void> {
  if (letters.length === 0) return;
  await tellCases(
    context,
    tx,
    letters.flatMap(({ caseIds }) => caseIds.map((caseId) => ({ caseId, outcome: 'failed' as const }))),
    letters.map(({ id }) => letterEntry(id, 'letter.given-up', {})),
  );
}

async function tellCases(
  context: FateContext,
  tx: FateTransaction,
  told: readonly { readonly caseId: number; readonly outcome: AckOutcome }[],
  entries: readonly JournalEntry[],
): Promise<void> {
  const events =
    told.length === 0 ? new Map<number, CaseEvent[]>() : await tx.loadCaseEvents(told.map(({ caseId }) => caseId));
  const desk = createCaseDesk(context.timing, events);
  const tasks = told.flatMap(({ caseId, outcome }) => tellCase(context, desk, caseId, outcome));
  await tx.writeCases(desk.changes());
  await tx.openTasks(tasks);
  await tx.appendJournal([...entries, ...desk.changes().flatMap(({ journal }) => journal)]);
}

function tellCase({ timing, clock }: FateContext, desk: CaseDesk, caseId: number, outcome: AckOutcome): NewTask[] {
  const file = desk.file(caseId);
  if (file === null) return [];
  const now = clock.now();
  const waiting = outcome === 'failed';
  const running = file.deadlines.some(({ kind, status }) => kind === 'PERSON' && status === 'armed');
  const task = waiting && !running ? planDeadline(timing.clocks, timing.calendar, 'PERSON', file.profile, now) : null;
  desk.give(caseId, { type: 'record-acknowledgement', outcome, withheld: null, task, by: SYSTEM, at: now });
  return waiting ? [{ kind: 'delivery-failed', reason: 'refused', caseId, itemId: null }] : [];
}

function casesOf(letters: readonly Addressed[], id: number): readonly number[] {
  return letters.find((letter) => letter.id === id)?.caseIds ?? [];
}

function letterEntry(letterId: number, kind: string, data: Record<string, unknown>): JournalEntry {
  return { actor: SYSTEM.userId, kind, data: { letterId, ...data } };
}
