import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enterRegister, liveEntries } from './process-register.ts';

/**
 * Runs `work` while no other process of this machine runs work under the same folder. Each contender first writes its
 * name and then looks for others: of two at the same moment at least one sees the other, and who sees anybody steps
 * back for a random while. Names of killed processes do not count, so nothing is ever left locked, and nobody has to
 * break a lock, which is where lock files go wrong.
 */
export async function withProcessLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const entry = await takeTurn(folder);
  try {
    return await work();
  } finally {
    rmSync(join(folder, entry), { force: true });
  }
}

async function takeTurn(folder: string): Promise<string> {
  for (;;) {
    const entry = enterRegister(folder);
    if (liveEntries(folder).every((name) => name === entry)) return entry;
    rmSync(join(folder, entry), { force: true });
    await sleep(5 + Math.random() * 45);
  }
}
