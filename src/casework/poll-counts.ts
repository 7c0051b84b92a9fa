import type { FolderMemory } from './poll-mailbox.ts';
import type { Mailbox } from './ports.ts';

/** How many messages the watched folders show now, and how many of them are stored. Reads only. */
export async function pollCounts(
  folders: Pick<FolderMemory, 'folder' | 'storedAmong'>,
  mailbox: Mailbox,
): Promise<{ listed: number; stored: number }> {
  let listed = 0;
  let stored = 0;
  for (const watched of await mailbox.folders()) {
    await mailbox.open(watched.path);
    const uids = (await mailbox.list()).map(({ uid }) => uid);
    const folder = await folders.folder(mailbox.name, watched.path, watched.spam);
    listed += uids.length;
    stored += (await folders.storedAmong(folder, uids)).size;
  }
  return { listed, stored };
}
