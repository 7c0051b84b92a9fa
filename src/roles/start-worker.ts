import { openHouse } from '../compose.ts';
import { Fault } from '../platform/fault.ts';
import { createLogger } from '../platform/logger.ts';
import { readConfig } from '../platform/read-config.ts';
import { closeOnSignals, createShutdown } from '../platform/shutdown.ts';
import { startApi } from './api-role.ts';
import { ROLES, runRoles } from './run-roles.ts';

/** What may run as a process of its own, on any number of machines. */
export const PROCESSES = ['api', ...ROLES] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** Who looks at the rules of classification; the others need clocks and letters only. */
const CLASSIFIES: Readonly<Record<ProcessName, boolean>> = {
  api: true,
  mailbox: false,
  transcripts: false,
  triage: true,
  letters: false,
  escalation: false,
};

/** One worker as a process of its own. Needs real mail servers: a sandbox lives inside `npm start` only. */
export async function startWorker(role: ProcessName): Promise<void> {
  const config = readConfig();
  if (role === 'mailbox' && config.imapUrls.length === 0)
    throw new Fault('config.invalid', 'IMAP_URL is not set: there is no mailbox to watch.');
  if (role === 'letters' && config.smtpUrl === null)
    throw new Fault('config.invalid', 'SMTP_URL is not set: there is nowhere to send letters.');
  const log = createLogger({ level: config.logLevel, name: role });
  const shutdown = createShutdown(log);
  closeOnSignals(shutdown, log);
  const house = await openHouse(config, { log, shutdown, connections: 6, classifies: CLASSIFIES[role] });
  const running = await runRoles(house, role === 'api' ? [] : [role]);
  if (role === 'api') await startApi(house, running);
  log.info({ role }, 'worker is ready');
}
