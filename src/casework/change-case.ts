import type { CaseCommand, VerdictChanges } from '../domain/case-commands.ts';
import { isBarredByClaim } from '../domain/case-claim.ts';
import { CASE_REFUSALS, type CaseRefusal } from '../domain/case-refusals.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { CaseFile } from '../domain/case-file.ts';
import type { DeadlineKind } from '../domain/deadlines.ts';
import { planDeadline } from '../domain/deadlines.ts';
import { TEXT_FIELDS, type NoteRef, type Notes } from '../domain/note-ref.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Claim } from './claim-case.ts';
import { createCaseDesk, project, type CaseDesk, type Timing } from './case-change.ts';
import { lifeCommand, mergeTarget, otherCaseOf, type LifeOrder, type OrderTexts } from './life-order.ts';
import { mentionIn, settleMentionsIn, type MentionTransaction } from './mention-colleagues.ts';
import type { Clock } from './ports.ts';
import type { CaseChange, CaseProjection, JournalEntry, NewVerdict } from './records.ts';
import { writeNote, type NoteTransaction } from './write-note.ts';

export type ChangeTransaction = NoteTransaction &
  MentionTransaction & {
    /** Whether the viewer may see the case at all: unknown and hidden look the same. */
    isVisible(viewer: Viewer, caseId: number): Promise<boolean>;
    loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
    readClaim(caseId: number): Promise<Claim | null>;
    setClaim(caseId: number, userId: number, minutes: number): Promise<Date>;
    insertVerdicts(verdicts: readonly NewVerdict[]): Promise<void>;
    writeCases(changes: readonly CaseChange[]): Promise<void>;
    appendJournal(entries: readonly JournalEntry[]): Promise<void>;
  };

export type ChangeDependencies = {
  transact<T>(work: (tx: ChangeTransaction) => Promise<T>): Promise<T>;
  readonly timing: Timing;
  readonly clock: Clock;
  /** How long a case stays in hand after the last thing its holder did to it. */
  readonly claimMinutes: number;
  /** Every unit that must not receive a case that accuses these. */
  denyClosure(units: readonly string[]): readonly string[];
};

/** What an officer wants done to a case. */
export type CaseOrder =
  | { readonly type: 'confirm'; readonly accusedUnits: readonly string[] }
  | {
      readonly type: 'correct';
      readonly changes: VerdictChanges;
      readonly accusedUnits: readonly string[];
      readonly reason: string;
    }
  /** 转办 in one act: a confirmed case that was not taken up yet is taken up with it. */
  | { readonly type: 'assign'; readonly unit: string; readonly userId: number | null }
  /** `mentions`: user ids of colleagues who are called to it. */
  | { readonly type: 'note'; readonly text: string; readonly mentions?: readonly number[] }
  | { readonly type: 'life'; readonly order: LifeOrder; readonly texts: OrderTexts }
  /** The clock of a procedure that the matter is led to. */
  | { readonly type: 'start-clock'; readonly kind: DeadlineKind; readonly since: Date | null }
  | { readonly type: 'meet-clock'; readonly kind: DeadlineKind };

export type ChangeResult =
  /** `noteId`: of the note, where that was the order. */
  | { readonly kind: 'changed'; readonly version: number; readonly noteId: number | null }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal; readonly message: string }
  /** Another has the case in hand. */
  | { readonly kind: 'claimed'; readonly claim: Claim }
  /** Somebody else was faster: what the case is now, for the difference to be shown. */
  | { readonly kind: 'stale'; readonly version: number; readonly current: CaseProjection };

type Request = { readonly caseId: number; readonly version: number | null; readonly order: CaseOrder };

/**
 * One order of one officer, on the version of the case that he was looking at. Notes may be added to any version.
 */
