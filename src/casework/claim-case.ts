import { CLAIM_REFUSALS, isClaimable, type ClaimRefusal } from '../domain/case-claim.ts';
import type { CaseState } from '../domain/case-states.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { PersonRef } from './life-view.ts';
import type { JournalEntry } from './records.ts';
import { writeNote, type NoteTransaction } from './write-note.ts';

/** Somebody has the case in hand until then. One that ran out, or whose holder may not see the case any more, is none. */
export type Claim = { readonly by: PersonRef; readonly until: Date };

export type ClaimTransaction = NoteTransaction & {
  isVisible(viewer: Viewer, caseId: number): Promise<boolean>;
  /** Locks the case until the transaction ends: two that want it wait for each other. null: there is no such case. */
  lockCase(caseId: number): Promise<{ readonly provisional: boolean; readonly state: CaseState } | null>;
  readClaim(caseId: number): Promise<Claim | null>;
  /** Gives the case to this user for so many minutes from now and answers when they end, whoever had it before. */
  setClaim(caseId: number, userId: number, minutes: number): Promise<Date>;
  endClaim(caseId: number): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type ClaimDependencies = {
  transact<T>(work: (tx: ClaimTransaction) => Promise<T>): Promise<T>;
  /** How long a case stays in hand after the last thing its holder did to it. */
  readonly claimMinutes: number;
};

export type ClaimResult =
  | { readonly kind: 'held'; readonly until: Date }
  | { readonly kind: 'released' }
  | { readonly kind: 'not-found' }
  /** Another has it. */
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'refused'; readonly reason: ClaimRefusal; readonly message: string };

/** Takes a case in hand. Of any number who try at once exactly one gets it; for its holder the time begins anew. */
export async function claimCase(
  { transact, claimMinutes }: ClaimDependencies,
  viewer: Viewer,
  caseId: number,
): Promise<ClaimResult> {
  return transact((tx) => claimIn(tx, viewer, caseId, claimMinutes));
}

/** The same, within a transaction of the caller. */
export async function claimIn(
  tx: ClaimTransaction,
  viewer: Viewer,
  caseId: number,
  claimMinutes: number,
): Promise<ClaimResult> {
  return onCase(tx, viewer, caseId, async (claim) => {
    if (claim !== null && claim.by.id !== viewer.userId) return { kind: 'claimed', claim };
    const until = await tx.setClaim(caseId, viewer.userId, claimMinutes);
    if (claim === null) await tx.appendJournal([entry(viewer, 'claim.taken', caseId, {})]);
    return { kind: 'held', until };
  });
}

/** Puts a case back for others. Only its holder does. */
export async function releaseCase(
  { transact }: ClaimDependencies,
  viewer: Viewer,
  caseId: number,
): Promise<ClaimResult> {
  return transact((tx) =>
    onCase(tx, viewer, caseId, async (claim) => {
      if (claim === null) return refused('not-claimed');
      if (claim.by.id !== viewer.userId) return { kind: 'claimed', claim };
      await tx.endClaim(caseId);
      await tx.appendJournal([entry(viewer, 'claim.released', caseId, {})]);
      return { kind: 'released' };
    }),
  );
}

/** 接办: a supervisor takes a case out of another's hand. The reason is kept with the case. */
export async function takeOverCase(
  { transact, claimMinutes }: ClaimDependencies,
  viewer: Viewer,
  caseId: number,
  reason: string,
): Promise<ClaimResult> {
  return transact((tx) =>
    onCase(tx, viewer, caseId, async (claim) => {
      if (claim === null || claim.by.id === viewer.userId) return refused('not-claimed');
      const note = await writeNote(tx, { caseId, byUser: viewer.userId, about: 'reason', text: reason });
      const until = await tx.setClaim(caseId, viewer.userId, claimMinutes);
      await tx.appendJournal([entry(viewer, 'claim.taken-over', caseId, { from: claim.by.id, note })]);
      return { kind: 'held', until };
    }),
  );
}

async function onCase(
  tx: ClaimTransaction,
  viewer: Viewer,
  caseId: number,
  act: (claim: Claim | null) => Promise<ClaimResult>,
): Promise<ClaimResult> {
  if (!(await tx.isVisible(viewer, caseId))) return { kind: 'not-found' };
  const found = await tx.lockCase(caseId);
  if (found === null) return { kind: 'not-found' };
  return isClaimable(found) ? act(await tx.readClaim(caseId)) : refused('not-claimable');
}

function refused(reason: ClaimRefusal): ClaimResult {
  return { kind: 'refused', reason, message: CLAIM_REFUSALS[reason] };
}

function entry(viewer: Viewer, kind: string, caseId: number, data: Readonly<Record<string, unknown>>): JournalEntry {
  return { actor: viewer.userId, kind, caseId, data };
}
