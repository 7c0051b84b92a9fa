import { createCaseDesk } from './case-change.ts';
import { SYSTEM } from './open-case.ts';
import type { JournalEntry } from './records.ts';
import { settleTranscript, settleUnreadable, type ReadTranscript, type Unreadable } from './settle-call.ts';
import { settleMail, type ReadMail } from './settle-mail.ts';
import type { SettleContext, SettleTransaction, Settling } from './settle-port.ts';

/** A claimed item after reading. */
export type ReadItem =
  | ({ readonly kind: 'mail' } & ReadMail)
  | ({ readonly kind: 'transcript' } & ReadTranscript)
  | ({ readonly kind: 'unreadable' } & Unreadable);

/**
 * Gives each item its one disposition, in one transaction: texts, case, verdict, letter, tasks and journal, or none of it.
 * Items that another worker settled meanwhile are left alone, so doing it twice changes nothing.
 */
export async function settleItems(context: SettleContext, items: readonly ReadItem[]): Promise<{ letters: number }> {
  context.observe('settle');
  const result = await context.transact(async (tx) => {
    const waiting = await tx.lockUnsettled(items.map(({ claimed }) => claimed.itemId));
    const open = items.filter(({ claimed }) => waiting.has(claimed.itemId));
    if (open.length === 0) return { letters: 0 };
    const settling = await gather(context, tx, open);
    for (const item of open) await settleOne(context, settling, item);
    await write(settling);
    return { letters: settling.letters.length };
  });
  context.observe('settled');
  return result;
}

async function settleOne(context: SettleContext, settling: Settling, item: ReadItem): Promise<void> {
  switch (item.kind) {
    case 'mail':
      return settleMail(context, settling, item);
    case 'transcript':
      return settleTranscript(settling, item);
    case 'unreadable':
      return settleUnreadable(context, settling, item);
  }
}

/** Reads everything the decisions need. Arrivals that could be the same mail wait for each other here. */
async function gather(context: SettleContext, tx: SettleTransaction, items: readonly ReadItem[]): Promise<Settling> {
  const mails = items.flatMap((item) => (item.kind === 'mail' ? [item.mail] : []));
  const messageIds = mails.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
  const contents = mails.map(({ contentSha256 }) => contentSha256);
  const callRefs = items.flatMap((item) =>
    item.kind === 'transcript' && item.transcript.callId !== null ? [item.transcript.callId] : [],
  );
  await tx.lockArrivals([
    ...messageIds.map((id) => `message ${id}`),
    ...contents.map((hash) => `content ${hash}`),
    ...callRefs.map((ref) => `call ${ref}`),
  ]);
  const earlier =
    mails.length === 0
      ? []
      : await tx.findEarlier(
          messageIds,
          contents.map((hash) => Buffer.from(hash, 'hex')),
        );
  const letterIds = items.flatMap((item) => (item.kind === 'mail' ? item.letterIds : []));
  const letterRefs = letterIds.length === 0 ? [] : await tx.findLetters(letterIds);
  const events = await tx.loadCaseEvents([
    ...items.map(({ claimed }) => claimed.caseId),
    ...letterRefs.map(({ caseId }) => caseId),
  ]);
  return {
    tx,
    now: context.clock.now(),
    desk: createCaseDesk(context.timing, events),
    earlier,
    letterRefs,
    callCases: new Map(callRefs.length === 0 ? [] : await tx.findCallCases(callRefs)),
    letterIds: mails.length === 0 ? [] : await tx.nextIds('letters', mails.length),
    settled: [],
    verdicts: [],
    letters: [],
    codes: [],
    tasks: [],
    deliveries: [],
    journal: [],
  };
}

async function write(settling: Settling): Promise<void> {
  const { tx, desk } = settling;
  const changes = desk.changes();
  await tx.writeCases(changes);
  await tx.settleItems(settling.settled);
  await tx.insertVerdicts(settling.verdicts);
  await tx.insertLetters(settling.letters);
  await tx.writeLookupCodes(settling.codes);
  for (const { letterId, delivery } of settling.deliveries) await tx.recordDelivery(letterId, delivery);
  await tx.openTasks(settling.tasks);
  await tx.appendJournal([...settling.settled.map(settledEntry), ...changes.flatMap(({ journal }) => journal)]);
}

function settledEntry(item: Settling['settled'][number]): JournalEntry {
  const { itemId, disposition, caseId, sameAs, automatic, flags, ackReason } = item;
  return {
    actor: SYSTEM.userId,
    kind: 'item.settled',
    itemId,
    ...(caseId === null ? {} : { caseId }),
    data: { disposition, sameAs, automatic, flags, acknowledgement: ackReason },
  };
}
