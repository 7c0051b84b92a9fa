import { decideCap, type CapDecision, type CapLimits } from '../domain/acknowledgement-caps.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { Sealer } from '../platform/sealing.ts';
import { bytesContext, recipientContext, type AcknowledgeContext } from './acknowledge.ts';
import type { Timing } from './case-change.ts';
import { mergeHeldLetters, type DigestTransaction } from './merge-letters.ts';
import type { Clock, Mailer, MailSession, Observe, SubmissionOutcome } from './ports.ts';
import { giveUpLetters, recordLetterFates, type FateTransaction } from './letter-fates.ts';
import type { ClaimedLetter, LetterCandidate, LetterOutcome } from './records.ts';

export type SendTransaction = FateTransaction &
  DigestTransaction & {
    letterCandidates(limit: number): Promise<LetterCandidate[]>;
    claimLetters(ids: readonly number[], leaseMs: number): Promise<ClaimedLetter[]>;
    holdLetters(held: readonly { readonly id: number; readonly until: Date }[]): Promise<void>;
    loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
    recoverLetters(): Promise<readonly RecoveredLetter[]>;
  };

export type RecoveredLetter = {
  readonly id: number;
  readonly caseIds: readonly number[];
  readonly became: 'pending' | 'unknown' | 'resend' | 'given-up';
};

/** All in ms. */
export type LetterWaits = {
  /** How long a claimed letter belongs to its sender before `data` is committed. */
  readonly claimLeaseMs: number;
  /** Pause after the first, second ... attempt that was certainly not accepted; the last one repeats. */
  readonly retryMs: readonly [number, ...number[]];
  /**
   * How long an unknown outcome is left alone before the same bytes go out once more. Longer than the wait for the reply to
   * DATA (RFC 5321 4.5.3.2.6: ten minutes).
   */
  readonly resendAfterMs: number;
};

export type SendDependencies = {
  transact<T>(work: (tx: SendTransaction) => Promise<T>): Promise<T>;
  commitData(ids: readonly number[], leaseMs: number): Promise<ReadonlySet<number>>;
  readonly mailer: Mailer;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly acknowledge: AcknowledgeContext;
  readonly caps: CapLimits;
  readonly waits: LetterWaits;
  observe: Observe;
  /** The submission server could not be reached or refused us. */
  onUnreachable(error: unknown): void;
};

const CLAIM = 60;
/** Letters whose outcomes are written together: fewer transactions, and after a crash so many may be repeated once. */
const GROUP = 20;
/** Letters whose `data` is committed together: after a crash so many count as perhaps sent although they were not. */
const HANDFUL = 4;
/** Connections at once; a relay of one's own takes them gladly, a provider allows a few. */
const SESSIONS = 3;

/**
 * Puts letters right whose sender died, before anything new is sent. Claimed: nothing went out, back in line. Data: it may
 * have, so the outcome is unknown; after a pause the same bytes go out once more, and after the second time a person is told.
 */
export async function recoverStuckLetters(dependencies: SendDependencies): Promise<readonly RecoveredLetter[]> {
  return dependencies.transact(async (tx) => {
    const recovered = await tx.recoverLetters();
    await giveUpLetters(
      dependencies,
      tx,
      recovered.filter(({ became }) => became === 'given-up'),
    );
    return recovered;
  });
}

/** Sends everything that is due. Answers how many letters were accepted by the server. */
export async function sendDueLetters(dependencies: SendDependencies, signal: AbortSignal): Promise<number> {
  let sent = 0;
  while (!signal.aborted) {
    const claimed = await claim(dependencies);
    if (claimed.length === 0) return sent;
    sent += await sendClaimed(dependencies, claimed);
  }
  return sent;
}

/** Over a cap a letter is held, and joined with others to the same person when its time comes; never dropped. */
async function claim(dependencies: SendDependencies): Promise<ClaimedLetter[]> {
  dependencies.observe('claim-letter');
  return dependencies.transact(async (tx) => {
    const candidates = await tx.letterCandidates(CLAIM);
    if (candidates.length === 0) return [];
    const now = dependencies.clock.now();
    const { free, held } = judge(dependencies.caps, candidates, now);
    await tx.holdLetters(held);
    const merged = await mergeHeldLetters(dependencies, tx, free, now);
    return tx.claimLetters(merged, dependencies.waits.claimLeaseMs);
  });
}

/** Each letter that is let through counts for those after it. */
function judge(caps: CapLimits, candidates: readonly LetterCandidate[], now: Date) {
  const free: LetterCandidate[] = [];
  const held: { id: number; until: Date }[] = [];
  for (const one of candidates) {
    const decision = capOf(caps, one, free);
    if (decision.kind === 'free') free.push(one);
    else held.push({ id: one.id, until: new Date(now.getTime() + decision.retryAfterMs) });
  }
  return { free, held };
}

function capOf(limits: CapLimits, one: LetterCandidate, before: readonly LetterCandidate[]): CapDecision {
  if (one.resend) return { kind: 'free' }; // counted when it was first submitted
  const sameSender = before.filter(({ recipientKey }) => recipientKey === one.recipientKey).length;
  const sameDomain = before.filter(({ domainKey }) => domainKey === one.domainKey).length;
  return decideCap(
    {
      senderHour: { ...one.senderHour, letters: one.senderHour.letters + sameSender },
      senderDay: { ...one.senderDay, letters: one.senderDay.letters + sameSender },
      domainHour: { ...one.domainHour, letters: one.domainHour.letters + sameDomain },
      allHour: { ...one.allHour, letters: one.allHour.letters + before.length },
      publicDomain: one.publicDomain,
    },
    limits,
  );
}

