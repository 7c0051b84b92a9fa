import type { CaseVerdict } from '../domain/case-file.ts';
import type { CaseNumber } from '../domain/case-number.ts';
import type { PersonReason } from '../domain/case-events.ts';
import { planDeadline } from '../domain/deadlines.ts';
import type { Verdict } from '../rules/verdict.ts';
import { SYSTEM } from './open-case.ts';
import type { SettleContext, Settling } from './settle-port.ts';

/** The verdict as the case carries it: codes only. The whole verdict with its evidence is a row of its own. */
export function toCaseVerdict(verdict: Verdict, rulesVersion: string): CaseVerdict {
  // The classifier promises never to answer a denied unit. Should it ever, a person decides.
  const conflicted = verdict.deny.includes(verdict.unit);
  return {
    kind: verdict.kind,
    category: verdict.category,
    secondary: verdict.secondary,
    lane: verdict.lane,
    unit: conflicted ? 'UNRESOLVED' : verdict.unit,
    target: verdict.target,
    urgent: verdict.urgent,
    confidence: verdict.confidence,
    review: verdict.review || conflicted,
    accused: [],
    deny: verdict.deny,
    rulesVersion,
  };
}

/** The item is a case of its own: register it and put the rules' proposal on it. */
export function registerCase(
  settling: Settling,
  item: { readonly caseId: number; readonly itemId: number },
  proposal: { readonly verdict: Verdict; readonly rulesVersion: string } | null,
): void {
  const order = { by: SYSTEM, at: settling.now } as const;
  settling.desk.give(item.caseId, { type: 'register', ...order });
  if (proposal === null) return;
  const verdict = toCaseVerdict(proposal.verdict, proposal.rulesVersion);
  settling.desk.give(item.caseId, { type: 'propose-verdict', verdict, ...order });
  settling.verdicts.push({
    caseId: item.caseId,
    itemId: item.itemId,
    source: 'rules',
    rulesVersion: proposal.rulesVersion,
    body: proposal.verdict,
    reason: null,
    byUser: SYSTEM.userId,
  });
}

/** The clock of a task that waits for a person: one working day. Null when such a clock runs on the case already. */
export function personDeadline({ timing }: SettleContext, { desk, now }: Settling, caseId: number) {
  const file = desk.file(caseId);
  if (file === null || file.deadlines.some(({ kind, status }) => kind === 'PERSON' && status === 'armed')) return null;
  return planDeadline(timing.clocks, timing.calendar, 'PERSON', file.profile, now);
}

export function askPerson(context: SettleContext, settling: Settling, caseId: number, reason: PersonReason): void {
  const deadline = personDeadline(context, settling, caseId);
  if (deadline === null) return;
  settling.desk.give(caseId, { type: 'arm-deadline', deadline, reason, by: SYSTEM, at: settling.now });
}

export function numberOf({ desk }: Settling, caseId: number): CaseNumber {
  const file = desk.file(caseId);
  if (file === null) throw new Error(`case ${caseId} has no events`);
  return file.number;
}
