import { openHouse, type House } from '../compose.ts';
import type { Config } from '../platform/config.ts';
import { createLogger } from '../platform/logger.ts';
import { readConfig } from '../platform/read-config.ts';
import { createShutdown } from '../platform/shutdown.ts';

/** Opens the house for one command and closes it whatever happens: with an embedded database that runs already, beside it. */
export async function withHouse<T>(
  name: string,
  act: (house: House) => Promise<T>,
  config: Config = readConfig(),
): Promise<T> {
  const log = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, name });
  const shutdown = createShutdown(log);
  process.once('SIGINT', () => void shutdown.close().then(() => process.exit(130)));
  try {
    return await act(await openHouse(config, { log, shutdown, connections: 5 }));
  } finally {
    await shutdown.close();
  }
}
