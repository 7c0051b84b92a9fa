import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { Fault } from './fault.ts';
import type { Logger } from './logger.ts';
import { ADMIN_ROLE, type PostgresAccess, type PostgresPlace } from './postgres-cluster.ts';
import {
  DURABLE_SETTINGS,
  findServer,
  freePort,
  startServer,
  stopServer,
  type RunningServer,
} from './postgres-server.ts';

/** Recovery after a power cut may take a while; a server that will not even start is given up sooner. */
const RECOVERY_LIMIT_MS = 120_000;
const START_LIMIT_MS = 15_000;
const ANSWER_LIMIT_MS = 5_000;
const WATCH_MS = 1_000;
const RETRY_MS = 50;

/**
 * A server that answers: the running one (`adopted`), or a new one. The caller holds the place's lock. A running one
 * that does not answer is started again, unless it is `shared`: then the trouble may be ours alone.
 */
export async function ensureServer(
  place: PostgresPlace,
  access: PostgresAccess,
  shared: boolean,
  log: Logger,
): Promise<{ readonly server: RunningServer; readonly adopted: boolean }> {
  let beganAt = performance.now();
  for (let startedPid = 0; ; await sleep(RETRY_MS)) {
    const server = findServer(place);
    if (server === null) {
      checkPatience(beganAt, START_LIMIT_MS, place);
      const started = await startServer(place, await freePort(await rememberedPort(place)), DURABLE_SETTINGS);
      if (started === null) continue;
      startedPid = started.pid;
      await writeFile(portFile(place), String(started.port)); // only a wish for the next start: needs no care
      continue;
    }
    checkPatience(beganAt, RECOVERY_LIMIT_MS, place);
    if (server.state === 'ready') {
      const login = await tryToLogIn(access, server);
      if (login.kind === 'ok') return { server, adopted: server.pid !== startedPid };
      if (login.kind === 'later') continue;
      // Only silence is a reason to stop it: one that refuses us works, and perhaps for somebody else.
      if (login.kind === 'refused' || shared || server.pid === startedPid) throw login.fault;
      log.warn(
        { serverPid: server.pid, err: login.fault },
        'a database left over does not answer and is started again',
      );
      await stopServer(place, server.pid);
      beganAt = performance.now();
    }
  }
}

/** Looks every second whether the server lives and starts it again when not. Returns what ends the watch. */
export function watchServer(isAlive: () => boolean, restart: () => Promise<unknown>, log: Logger): () => Promise<void> {
  const controller = new AbortController();
  const pause = (): Promise<unknown> =>
    sleep(WATCH_MS, undefined, { ref: false, signal: controller.signal }).catch(() => undefined); // aborted: look and end
  const loop = async (): Promise<void> => {
    for (await pause(); !controller.signal.aborted; await pause()) {
      if (isAlive()) continue;
      log.error('the embedded database has ended and is started again');
      await restart().catch((error: unknown) => {
        log.error({ err: error }, 'the embedded database does not start');
      });
    }
  };
  const watching = loop();
  return () => {
    controller.abort();
    return watching;
  };
}

function checkPatience(beganAt: number, limitMs: number, place: PostgresPlace): void {
  if (performance.now() - beganAt < limitMs) return;
  throw new Fault('database.unreachable', `the embedded database does not start, see ${place.folder}/postgres.log`, {
    retryable: true,
  });
}

type Login =
  | { readonly kind: 'ok' }
  | { readonly kind: 'later' } // it starts or stops just now
  | { readonly kind: 'refused' | 'silent'; readonly fault: Fault };

async function tryToLogIn(access: PostgresAccess, server: RunningServer): Promise<Login> {
  const client = new Client({
    host: '127.0.0.1',
    port: server.port,
    user: ADMIN_ROLE,
    password: access.adminPassword,
    database: 'postgres',
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
  });
  client.on('error', () => undefined); // a cut connection also rejects the query below
  try {
    await client.connect();
    await client.query('select 1');
    return { kind: 'ok' };
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) return { kind: 'silent', fault: unreachable('does not answer', cause) };
    if (cause.code?.startsWith('57P') === true) return { kind: 'later' }; // operator intervention: starting, stopping
    return { kind: 'refused', fault: unreachable('refuses its own superuser', cause) };
  } finally {
    await client.end().catch(() => undefined); // it was never connected
  }
}

function unreachable(what: string, cause: unknown): Fault {
  return new Fault('database.unreachable', `the embedded database ${what}`, { cause, retryable: true });
}

function portFile(place: PostgresPlace): string {
  return join(place.folder, 'port');
}

/** The port of last time, so that a URL somebody wrote down stays right; 0 for any. */
async function rememberedPort(place: PostgresPlace): Promise<number> {
  const text = await readFile(portFile(place), 'utf8').catch(() => '0'); // the first start
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}
