import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDataKey } from '../../../src/platform/data-key.ts';

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'shouli-key-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('the data key', () => {
  it('is the configured one when there is one, and then no file is made', async () => {
    const dataKey = Buffer.alloc(32, 3);
    expect(await loadDataKey({ dataKey, dataDir })).toBe(dataKey);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is otherwise made once, for the eyes of this user only, and stays the same', async () => {
    const first = await loadDataKey({ dataKey: null, dataDir });
    const second = await loadDataKey({ dataKey: null, dataDir });
    expect(first).toHaveLength(32);
    expect(second.equals(first)).toBe(true);
    expect((await stat(join(dataDir, 'keys', 'data.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'keys'))).mode & 0o777).toBe(0o700);
  });

  it('is one key, however many processes make it at the same moment', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => loadDataKey({ dataKey: null, dataDir })));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(join(dataDir, 'keys'))).toEqual(['data.key']);
  });

  it('is refused when others may read it', async () => {
    await loadDataKey({ dataKey: null, dataDir });
    await chmod(join(dataDir, 'keys', 'data.key'), 0o640);
    await expect(loadDataKey({ dataKey: null, dataDir })).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it('is refused when it is damaged, and never replaced: a new key would lose every sealed identity', async () => {
    await loadDataKey({ dataKey: null, dataDir });
    await writeFile(join(dataDir, 'keys', 'data.key'), 'cut');
    await expect(loadDataKey({ dataKey: null, dataDir })).rejects.toMatchObject({ code: 'config.invalid' });
    expect(await readFile(join(dataDir, 'keys', 'data.key'), 'utf8')).toBe('cut');
  });
});
