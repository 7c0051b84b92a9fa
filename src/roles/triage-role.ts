import { join } from 'node:path';
import { readWaitingItems, type ReadItemsDependencies } from '../casework/read-items.ts';
import type { WakeUps } from '../casework/ports.ts';
import { rawContext } from '../casework/receive.ts';
import { seekLinks } from '../casework/seek-links.ts';
import type { SettleContext } from '../casework/settle-port.ts';
import type { House } from '../compose.ts';
import { createReaderPool, type ReaderPool } from '../intake/reader-pool.ts';
import { systemClock } from '../platform/clock.ts';
import { Fault } from '../platform/fault.ts';
import { projectRoot } from '../platform/project-root.ts';
import { ownedMailDomain } from '../rules/deny.ts';
import { nameSchools } from '../rules/name-schools.ts';
import { claimItems, countReadFailure, postponeItem } from '../store/intake-items.ts';
import { readSealedChunks } from '../store/raw-messages.ts';

/** Reading processes: one warm, a second while the first is busy with something long. */
export function openReaderPool(house: House): ReaderPool {
  const pool = createReaderPool({
    childPath: join(projectRoot(), 'dist/src/intake/reader-child.js'),
    rules: () => house.rules.current().files,
    context: { ownAddresses: house.ownAddresses, ownDomains: house.ownDomains, authservId: house.config.authservId },
    maxChildren: 2,
  });
  house.rules.onTake(() => pool.reload());
  house.shutdown.add('readers', () => pool.close());
  return pool;
}

export function triageDependencies(
  house: House,
  parts: {
    readonly reader: ReaderPool;
    readonly wakeUps: Pick<WakeUps, 'letters'>;
  },
): ReadItemsDependencies {
  const { db } = house.database;
  const settle: SettleContext = {
    transact: house.store.settle,
    timing: house.timing,
    clock: systemClock,
    sealer: house.sealer,
    acknowledge: house.acknowledge,
    ownAddresses: house.ownAddresses,
    ownDomains: house.ownDomains,
    ownedByUnit: (mailDomain) => ownedMailDomain(house.rules.current().rules, mailDomain),
    observe: house.observe,
  };
  return {
    settle,
    reader: parts.reader,
    tokenKey: house.tokenKey,
    claimItems: (limit, leaseMs) => claimItems(db, limit, leaseMs),
    readRaws: (rawIds) => readRaws(house, rawIds),
    countReadFailure: (itemId, retryAfterMs) => countReadFailure(db, itemId, retryAfterMs),
    postponeItem: (itemId, retryAfterMs) => postponeItem(db, itemId, retryAfterMs),
    wakeLetters: parts.wakeUps.letters,
    observe: house.observe,
  };
}

type Opened = Pick<House, 'database' | 'sealer' | 'log'>;

/** The bytes as they were fetched. */
export async function readRaw(house: Opened, rawId: number): Promise<Buffer> {
  const bytes = (await readRaws(house, [rawId])).get(rawId);
  if (bytes === undefined) throw new Fault('not-found', 'a raw message has no bytes', { details: { rawId } });
  return bytes;
}

async function readRaws(
  { database, sealer, log }: Opened,
  rawIds: readonly number[],
): Promise<ReadonlyMap<number, Buffer>> {
  const stored = await readSealedChunks(database.db, rawIds);
  const opened = new Map<number, Buffer>();
  for (const [rawId, { ownerId, pieces }] of stored) {
    try {
      opened.set(rawId, Buffer.concat(pieces.map((piece, n) => sealer.unseal(piece, rawContext(ownerId, n)))));
    } catch (error) {
      // Damaged on disk: the item goes to a person, and no other item waits for it.
      log.error({ err: error, rawId }, 'stored bytes do not open any more');
    }
  }
  return opened;
}

/** Looks for cases that may belong to those that are new. They are on the clock already: a failure here only comes again. */
export async function runLinkSearch(house: House): Promise<void> {
  const { sealer, store } = house;
  const schoolsOf = (text: string): readonly string[] =>
    nameSchools(house.rules.current().rules, { channel: 'email', text });
  await seekLinks({ transact: store.links, sealer, schoolsOf }, house.shutdown.signal);
}

/** One pass over everything that waits. May run several times at once: claims are exclusive. */
export async function runTriage(house: House, dependencies: ReadItemsDependencies): Promise<void> {
  const settled = await readWaitingItems(dependencies, house.shutdown.signal);
  if (settled > 0) house.log.info({ settled }, 'items settled');
}
