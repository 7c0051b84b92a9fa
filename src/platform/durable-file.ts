import { link, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/**
 * Writes a file that is either whole and on disk or not there at all (mode 0600): temporary name, fsync, then one
 * atomic step, then fsync of the folder.
 */
export async function writeDurably(path: string, content: string): Promise<void> {
  await publish(path, content, rename);
}

/** The same, but an existing file wins. Returns false when another process had already written it. */
export async function createDurably(path: string, content: string): Promise<boolean> {
  try {
    await publish(path, content, link);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function publish(path: string, content: string, step: typeof rename): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.new`;
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600, flush: true });
    await step(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(dirname(path));
}

/** Without it the name of a new or renamed file can be lost in a power cut, however safe its content is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
