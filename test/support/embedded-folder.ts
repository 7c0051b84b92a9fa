import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { findServer, stopServer, type RunningServer } from '../../src/platform/postgres-server.ts';
import { projectRoot } from '../../src/platform/project-root.ts';

/** Opens the database of the folder in its first argument; see there. */
export const PROGRAM = join(projectRoot(), 'test/support/embedded-postgres-process.mjs');

export type DatabaseUser = EmbeddedPostgres & {
  readonly child: ChildProcess;
  kill9(): Promise<void>;
};

/** A data folder for one test, with every process that the test starts on it. */
export type EmbeddedFolder = {
  readonly path: string;
  /** The server that runs on it, or null. */
  server(): RunningServer | null;
  /** Starts a process on it, which need not get as far as opening the database. */
  spawn(program?: string, args?: readonly string[]): ChildProcess;
  /** Another process that has opened the database; its close() ends that process. */
  user(program?: string, args?: readonly string[]): Promise<DatabaseUser>;
  remove(): Promise<void>;
};

export async function createEmbeddedFolder(): Promise<EmbeddedFolder> {
  const path = await mkdtemp(join(tmpdir(), 'shouli-embedded-'));
  const children: ChildProcess[] = [];
  const start = (program = PROGRAM, args: readonly string[] = [path]): ChildProcess => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    children.push(child);
    return child;
  };
  return {
    path,
    server: () => serverOn(path),
    spawn: start,
    user: (program, args) => untilOpen(start(program, args)),
    remove: async () => {
      for (const child of children) child.kill('SIGKILL');
      const server = serverOn(path);
      if (server !== null) await stopServer(placeOf(path), server.pid);
      await rm(path, { recursive: true, force: true });
    },
  };
}

export function serverOn(dataDir: string): RunningServer | null {
  return findServer(placeOf(dataDir));
}

export async function kill9(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export async function query(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // the promise below rejects as well
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql, values);
    return rows;
  } finally {
    await client.end();
  }
}

async function untilOpen(child: ChildProcess): Promise<DatabaseUser> {
  if (child.stdout === null) throw new Error('its output is piped');
  const [line] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the process ended before it was ready'))),
  ])) as [string];
  return {
    ...(JSON.parse(line) as Omit<EmbeddedPostgres, 'close'>),
    child,
    kill9: () => kill9(child),
    close: async () => {
      child.stdin?.write('close\n');
      await once(child, 'exit');
    },
  };
}

function placeOf(dataDir: string) {
  return { folder: join(dataDir, 'postgres'), lock: '', programs: '', user: null };
}
