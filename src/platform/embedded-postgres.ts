import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from './logger.ts';
import {
  ADMIN_ROLE,
  APPLICATION_ROLE,
  createClusterOnce,
  readAccess,
  type PostgresAccess,
  type PostgresPlace,
} from './postgres-cluster.ts';
import { preparePlace, type PlaceOptions } from './postgres-place.ts';
import { findServer, signalServer, stopServer, type RunningServer } from './postgres-server.ts';
import { ensureServer, watchServer } from './postgres-supervision.ts';
import { withProcessLock } from './process-lock.ts';
import { enterRegister, liveEntries } from './process-register.ts';

export type EmbeddedPostgres = {
  /** Logs in as the application: owner of the database `shouli`, neither superuser nor BYPASSRLS. */
  readonly url: string;
  /** Logs in as superuser, for tests and backups. Never for the service itself. */
  readonly adminUrl: string;
  /** true: the server was already running, started by another process or left over from a killed one. */
  readonly adopted: boolean;
  /** Stops the server unless another living process uses it. */
  close(): Promise<void>;
};

/**
 * The PostgreSQL that comes with the product, on a folder of its own. Any number of processes of one machine may open
 * it: the first starts it, the others attach, the last to close stops it. A kill -9 of any of them, of all of them or
 * of the server itself leaves nothing that the next open cannot take over. A server that dies is started again.
 */
export async function openEmbeddedPostgres(
  options: PlaceOptions & { readonly log: Logger },
): Promise<EmbeddedPostgres> {
  const { log } = options;
  const place = await preparePlace(options);
  return withProcessLock(place.lock, async () => {
    await createClusterOnce(place);
    const access = await readAccess(place);
    const users = join(place.folder, 'users');
    const ensure = () => ensureServer(place, access, liveEntries(users).length > 1, log);

    const entry = enterRegister(users);
    const leave = (): RunningServer | null => {
      rmSync(join(users, entry), { force: true });
      return liveEntries(users).length === 0 ? findServer(place) : null;
    };
    const onExit = (): void => {
      const unused = leave();
      if (unused !== null) signalServer(unused.pid);
    };
    process.on('exit', onExit); // process.exit() without close(): leave no server behind that nobody uses

    const { server, adopted } = await ensure().catch((error: unknown) => {
      process.off('exit', onExit);
      leave(); // a server that refuses us is not ours to stop
      throw error;
    });
    log.info({ adopted, port: server.port, serverPid: server.pid }, 'embedded database is ready');
    const restart = () => withProcessLock(place.lock, ensure);
    const stopWatching = watchServer(() => findServer(place) !== null, restart, log);
    return {
      ...urls(access, server),
      adopted,
      close: async () => {
        await stopWatching();
        process.off('exit', onExit);
        await withProcessLock(place.lock, () => stopUnused(place, leave()));
      },
    };
  });
}

async function stopUnused(place: PostgresPlace, unused: RunningServer | null): Promise<void> {
  if (unused !== null) await stopServer(place, unused.pid);
}

/** Both passwords are hexadecimal: nothing to encode. */
function urls(access: PostgresAccess, server: RunningServer): { readonly url: string; readonly adminUrl: string } {
  const host = `127.0.0.1:${String(server.port)}`;
  return {
    url: `postgres://${APPLICATION_ROLE}:${access.password}@${host}/${APPLICATION_ROLE}`,
    adminUrl: `postgres://${ADMIN_ROLE}:${access.adminPassword}@${host}/postgres`,
  };
}
