import type { CommandOf, ConfirmedConflict } from './case-commands.ts';
import { cancelKinds, meet } from './case-deadlines.ts';
import type { Happening, RevokeReason } from './case-events.ts';
import type { CaseFile, CaseVerdict } from './case-file.ts';
import type { CaseRefusal } from './case-refusals.ts';
import { type CaseState, UNANSWERED_STATES } from './case-states.ts';
import type { DeadlineKind } from './deadlines.ts';

type Outcome = readonly Happening[] | CaseRefusal;

/** The office itself is a unit that can be accused: 厅效能办 is the stationed discipline inspection. */
export const OFFICE_UNIT = 'DISC';

/** NONEDU: another body's business. UNRESOLVED: the rules found no unit. */
export function isUnit(unit: string): boolean {
  return unit !== '' && unit !== 'NONEDU' && unit !== 'UNRESOLVED';
}

export function decideProposal(file: CaseFile, { verdict }: CommandOf<'propose-verdict'>): Outcome {
  if (file.confirmed) return 'already-confirmed';
  if (file.state !== 'REGISTERED' && file.state !== 'TRIAGE') return 'wrong-state';
  if (verdict.deny.includes(verdict.unit)) return 'unit-denied';
  return [{ type: 'verdict-proposed', verdict }];
}

export function decideConfirmation(file: CaseFile, command: CommandOf<'confirm-verdict'>): Outcome {
  if (file.verdict === null) return 'no-verdict';
  if (file.confirmed) return 'already-confirmed';
  if (file.state !== 'TRIAGE') return 'wrong-state';
  const verdict = withConflict(file.verdict, command);
  const refusal = refusalOf(verdict);
  if (refusal !== null) return refusal;
  // Confirming says what it is. Taking it up, refusing or passing it on is a decision of its own.
  return [{ type: 'verdict-confirmed', verdict, state: file.state }, ...meet(file, 'TRIAGE')];
}

export function decideCorrection(file: CaseFile, command: CommandOf<'correct-verdict'>): Outcome {
  if (file.verdict === null) return 'no-verdict';
  // Until the answer is on its way: a conflict that is found late must bite while a unit still holds the case.
  if (!UNANSWERED_STATES.includes(file.state)) return 'wrong-state';
  if (command.reason === null) return 'reason-required';
  const verdict = withConflict({ ...file.verdict, ...command.changes }, command);
  if (JSON.stringify(verdict) === JSON.stringify(file.verdict)) return 'nothing-to-correct';
  const refusal = refusalOf(verdict);
  if (refusal !== null) return refusal;
  const revoked = revocation(file, verdict);
  const state = stateAfter(file, verdict, revoked !== null);
  return [
    // First the revocation: at no moment of the history does a denied unit hold the case.
    ...(revoked === null ? [] : [revoked]),
    { type: 'verdict-corrected', verdict, state, note: command.reason },
    ...meet(file, 'TRIAGE'),
    ...(revoked === null ? [] : cancelKinds(file, OF_THE_UNIT, 'withdrawn')),
    ...(state === 'TRIAGE' && file.state !== 'TRIAGE' ? cancelKinds(file, OF_ACCEPTANCE, 'withdrawn') : []),
  ];
}

const OF_THE_UNIT: readonly DeadlineKind[] = ['SIGN1', 'OBJECT5', 'FEEDBACK', 'CHECK3'];
const OF_ACCEPTANCE: readonly DeadlineKind[] = ['DONE60', 'EXT30', 'TARGET30'];

/** The person's list of the accused replaces that of the rules. Whoever is accused is denied, whatever else is. */
function withConflict(verdict: CaseVerdict, { accused, deny }: ConfirmedConflict): CaseVerdict {
  return { ...verdict, accused, deny: [...new Set([...deny, ...accused])] };
}

function refusalOf(verdict: CaseVerdict): CaseRefusal | null {
  if (verdict.deny.includes(verdict.unit)) return 'unit-denied';
  const grievance = verdict.kind === 'complaint' || verdict.kind === 'accusation';
  const ours = isUnit(verdict.unit) && verdict.lane !== 'sealed';
  return grievance && ours && verdict.category === null ? 'category-missing' : null;
}

/**
 * What is sealed or has no unit any more is to be decided anew; a case that was taken from its unit waits for another; every
 * other correction leaves the case where it is.
 */
function stateAfter(file: CaseFile, verdict: CaseVerdict, revoked: boolean): CaseState {
  if (file.state === 'TRIAGE' || file.state === 'NEED_INFO') return file.state;
  if (verdict.lane === 'sealed' || !isUnit(verdict.unit)) return 'TRIAGE';
  return revoked ? 'ACCEPTED' : file.state;
}

function revocation({ assignment, life }: CaseFile, verdict: CaseVerdict): Happening | null {
  if (assignment === null && life.takenBy === null) return null;
  const holders = assignment === null ? [OFFICE_UNIT] : [assignment.unit, ...assignment.helpers];
  const reason = revokeReason(holders, verdict);
  return reason === null ? null : { type: 'assignment-revoked', unit: holders[0] ?? OFFICE_UNIT, reason };
}

function revokeReason(holders: readonly string[], verdict: CaseVerdict): RevokeReason | null {
  if (holders.some((unit) => verdict.deny.includes(unit))) return 'conflict';
  if (verdict.lane === 'sealed') return 'sealed';
  return isUnit(verdict.unit) ? null : 'no-unit';
}