export async function changeCase(
  dependencies: ChangeDependencies,
  viewer: Viewer,
  caseId: number,
  version: number | null,
  order: CaseOrder,
): Promise<ChangeResult> {
  try {
    return await dependencies.transact((tx) => changeIn(dependencies, tx, viewer, { caseId, version, order }));
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

/** What `changeIn` threw so that the transaction is taken back, as an answer; null: a fault. */
export function asRefusal(error: unknown): Extract<ChangeResult, { kind: 'refused' }> | null {
  if (!(error instanceof Refused)) return null;
  return { kind: 'refused', reason: error.reason, message: CASE_REFUSALS[error.reason] };
}

/** The same, within a transaction of the caller, who must take it back when this throws. */
export async function changeIn(
  dependencies: Omit<ChangeDependencies, 'transact'>,
  tx: ChangeTransaction,
  viewer: Viewer,
  { caseId, version, order }: Request,
): Promise<ChangeResult> {
  if (!(await tx.isVisible(viewer, caseId))) return { kind: 'not-found' };
  const other = await otherCase(tx, viewer, caseId, order);
  const desk = createCaseDesk(
    dependencies.timing,
    await tx.loadCaseEvents(other === null ? [caseId] : [caseId, other]),
  );
  const file = desk.file(caseId);
  if (file === null) return { kind: 'not-found' };
  const claim = await tx.readClaim(caseId);
  const isHis = claim?.by.id === viewer.userId;
  if (claim !== null && !isHis && isBarred(order)) return { kind: 'claimed', claim };
  if (version !== null && file.version !== version)
    return { kind: 'stale', version: file.version, current: project(file) };
  if (isHis) await tx.setClaim(caseId, viewer.userId, dependencies.claimMinutes);
  return { kind: 'changed', ...(await carryOut(dependencies, tx, viewer, desk, { caseId, other, file, order })) };
}

/** Notes and what another person must decide go on whoever has the case in hand. */
function isBarred(order: CaseOrder): boolean {
  return order.type === 'life' ? isBarredByClaim(order.order.type) : order.type !== 'note';
}

type Task = {
  readonly caseId: number;
  readonly other: number | null;
  readonly file: CaseFile;
  readonly order: CaseOrder;
};

/** Answers the version that the case has then, and the id of a note. */
async function carryOut(
  dependencies: Omit<ChangeDependencies, 'transact'>,
  tx: ChangeTransaction,
  viewer: Viewer,
  desk: CaseDesk,
  { caseId, other, file, order }: Task,
): Promise<{ readonly version: number; readonly noteId: number | null }> {
  const texts = textsOf(order);
  const notes = await writeNotes(tx, viewer, caseId, texts);
  const given = { by: viewer, at: dependencies.clock.now() };
  for (const step of commandsOf(dependencies, desk, file, given, order, notes)) {
    const result = desk.give(caseId, step(desk.file(caseId) ?? file));
    if (result.kind === 'refused') throw new Refused(result.reason);
  }
  const after = desk.file(caseId) ?? file;
  if (other !== null) answerLink(dependencies, desk, given, { caseId, other, order });
  const changes = desk.changes();
  await tx.writeCases(changes);
  if (order.type === 'confirm' || order.type === 'correct')
    await tx.insertVerdicts([verdictRow(viewer, caseId, after, texts.reason ?? null)]);
  const settled = await settleMentionsIn(tx, viewer, caseId);
  const mentioned = await callColleagues(tx, viewer, caseId, order, notes);
  await tx.appendJournal([...changes.flatMap(({ journal }) => journal), ...settled, ...mentioned]);
  return { version: after.version, noteId: notes.note?.id ?? null };
}

async function callColleagues(
  tx: ChangeTransaction,
  viewer: Viewer,
  caseId: number,
  order: CaseOrder,
  { note }: WrittenNotes,
): Promise<readonly JournalEntry[]> {
  if (order.type !== 'note' || note === undefined) return [];
  const entries = await mentionIn(tx, viewer, { caseId, noteId: note.id }, order.mentions ?? []);
  if (entries === null) throw new Refused('mention-not-possible');
  return entries;
}

/** Takes back what the transaction had written before the refusal (the text of a note). Whoever catches it asks `asRefusal`. */
class Refused extends Error {
  readonly reason: CaseRefusal;
  constructor(reason: CaseRefusal) {
    super(reason);
    this.reason = reason;
  }
}

async function otherCase(tx: ChangeTransaction, viewer: Viewer, caseId: number, order: CaseOrder) {
  const other = order.type === 'life' ? otherCaseOf(order.order) : null;
  if (other === caseId) throw new Refused('target-itself');
  // One that is not his to see reads like one that does not exist.
  if (other !== null && !(await tx.isVisible(viewer, other))) throw new Refused('target-unknown');
  return other;
}

type Texts = OrderTexts & { readonly note?: string };

function textsOf(order: CaseOrder): Texts {
  if (order.type === 'note') return { note: order.text };
  if (order.type === 'correct') return { reason: order.reason };
  return order.type === 'life' ? order.texts : {};
}

type WrittenNotes = Notes & { readonly note?: NoteRef };

async function writeNotes(
  tx: ChangeTransaction,
  { userId }: Viewer,
  caseId: number,
  texts: Texts,
): Promise<WrittenNotes> {
  const written: { -readonly [Field in keyof WrittenNotes]: NoteRef } = {};
  for (const about of ['note', ...TEXT_FIELDS] as const) {
    const text = texts[about];
    if (text === undefined || text.trim() === '') continue;
    written[about] = await writeNote(tx, { caseId, byUser: userId, about, text });
  }
  return written;
}

type Step = (file: CaseFile) => CaseCommand;

/** The commands of an order, each made when the one before has been carried out. */
function commandsOf(
  { timing, denyClosure }: Omit<ChangeDependencies, 'transact'>,
  desk: CaseDesk,
  file: CaseFile,
  given: { readonly by: Viewer; readonly at: Date },
  order: CaseOrder,
  { note, ...notes }: WrittenNotes,
): readonly Step[] {
  const life = (bare: Parameters<typeof lifeCommand>[3]): Step => {
    return (now) => lifeCommand(timing, now, given, bare, notes);
  };
  switch (order.type) {
    case 'confirm':
    case 'correct': {
      const { accusedUnits: accused } = order;
      const conflict = { accused, deny: denyClosure(accused), ...given };
      if (order.type === 'confirm') return [() => ({ type: 'confirm-verdict', ...conflict })];
      const { changes } = order;
      return [() => ({ type: 'correct-verdict', changes, reason: notes.reason ?? null, ...conflict })];
    }
    case 'assign': {
      const dispatch = { type: 'dispatch', form: 'pass', helpers: [], feedbackOn: null } as const;
      const { unit, userId } = order;
      return [...(file.state === 'TRIAGE' ? [life({ type: 'accept' })] : []), life({ ...dispatch, unit, userId })];
    }
    case 'note':
      if (note === undefined) throw new Refused('reason-required');
      return [() => ({ type: 'add-note', note, ...given })];
    case 'life': {
      const bare = order.order;
      if (bare.type !== 'merge') return [life(bare)];
      const target = desk.file(bare.into);
      if (target === null) throw new Refused('target-unknown');
      return [life({ type: 'merge', into: mergeTarget(bare.into, target) })];
    }
    case 'start-clock': {
      const { clocks, calendar } = timing;
      const deadline = planDeadline(clocks, calendar, order.kind, file.profile, order.since ?? given.at);
      return [() => ({ type: 'arm-deadline', deadline, reason: 'other', ...given })];
    }
    case 'meet-clock':
      return [() => ({ type: 'meet-deadline', kind: order.kind, ...given })];
  }
}

/** A link has two ends, and a case that took another in says so too. What is linked already stays as it is. */
function answerLink(
  { timing }: Pick<ChangeDependencies, 'timing'>,
  desk: CaseDesk,
  given: { readonly by: Viewer; readonly at: Date },
  { caseId, other, order }: { readonly caseId: number; readonly other: number; readonly order: CaseOrder },
): void {
  const target = desk.file(other);
  if (target === null || order.type !== 'life') return;
  const as = order.order.type === 'link' ? order.order.as : 'same-matter';
  desk.give(other, lifeCommand(timing, target, given, { type: 'link', to: caseId, as }));
}

function verdictRow(viewer: Viewer, caseId: number, file: CaseFile, reason: string | null): NewVerdict {
  return {
    caseId,
    itemId: null,
    source: 'person',
    rulesVersion: file.verdict?.rulesVersion ?? null,
    body: file.verdict,
    reason,
    byUser: viewer.userId,
  };
}
