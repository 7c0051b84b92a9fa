import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder, writeDurably } from './durable-file.ts';
import { Fault } from './fault.ts';
import type { SystemUser } from './postgres-programs.ts';
import { processName } from './process-register.ts';

/** Where one embedded database lives and as whom it runs. */
export type PostgresPlace = {
  /** Holds data/ (the cluster), access.json, users/ and postgres.log. */
  readonly folder: string;
  /** Whoever makes, starts or stops holds it; see process-lock.ts. */
  readonly lock: string;
  /** Holds bin/ and lib/. */
  readonly programs: string;
  /** null: as ourselves. */
  readonly user: SystemUser | null;
};

/** How to log in. Kept in a file of mode 0600; both passwords are random and never leave the machine. */
export type PostgresAccess = { readonly adminPassword: string; readonly password: string };

/** Owner of the database `shouli`: neither superuser nor BYPASSRLS, so that row-level security binds the service too. */
export const APPLICATION_ROLE = 'shouli';
export const ADMIN_ROLE = 'postgres';

export function dataFolder(place: PostgresPlace): string {
  return join(place.folder, 'data');
}

export async function readAccess(place: PostgresPlace): Promise<PostgresAccess> {
  return JSON.parse(await readFile(join(place.folder, 'access.json'), 'utf8')) as PostgresAccess; // written below
}

/**
 * Makes the cluster when there is none, under another name that is then changed in one step: a kill in the middle
 * leaves nothing that looks like a database. The caller holds the place's lock.
 */
export async function createClusterOnce(place: PostgresPlace): Promise<void> {
  if (!existsSync(join(dataFolder(place), 'PG_VERSION'))) {
    await removeUnfinished(place.folder);
    const unfinished = { ...place, folder: `${place.folder}.unfinished-${processName()}` };
    await createCluster(unfinished);
    await rename(unfinished.folder, place.folder);
    await syncFolder(dirname(place.folder));
  }
  await checkVersion(place);
}

async function createCluster(place: PostgresPlace): Promise<void> {
  const data = dataFolder(place);
  await mkdir(data, { recursive: true, mode: 0o711 }); // 0711: the user postgres has to pass, not to look
  if (place.user !== null) await chown(data, place.user.uid, place.user.gid);
  // C.UTF-8: with plain C the trigrams of Chinese words would be empty, and a bare system would get SQL_ASCII
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';
  const options = ['--encoding=UTF8', `--locale=${locale}`, '--data-checksums', `--username=${ADMIN_ROLE}`];
  await runProgram(place, 'initdb', ['-D', data, ...options, '--auth=trust', '--no-instructions']);
  await allowOnlyPasswords(data);
  const access = { adminPassword: randomBytes(24).toString('hex'), password: randomBytes(24).toString('hex') };
  await runProgram(
    place,
    'postgres',
    ['--single', '-j', '-D', data, '-c', 'log_min_messages=fatal', 'postgres'],
    [
      `alter role ${ADMIN_ROLE} password '${access.adminPassword}'`,
      `create role ${APPLICATION_ROLE} login nosuperuser nobypassrls password '${access.password}'`,
      `create database ${APPLICATION_ROLE} owner ${APPLICATION_ROLE}`,
      'revoke connect on database postgres, template1 from public',
    ].join(';\n\n') + ';\n\n', // -j: a statement ends at semicolon and empty line
  );
  await writeDurably(join(place.folder, 'access.json'), JSON.stringify(access));
}

/** Loopback only, nobody without a password. Written in place: the file belongs to the user that PostgreSQL runs as. */
async function allowOnlyPasswords(data: string): Promise<void> {
  await writeFile(join(data, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n', { flush: true });
}

/** The data format belongs to a major version; a newer one needs an export from the older. */
async function checkVersion(place: PostgresPlace): Promise<void> {
  const made = (await readFile(join(dataFolder(place), 'PG_VERSION'), 'utf8')).trim();
  const output = await runProgram(place, 'postgres', ['--version']);
  const installed = /(\d+)\./u.exec(output)?.[1] ?? '';
  if (made === installed) return;
  throw new Fault(
    'database.unsafe',
    `the embedded database was made by PostgreSQL ${made}, installed is ${installed}: see docs/operations.md on moving it`,
  );
}

/** Of makers that were killed. Their initdb may live on for a moment and write; what it keeps is removed another time. */
async function removeUnfinished(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.unfinished-`;
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue;
    const removal = rm(join(dirname(folder), name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    await removal.catch(() => undefined);
  }
}

/** Environment of the programs: nothing of ours, so that no PG... or LC_... variable of the operator changes them. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs to the end; returns stdout. */
async function runProgram(place: PostgresPlace, name: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(join(place.programs, 'bin', name), args, { ...place.user, cwd: '/', env: programEnvironment() });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  child.stdin.on('error', () => undefined); // EPIPE when the program ends early; its exit code tells
  child.stdin.end(input);
  const exit = await new Promise<string | number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(signal ?? code);
    });
  });
  if (exit === 0) return output.stdout;
  throw new Fault('database.unreachable', `${name} of the embedded PostgreSQL failed: ${output.stderr.slice(-500)}`, {
    details: { exit: exit ?? 'unknown' },
  });
}
