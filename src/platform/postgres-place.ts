import { constants } from 'node:fs';
import { access, chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from './fault.ts';
import type { PostgresPlace } from './postgres-cluster.ts';
import { closedFault, closedFolder, reachablePrograms, systemUser } from './postgres-programs.ts';

export type PlaceOptions = {
  /** Absolute. The database lives in its sub-folder postgres/. */
  readonly dataDir: string;
  /** Lives here instead when given, and so does a copy of the programs when root's helper user cannot reach them. */
  readonly embeddedPostgresDir?: string | null;
};

/** Finds out where the database lives and as whom it runs, and explains what is in the way. */
export async function preparePlace(options: PlaceOptions): Promise<PostgresPlace> {
  const elsewhere = options.embeddedPostgresDir ?? null;
  const base = await writableFolder(elsewhere ?? options.dataDir);
  const user = await systemUser();
  const programs = await reachablePrograms(user, elsewhere);
  if (user !== null) {
    await chmod(base, (await stat(base)).mode | 0o011); // our own folder: others may pass, not look
    const closed = await closedFolder(base, user);
    if (closed !== null) throw closedFault('the embedded database', closed);
  }
  const folder = join(base, 'postgres');
  await checkOwner(folder);
  return { folder, lock: `${folder}.lock`, programs, user };
}

async function writableFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK);
    return await realpath(path);
  } catch (cause) {
    throw new Fault('database.unreachable', `cannot write in ${path}: set DATA_DIR to a folder of your own`, { cause });
  }
}

async function checkOwner(folder: string): Promise<void> {
  try {
    await access(join(folder, 'access.json'), constants.R_OK);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return; // no database yet
    throw new Fault('database.unreachable', `${folder} belongs to another user: run as the user who made it`, {
      cause,
    });
  }
}