/** Connects first: everything before `data` can be tried again for ever, everything after it may have arrived. */
async function sendClaimed(dependencies: SendDependencies, claimed: readonly ClaimedLetter[]): Promise<number> {
  const groups = groupsOf(claimed, GROUP);
  const sessions = Math.min(SESSIONS, groups.length);
  const sent = await Promise.all(Array.from({ length: sessions }, () => sendGroups(dependencies, groups)));
  return sent.reduce((sum, count) => sum + count, 0);
}

/** One connection, which takes the next group whenever it is done with one. */
async function sendGroups(dependencies: SendDependencies, groups: ClaimedLetter[][]): Promise<number> {
  const first = groups.shift();
  if (first === undefined) return 0;
  dependencies.observe('connect');
  let session: MailSession;
  try {
    session = await dependencies.mailer.connect();
  } catch (error) {
    dependencies.onUnreachable(error);
    const unsent = [first, ...groups.splice(0)].flat();
    await record(
      dependencies,
      unsent,
      unsent.map((letter) => later(dependencies, letter, null)),
    );
    return 0;
  }
  try {
    let sent = 0;
    for (let group: ClaimedLetter[] | undefined = first; group !== undefined; group = groups.shift()) {
      sent += await submitGroup(dependencies, session, group);
    }
    return sent;
  } finally {
    await session.close();
  }
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

async function submitGroup(
  dependencies: SendDependencies,
  session: MailSession,
  group: readonly ClaimedLetter[],
): Promise<number> {
  const outcomes: LetterOutcome[] = [];
  for (const handful of groupsOf(group, HANDFUL))
    outcomes.push(...(await submitHandful(dependencies, session, handful)));
  await record(dependencies, group, outcomes);
  return outcomes.filter(({ state }) => state === 'sent').length;
}

async function submitHandful(
  dependencies: SendDependencies,
  session: MailSession,
  handful: readonly ClaimedLetter[],
): Promise<LetterOutcome[]> {
  const { observe, clock } = dependencies;
  const { resendAfterMs } = dependencies.waits;
  observe('commit-data');
  const ours = await dependencies.commitData(
    handful.map(({ id }) => id),
    resendAfterMs,
  );
  // Past this nobody may begin a submission: the lease could end in the middle of it and somebody else repeat it.
  const latestStart = clock.now().getTime() + resendAfterMs / 3;
  const outcomes: LetterOutcome[] = [];
  for (const letter of handful.filter(({ id }) => ours.has(id))) {
    const inTime = clock.now().getTime() < latestStart;
    outcomes.push(inTime ? await submitOne(dependencies, session, letter) : later(dependencies, letter, null));
  }
  return outcomes;
}

async function submitOne(
  dependencies: SendDependencies,
  session: MailSession,
  letter: ClaimedLetter,
): Promise<LetterOutcome> {
  const { observe, sealer } = dependencies;
  observe('submit');
  const outcome = await session.submit({
    envelopeFrom: letter.envelopeFrom,
    recipient: sealer.unseal(letter.recipientSealed, recipientContext(letter.id)).toString('utf8'),
    bytes: sealer.unseal(letter.bytesSealed, bytesContext(letter.id)),
  });
  observe('submitted');
  return toOutcome(dependencies, letter, outcome);
}

async function record(
  dependencies: SendDependencies,
  letters: readonly ClaimedLetter[],
  outcomes: readonly LetterOutcome[],
): Promise<void> {
  dependencies.observe('mark-sent');
  await dependencies.transact((tx) => recordLetterFates(dependencies, tx, letters, outcomes));
}

function toOutcome(dependencies: SendDependencies, letter: ClaimedLetter, outcome: SubmissionOutcome): LetterOutcome {
  switch (outcome.kind) {
    case 'accepted':
      return { id: letter.id, state: 'sent', retryAt: null, smtpCode: outcome.code, giveBack: false };
    case 'refused':
      if (outcome.permanent)
        return { id: letter.id, state: 'failed', retryAt: null, smtpCode: outcome.code, giveBack: true };
      return later(dependencies, letter, outcome.code);
    case 'not-started':
      return later(dependencies, letter, null);
    case 'unknown':
      // Never at once: the other side may still be working on it. See recoverLetters.
      return {
        id: letter.id,
        state: 'unknown',
        retryAt: new Date(dependencies.clock.now().getTime() + dependencies.waits.resendAfterMs),
        smtpCode: null,
        giveBack: false,
      };
  }
}

function later({ clock, waits }: SendDependencies, letter: ClaimedLetter, smtpCode: number | null): LetterOutcome {
  const wait = waits.retryMs[Math.min(letter.attempts, waits.retryMs.length) - 1] ?? waits.retryMs[0];
  return { id: letter.id, state: 'pending', retryAt: new Date(clock.now().getTime() + wait), smtpCode, giveBack: true };
}
