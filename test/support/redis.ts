import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureDebianPackage } from './debian-package.ts';
import { freeLoopbackPort } from './free-loopback-port.ts';

const STARTUP_MS = 20_000;

export type RedisOptions = {
  /** Append-only file, written every second. Without it nothing survives `kill9`. */
  readonly appendonly?: boolean;
  /** As redis.conf writes it, for example "5mb". */
  readonly maxmemory?: string;
  readonly policy?: 'noeviction' | 'allkeys-lru';
};

export type Redis = {
  readonly port: number;
  readonly url: string;
  /** SIGKILL, as a crash would; the data directory stays. */
  kill9(): Promise<void>;
  /** Starts again on the same port and directory. */
  restart(): Promise<void>;
  /** Stops and removes everything. */
  close(): Promise<void>;
};

/** A real redis-server on a loopback port, with a data directory of its own. */
export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  await ensureDebianPackage('redis-server');
  const directory = await mkdtemp(join(tmpdir(), 'redis-test-'));
  const port = await freeLoopbackPort();
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    directory,
    '--save',
    '',
    '--appendonly',
    options.appendonly === true ? 'yes' : 'no',
    '--maxmemory',
    options.maxmemory ?? '0',
    '--maxmemory-policy',
    options.policy ?? 'noeviction',
  ];
  let server = await launch(settings, port);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    async kill9() {
      await kill(server);
    },
    async restart() {
      await kill(server);
      server = await launch(settings, port);
    },
    async close() {
      await kill(server);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function launch(settings: string[], port: number): Promise<ChildProcess> {
  const server = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  server.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  server.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = Date.now() + STARTUP_MS;
  while (!(await answersPing(port))) {
    if (server.exitCode !== null || Date.now() > deadline) throw new Error(`redis-server did not start: ${said}`);
    await sleep(20);
  }
  return server;
}

// PONG, not just an open port: while it reads its append-only file the server answers LOADING.
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
}
