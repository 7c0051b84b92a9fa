import { openHouse, type House } from '../../src/compose.ts';
import { loadConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createShutdown } from '../../src/platform/shutdown.ts';
import { installShippedRules } from '../../src/roles/follow-rules.ts';
import { openReaderPool, runTriage, triageDependencies } from '../../src/roles/triage-role.ts';
import type { Dovecot } from './dovecot.ts';
import { OFFICE_ADDRESS } from './kill-mails.ts';
import type { Environment } from './kill-worker.ts';

/** What every process of one test is told; more is added where a test needs it. */
export function baseEnvironment(databaseUrl: string): Environment {
  return {
    DATABASE_URL: databaseUrl,
    OFFICE_ADDRESS,
    DATA_KEY: Buffer.alloc(32, 7).toString('base64'),
    POLL_SECONDS: '1',
    ACK_PER_HOUR: '10000',
    LOG_LEVEL: 'silent',
  };
}

export function imapUrl({ user, password, host, port }: Dovecot): string {
  return `imap://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`;
}

/** The house in the process of the test, for what is not to be killed: preparing, reading, checking. */
export async function openTestHouse(environment: Environment): Promise<{ house: House; close(): Promise<void> }> {
  const loaded = loadConfig(environment, () => '');
  if (loaded.kind === 'invalid') throw new Error(loaded.problems.map(({ problem }) => problem).join('; '));
  const log = createLogger({ level: loaded.config.logLevel, name: 'test' });
  const shutdown = createShutdown(log);
  const house = await openHouse(loaded.config, { log, shutdown, connections: 12 });
  await installShippedRules(house); // what is in force already, the processes need not compile
  return { house, close: () => shutdown.close() };
}

/** Reads and settles everything that waits, with the real reading processes and rules. */
export async function settleEverything(house: House): Promise<void> {
  const dependencies = triageDependencies(house, {
    reader: openReaderPool(house),
    wakeUps: { letters: () => undefined },
  });
  await runTriage(house, dependencies);
}
