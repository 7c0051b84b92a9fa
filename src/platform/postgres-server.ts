import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from './fault.ts';
import { dataFolder, programEnvironment, type PostgresPlace } from './postgres-cluster.ts';
import { commandLine, processStart } from './process-identity.ts';

export type PostgresSettings = Readonly<Record<string, string>>;

/** A postmaster that is alive and serves exactly our data folder. */
export type RunningServer = {
  readonly pid: number;
  readonly port: number;
  readonly state: 'starting' | 'ready' | 'stopping';
};

/**
 * Given on the command line, so that no edited file can switch durability off. Small, because the whole service shares
 * a modest machine: 16 MB idle.
 */
export const DURABLE_SETTINGS: PostgresSettings = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on', // measured: off lost 321 acknowledged commits in 8 kills
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // paths longer than 107 bytes are refused, and loopback with passwords is enough
  max_connections: '60',
  shared_buffers: '32MB',
  huge_pages: 'off',
  max_wal_size: '256MB',
  jit: 'off', // costs more than it saves on queries of milliseconds
  io_method: 'sync', // spares three worker processes
  max_worker_processes: '1',
  max_parallel_workers: '0',
  max_logical_replication_workers: '0',
  max_wal_senders: '0',
  max_replication_slots: '0',
  autovacuum_worker_slots: '1',
  autovacuum_max_workers: '1',
  client_connection_check_interval: '5s', // a query of a killed process does not hold its locks for long
  timezone: 'UTC',
  log_timezone: 'UTC',
  cluster_name: 'shouli',
  log_line_prefix: '%m [%p] ',
  log_min_error_statement: 'panic', // statements, details and parameters may hold a citizen's words
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** Calendar milliseconds between two looks at the pid file. */
const LOOK_MS = 15;
const MAX_LOG_BYTES = 1_000_000;

/** The server on this data folder, if one is alive, whoever started it. */
export function findServer(place: PostgresPlace): RunningServer | null {
  const pidFile = readPidFile(place);
  if (pidFile === null || !isOurServer(place, pidFile.pid)) return null;
  return pidFile;
}

/**
 * Starts a server and waits until it accepts connections. Returns null when it ended instead: the port was taken, or
 * processes of a killed server still hold its memory; then try again. The caller holds the place's lock.
 */
export async function startServer(
  place: PostgresPlace,
  port: number,
  settings: PostgresSettings,
): Promise<RunningServer | null> {
  disownPidFile(place);
  const log = openLog(place);
  const options = Object.entries({ ...settings, port: String(port) }).flatMap(([key, value]) => [
    '-c',
    `${key}=${value}`,
  ]);
  const child = spawn(join(place.programs, 'bin', 'postgres'), ['-D', dataFolder(place), ...options], {
    ...place.user,
    cwd: '/',
    env: programEnvironment(),
    stdio: ['ignore', log, log],
    detached: true, // ^C in a terminal reaches the whole process group; the database must outlive those who still write
  });
  closeSync(log);
  let end: Error | 'ended' | undefined;
  child.on('error', (error) => (end = error));
  child.on('exit', () => (end = 'ended'));
  child.unref();
  for (;;) {
    const server = findServer(place);
    if (server?.pid === child.pid && server?.state === 'ready') return server;
    if (end === 'ended') return null;
    if (end !== undefined) throw new Fault('database.unreachable', 'PostgreSQL cannot be run', { cause: end });
    await sleep(LOOK_MS);
  }
}

/**
 * Stops it and waits until it is gone: first in order (sessions end, everything is written), after 10 s at once, after
 * 15 s by force, from which the next start recovers.
 */
export async function stopServer(place: PostgresPlace, pid: number): Promise<void> {
  const startedAt = performance.now();
  const steps: { readonly afterMs: number; readonly signal: NodeJS.Signals }[] = [
    { afterMs: 0, signal: 'SIGINT' },
    { afterMs: 10_000, signal: 'SIGQUIT' },
    { afterMs: 15_000, signal: 'SIGKILL' },
  ];
  while (isOurServer(place, pid)) {
    if (performance.now() - startedAt >= (steps[0]?.afterMs ?? Infinity)) signalServer(pid, steps.shift()?.signal);
    await sleep(LOOK_MS);
  }
}

/** A server that has just ended by itself is as good as one we stopped. */
export function signalServer(pid: number, signal: NodeJS.Signals = 'SIGINT'): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** A TCP port on loopback that nobody uses: `preferred` if possible. */
export async function freePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error) => {
      if (preferred === 0) reject(error);
      else resolve(freePort(0));
    });
    probe.listen(preferred, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : preferred);
      });
    });
  });
}

function pidFilePath(place: PostgresPlace): string {
  return join(dataFolder(place), 'postmaster.pid');
}

/** Line by line: pid, data folder, start time, port, socket folder, address, shared memory, state (miscadmin.h). */
function readPidFile(place: PostgresPlace): RunningServer | null {
  const lines = readTextOrNull(pidFilePath(place))?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const state = lines[7]?.trim();
  return { pid, port: Number(lines[3]), state: state === 'ready' || state === 'stopping' ? state : 'starting' };
}

function isOurServer(place: PostgresPlace, pid: number): boolean {
  if (processStart(pid) === null) return false;
  const [program = '', ...args] = commandLine(pid) ?? [];
  return /(?:^|\/)postgres$/u.test(program) && args.includes(dataFolder(place));
}

/**
 * A pid file left by a killed server may name a number that is still listed (a zombie that nobody reaps) or now belongs
 * to somebody else, and PostgreSQL would refuse to start beside it. Deleting the file would also delete its record of
 * the shared memory, which is what keeps a new server off data that processes of the old one still use. A file that
 * names its own parent is stale to PostgreSQL, and that check stays: so we write our own number in. The caller's lock
 * makes sure that nobody starts a server meanwhile.
 */
function disownPidFile(place: PostgresPlace): void {
  const pid = readPidFile(place)?.pid;
  if (pid === undefined || isOurServer(place, pid)) return;
  const text = readFileSync(pidFilePath(place), 'utf8');
  writeFileSync(pidFilePath(place), text.replace(/^\d+/u, String(process.pid)));
}

function openLog(place: PostgresPlace): number {
  const path = join(place.folder, 'postgres.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function readTextOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // no server has run here, or it has just ended
  }
}
