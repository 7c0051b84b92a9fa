import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WakeUps } from '../casework/ports.ts';
import { receiveFiles } from '../casework/receive.ts';
import type { House } from '../compose.ts';
import { splitCalls } from '../intake/split-file.ts';
import { systemClock } from '../platform/clock.ts';
import { hasRaw } from '../store/raw-messages.ts';
import { receiveDependencies } from './receiving.ts';

/** A file that has not changed for this long is taken as it is; a cut one is taken again when it has grown. */
const QUIET_MS = 5_000;

/** Remembers what it has read, so that a pass over a full folder costs one `stat` a file. A restart reads again, and the hash tells. */
export function createTranscriptWatch(house: House, folder: string, wakeUps: Pick<WakeUps, 'triage'>) {
  const seen = new Map<string, string>();
  return async function look(): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
      if (house.shutdown.signal.aborted) return;
      if (!entry.isFile() || entry.name.startsWith('.')) continue;
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = await stat(path);
      const version = `${size} ${mtimeMs}`;
      if (seen.get(path) === version || Date.now() - mtimeMs < QUIET_MS) continue;
      await take(house, entry.name, path);
      seen.set(path, version);
      wakeUps.triage();
    }
  };
}

async function take(house: House, name: string, path: string): Promise<void> {
  const calls = splitCalls(await readFile(path), name);
  const now = systemClock.now();
  for (const call of calls) {
    const sha256 = createHash('sha256').update(call.bytes).digest();
    if (await hasRaw(house.database.db, 'transcript', sha256)) continue;
    await receiveFiles(receiveDependencies(house), [
      { source: 'transcript', name: call.name, receivedAt: now, bytes: call.bytes, answer: true },
    ]);
  }
}
