// The real letters worker, started to be killed: the same parts as workers/letters, looking for work without a pause and
// with waits of seconds where the office has minutes.
import { setTimeout as sleep } from 'node:timers/promises';
import { openHouse } from '../../dist/src/compose.js';
import { loadConfig } from '../../dist/src/platform/config.js';
import { createLogger } from '../../dist/src/platform/logger.js';
import { closeOnSignals, createShutdown } from '../../dist/src/platform/shutdown.js';
import { letterDependencies, sweepLetters } from '../../dist/src/roles/letters-role.js';
import { openMailServers } from '../../dist/src/roles/mail-servers.js';
import { receiveOrders } from './kill-orders.mjs';

const { environment, observe } = await receiveOrders();
const { config } = loadConfig(environment, () => '');
const log = createLogger({ level: config.logLevel, name: 'letters' });
const shutdown = createShutdown(log);
closeOnSignals(shutdown, log);
const house = await openHouse(config, { log, shutdown, connections: 3, classifies: false, observe });
const { mailer } = await openMailServers(house);
const dependencies = letterDependencies(house, mailer, JSON.parse(environment.LETTER_WAITS));
const sending = sendUntilClosed();
shutdown.add('letters', () => sending);

async function sendUntilClosed() {
  while (!shutdown.signal.aborted) {
    await sweepLetters(house, dependencies);
    await sleep(20);
  }
}
