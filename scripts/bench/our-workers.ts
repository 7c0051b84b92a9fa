import { setTimeout as sleep } from 'node:timers/promises';
import { openHouse } from '../../src/compose.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { readConfig } from '../../src/platform/read-config.ts';
import { closeOnSignals, createShutdown } from '../../src/platform/shutdown.ts';
import { watchMailbox } from '../../src/roles/mailbox-role.ts';
import { ROLES, runRoles } from '../../src/roles/run-roles.ts';

/** Every worker in one process, as `npm start` runs them; the mailbox last, so that what is measured is work and not the start. */
const config = readConfig();
const log = createLogger({ level: config.logLevel, name: 'bench' });
const shutdown = createShutdown(log);
closeOnSignals(shutdown, log);
const house = await openHouse(config, { log, shutdown, connections: 12 });
const others = ROLES.filter((role) => role !== 'mailbox');
const running = await runRoles(house, others);
const [mailbox] = running.servers.mailboxes;
if (mailbox === undefined) throw new Error('IMAP_URL is not set');
await sleep(3_000); // the reading process loads its rules
process.stdout.write(`started ${Date.now()}\n`);
void watchMailbox(house, mailbox, running.queue.wakeUps);
