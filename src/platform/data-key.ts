import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDurably } from './durable-file.ts';
import { Fault } from './fault.ts';

/**
 * The 32 bytes that seal identities. From the configuration when it is given there; otherwise from
 * DATA_DIR/keys/data.key, which the first start creates. Whoever loses this key loses every sealed identity, so it is
 * on disk before it is used, and a file that others may read is refused rather than trusted.
 */
export async function loadDataKey(config: {
  readonly dataKey: Buffer | null;
  readonly dataDir: string;
}): Promise<Buffer> {
  if (config.dataKey !== null) return config.dataKey;
  const path = join(config.dataDir, 'keys', 'data.key');
  if (!existsSync(path)) await createDurably(path, `${randomBytes(32).toString('base64')}\n`);
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new Fault('config.invalid', 'the data key file may be read by other users: chmod 0600 it', {
      details: { path },
    });
  }
  const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64');
  if (key.length !== 32) {
    throw new Fault('config.invalid', 'the data key file does not hold 32 base64 bytes', { details: { path } });
  }
  return key;
}
