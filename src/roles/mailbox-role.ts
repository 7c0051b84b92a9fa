import type { House } from '../compose.ts';
import { pollFolder, type PollDependencies } from '../casework/poll-mailbox.ts';
import type { Mailbox, WakeUps } from '../casework/ports.ts';
import { receiveMails } from '../casework/receive.ts';
import { afterFailure, NO_FAILURES, type BackOff } from '../mailbox/back-off.ts';
import { Fault } from '../platform/fault.ts';
import { createFolderStore, noteTrouble } from '../store/mail-folders.ts';
import { receiveDependencies } from './receiving.ts';

/** A mailbox of the configuration: its name is known before anybody connects. */
export type MailboxSource = { readonly name: string; connect(): Promise<Mailbox> };

/** Watches one mailbox until the process ends: a poll at every change, and one every `pollSeconds` whatever happens. */
export async function watchMailbox(
  house: House,
  source: MailboxSource,
  wakeUps: Pick<WakeUps, 'triage'>,
): Promise<void> {
  const { signal } = house.shutdown;
  const folders = createFolderStore(house.database);
  const dependencies: PollDependencies = {
    folders,
    receive: (mails) => receiveMails(receiveDependencies(house), mails),
    wakeTriage: wakeUps.triage,
    observe: house.observe,
  };
  let backOff = NO_FAILURES;
  while (!signal.aborted) {
    const lock = await lockOrNull(house, () => folders.lockMailbox(source.name));
    if (lock === null) {
      await pause(house.config.pollSeconds * 1000, signal); // another process has it, or the database is away
      continue;
    }
    try {
      await watchConnected(house, source, dependencies, lock.lost, () => (backOff = NO_FAILURES));
    } catch (error) {
      backOff = await afterTrouble(house, source.name, error, backOff);
    } finally {
      await lock.release().catch(() => undefined); // its connection died with what broke
    }
  }
}

async function lockOrNull<T>(house: House, lock: () => Promise<T | null>): Promise<T | null> {
  try {
    return await lock();
  } catch (error) {
    house.log.warn({ err: error }, 'the mailbox lock could not be taken');
    return null;
  }
}

/** `onRound` after every whole round: only that proves that the server is there, a mere login does not. */
async function watchConnected(
  house: House,
  source: MailboxSource,
  dependencies: PollDependencies,
  lockLost: Promise<void>,
  onRound: () => void,
): Promise<void> {
  const { signal } = house.shutdown;
  const pollMs = house.config.pollSeconds * 1000;
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  void lockLost.then(() => stop.abort());
  const mailbox = await source.connect();
  try {
    const watched = await mailbox.folders();
    const [inbox, ...others] = watched;
    if (inbox === undefined) throw new Fault('imap.protocol', 'The mailbox has no INBOX.');
    let othersAt = 0;
    while (!stopped.aborted) {
      // The folder that is waited on comes last, so that IDLE tells of everything that its listing did not see.
      if (Date.now() - othersAt >= pollMs) {
        for (const folder of others) await poll(house, dependencies, mailbox, folder, stopped);
        othersAt = Date.now();
      }
      await poll(house, dependencies, mailbox, inbox, stopped);
      onRound();
      await mailbox.waitForChange(pollMs, stopped);
    }
  } finally {
    await mailbox.close();
  }
}

async function poll(
  house: House,
  dependencies: PollDependencies,
  mailbox: Mailbox,
  folder: { readonly path: string; readonly spam: boolean },
  signal: AbortSignal,
): Promise<void> {
  const report = await pollFolder(dependencies, mailbox, folder, signal);
  house.metrics.lastPoll.set({ mailbox: folder.spam ? 'spam' : 'inbox' }, Date.now() / 1000);
  if (report.taken + report.missing + report.damaged > 0) house.log.info(report, 'mailbox polled');
}

async function afterTrouble(house: House, name: string, error: unknown, backOff: BackOff): Promise<BackOff> {
  const code = error instanceof Fault ? error.code : 'internal';
  house.metrics.faults.inc({ code });
  const next = afterFailure(backOff, code === 'imap.refused-login' ? 'refused-login' : 'other', Math.random());
  house.log[next.alarm ? 'error' : 'warn']({ err: error, delayMs: next.delayMs }, 'the mailbox could not be read');
  await noteTrouble(house.database.db, name, code).catch(() => undefined); // the database may be what is broken
  await pause(next.delayMs, house.shutdown.signal);
  return next.state;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
