import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { processStart } from './process-identity.ts';

/** Enters this process in a folder of names. Returns the entry's name; the caller takes it out again. */
export function enterRegister(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const entry = processName();
  writeFileSync(join(folder, entry), '');
  return entry;
}

/** Entries of processes that still live. Those of killed processes are taken out on the way. */
export function liveEntries(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => {
    if (belongsToLiveProcess(name)) return true;
    rmSync(join(folder, name), { force: true });
    return false;
  });
}

/** A name that says which process made something, so that others can tell whether it is still at work. */
export function processName(): string {
  return `${String(process.pid)}_${processStart(process.pid) ?? ''}_${randomBytes(4).toString('hex')}`;
}

export function belongsToLiveProcess(name: string): boolean {
  const [pid = '', start = ''] = name.split('_');
  return start !== '' && processStart(Number(pid)) === start;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has entered yet
  }
}
