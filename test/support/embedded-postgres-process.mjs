// A process that uses the embedded database of the folder in argv[2], as `npm start` and `npm run import` do. It prints
// one line of JSON when the database is open, and ends on a signal, on "close" (in order) or on "exit" (without closing).
import { createInterface } from 'node:readline';
import { openEmbeddedPostgres } from '../../dist/src/platform/embedded-postgres.js';
import { createLogger } from '../../dist/src/platform/logger.js';
import { closeOnSignals, createShutdown } from '../../dist/src/platform/shutdown.js';

const [, , dataDir, embeddedPostgresDir] = process.argv;
const log = createLogger({ level: 'warn', name: 'test' });
const shutdown = createShutdown(log);
closeOnSignals(shutdown, log);

const database = await openEmbeddedPostgres({ dataDir, embeddedPostgresDir, log });
shutdown.add('database', database.close);
process.stdout.write(`${JSON.stringify({ ...database, pid: process.pid })}\n`);

for await (const command of createInterface({ input: process.stdin })) {
  if (command === 'close') await shutdown.close().then(() => process.exit(0));
  if (command === 'exit') process.exit(3);
}
