import {
  recoverStuckLetters,
  sendDueLetters,
  type LetterWaits,
  type SendDependencies,
} from '../casework/send-letters.ts';
import type { Mailer } from '../casework/ports.ts';
import type { House } from '../compose.ts';
import { systemClock } from '../platform/clock.ts';
import { Fault } from '../platform/fault.ts';
import { dropOldAnswers } from '../store/call-drafts.ts';
import { commitData, wipeSentLetters } from '../store/letters.ts';

const MINUTE_MS = 60_000;
const USUAL_WAITS: LetterWaits = {
  claimLeaseMs: 5 * MINUTE_MS,
  // RFC 5321 4.5.4.1 wants at least 30 minutes in general; greylisting servers want at least five.
  retryMs: [5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS, 120 * MINUTE_MS],
  resendAfterMs: 15 * MINUTE_MS,
};
const WIPE_HOURS = 72;

export function letterDependencies(house: House, mailer: Mailer, waits: LetterWaits = USUAL_WAITS): SendDependencies {
  return {
    transact: house.store.send,
    commitData: (ids, leaseMs) => commitData(house.database.db, ids, leaseMs),
    mailer,
    timing: house.timing,
    clock: systemClock,
    sealer: house.sealer,
    acknowledge: house.acknowledge,
    caps: { perHour: house.config.ackPerHour },
    waits,
    observe: house.observe,
    onUnreachable: (error) => {
      house.metrics.faults.inc({ code: error instanceof Fault ? error.code : 'internal' });
      house.log.warn({ err: error }, 'letters could not be handed over');
    },
  };
}

export async function runLetters(house: House, dependencies: SendDependencies): Promise<void> {
  const sent = await sendDueLetters(dependencies, house.shutdown.signal);
  if (sent > 0) house.metrics.letters.inc({ outcome: 'sent' }, sent);
}

/** What crashes left behind, then everything that is due, then the codes and answers that nobody needs any more. */
export async function sweepLetters(house: House, dependencies: SendDependencies): Promise<void> {
  const recovered = await recoverStuckLetters(dependencies);
  if (recovered.length > 0)
    house.log.warn({ recovered: recovered.length }, 'letters of a stopped sender were recovered');
  await runLetters(house, dependencies);
  await wipeSentLetters(house.database.db, WIPE_HOURS);
  await dropOldAnswers(house.database.db);
}
