// The real mailbox worker, started to be killed: the same parts as workers/mailbox, without a queue to tell.
import { openHouse } from '../../dist/src/compose.js';
import { loadConfig } from '../../dist/src/platform/config.js';
import { createLogger } from '../../dist/src/platform/logger.js';
import { closeOnSignals, createShutdown } from '../../dist/src/platform/shutdown.js';
import { openMailServers } from '../../dist/src/roles/mail-servers.js';
import { watchMailbox } from '../../dist/src/roles/mailbox-role.js';
import { receiveOrders } from './kill-orders.mjs';

const { environment, observe } = await receiveOrders();
const { config } = loadConfig(environment, () => '');
const log = createLogger({ level: config.logLevel, name: 'mailbox' });
const shutdown = createShutdown(log);
closeOnSignals(shutdown, log);
const house = await openHouse(config, { log, shutdown, connections: 3, classifies: false, observe });
const { mailboxes } = await openMailServers(house);
const watching = Promise.all(mailboxes.map((source) => watchMailbox(house, source, { triage: () => undefined })));
shutdown.add('mailbox', () => watching);
