import type { House } from '../compose.ts';
import { systemClock } from '../platform/clock.ts';
import { Fault } from '../platform/fault.ts';
import { armingLoop } from '../queue/arming.ts';
import { openQueue, type QueueBackend } from '../queue/backend.ts';
import { startLoop, type Loop } from '../queue/sweep-loop.ts';
import type { ReaderPool } from '../intake/reader-pool.ts';
import { dueSoon } from '../store/deadlines.ts';
import { createEscalation, escalationDependencies } from './escalation-role.ts';
import { followRules } from './follow-rules.ts';
import { letterDependencies, runLetters, sweepLetters } from './letters-role.ts';
import { openMailServers, type MailServers } from './mail-servers.ts';
import { watchMailbox } from './mailbox-role.ts';
import { startShadow } from './shadow-rules.ts';
import { createTranscriptWatch } from './transcripts-role.ts';
import { openReaderPool, runLinkSearch, runTriage, triageDependencies } from './triage-role.ts';

export const ROLES = ['mailbox', 'transcripts', 'triage', 'letters', 'escalation'] as const;
export type RoleName = (typeof ROLES)[number];

export type RunningRoles = {
  readonly queue: QueueBackend;
  readonly servers: MailServers;
  /** null: this process reads nothing. */
  readonly reader: ReaderPool | null;
};

/** Beside every hint runs a plain timer: with no queue at all the work is only later, never undone. */
const EVERY_MS = { triage: 10_000, letters: 10_000, escalation: 30_000, plans: 30_000, transcripts: 5_000 } as const;

/** What rings while a transaction is under way is taken by the next one: so many at most. */
const RINGING_TOGETHER = 50;

/** Starts the given roles in this process. They stop with the shutdown, each after the step it is in. */
export async function runRoles(house: House, roles: readonly RoleName[]): Promise<RunningRoles> {
  const { shutdown } = house;
  // Opened in this order so that they close in the reverse: first no new work, last what the running work uses.
  const servers = await openMailServers(house, roles.includes('mailbox') && roles.includes('letters'));
  await followRules(house);
  const reader = roles.includes('triage') ? openReaderPool(house) : null;
  const queue = await openQueue({
    redisUrl: house.config.redisUrl,
    databaseUrl: house.databaseUrl,
    instance: `shouli-${house.instance.slice(0, 8)}`,
    log: house.log,
  });
  shutdown.add('queue', () => queue.close());
  const running = { queue, servers, reader };
  const starters: Readonly<Record<RoleName, () => Promise<readonly Promise<void>[]>>> = {
    mailbox: () => Promise.resolve(servers.mailboxes.map((source) => watchMailbox(house, source, queue.wakeUps))),
    transcripts: () => startTranscripts(house, queue),
    triage: () => (reader === null ? Promise.resolve([]) : startTriage(house, running, reader)),
    letters: () => startLetters(house, running),
    escalation: () => startEscalation(house, queue),
  };
  const loops: Promise<void>[] = [];
  for (const role of roles) loops.push(...(await starters[role]()));
  // Before anything they use is closed: they were told to stop by the signal, here their last step ends.
  shutdown.add('roles', () => Promise.all(loops).then(() => undefined));
  return running;
}

function every(house: House, name: keyof typeof EVERY_MS, run: () => Promise<void>): Loop {
  return startLoop({
    everyMs: EVERY_MS[name],
    run,
    signal: house.shutdown.signal,
    onError: (error) => house.log.error({ err: error, role: name }, 'a pass failed and will be tried again'),
  });
}

function startTranscripts(house: House, queue: QueueBackend): Promise<readonly Promise<void>[]> {
  const folder = house.config.transcriptsDir;
  if (folder === null) return Promise.resolve([]);
  return Promise.resolve([every(house, 'transcripts', createTranscriptWatch(house, folder, queue.wakeUps)).done]);
}

async function startTriage(
  house: House,
  { queue }: RunningRoles,
  reader: ReaderPool,
): Promise<readonly Promise<void>[]> {
  const dependencies = triageDependencies(house, {
    reader,
    wakeUps: queue.wakeUps,
  });
  const run = async (): Promise<void> => {
    await runTriage(house, dependencies);
    await runLinkSearch(house);
  };
  // Several at once: while one waits for a mail that takes its twenty seconds, the others go on.
  await queue.startConsumer('triage', run, { concurrency: 3 });
  return [every(house, 'triage', run).done, startShadow(house).done];
}

async function startLetters(house: House, { queue, servers }: RunningRoles): Promise<readonly Promise<void>[]> {
  if (servers.mailer === null)
    throw new Fault('config.invalid', 'SMTP_URL is not set: there is nowhere to send letters.');
  const dependencies = letterDependencies(house, servers.mailer);
  await queue.startConsumer('letters', () => runLetters(house, dependencies), { concurrency: 1 });
  return [every(house, 'letters', () => sweepLetters(house, dependencies)).done];
}

async function startEscalation(house: House, queue: QueueBackend): Promise<readonly Promise<void>[]> {
  const escalation = createEscalation(house, escalationDependencies(house, queue.wakeUps));
  await queue.startConsumer('deadlines', ({ deadlineId }) => escalation.ring(deadlineId), {
    concurrency: RINGING_TOGETHER,
  });
  const arming = armingLoop({
    dueSoon: (horizonMs, limit) => dueSoon(house.database.db, horizonMs, limit),
    queue,
    clock: systemClock,
    onRearmed: (count) => house.metrics.timersRearmed.inc(count),
    onError: (error) => house.log.warn({ err: error }, 'alarms could not be set, the sweeper carries on'),
    signal: house.shutdown.signal,
  });
  return [every(house, 'escalation', escalation.sweep).done, every(house, 'plans', escalation.plan).done, arming.done];
}
