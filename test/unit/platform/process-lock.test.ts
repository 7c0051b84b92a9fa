import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLine, processStart } from '../../../src/platform/process-identity.ts';
import { withProcessLock } from '../../../src/platform/process-lock.ts';
import {
  belongsToLiveProcess,
  enterRegister,
  liveEntries,
  processName,
} from '../../../src/platform/process-register.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouli-lock-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A name as a process that has ended left it behind. */
function nameOfTheDead(): string {
  const { pid } = spawnSync('true');
  return `${String(pid)}_12345_aabbccdd`;
}

describe('the lock among processes', () => {
  it('lets one in at a time', async () => {
    let inside = 0;
    let most = 0;
    let runs = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(2);
      inside -= 1;
      runs += 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => withProcessLock(folder, work)));
    expect({ most, runs }).toEqual({ most: 1, runs: 12 });
  });

  it('is given back when the work fails', async () => {
    const failing = withProcessLock(folder, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not held by a process that was killed', async () => {
    await writeFile(join(folder, nameOfTheDead()), '');
    expect(await withProcessLock(folder, () => Promise.resolve('in'))).toBe('in');
  });
});

describe('the register of processes', () => {
  it('lists the living and forgets the dead', async () => {
    const entry = enterRegister(folder);
    await writeFile(join(folder, nameOfTheDead()), '');
    expect(liveEntries(folder)).toEqual([entry]);
    expect(await readdir(folder)).toEqual([entry]);
  });

  it('tells a process from an earlier one with the same number', () => {
    const [pid = '', start = '', random = ''] = processName().split('_');
    expect(belongsToLiveProcess([pid, start, random].join('_'))).toBe(true);
    expect(belongsToLiveProcess([pid, `${start}1`, random].join('_'))).toBe(false);
  });

  it.each(['', 'README', '1', '_', '999999999_1_a'])('takes %j for nobody', (name) => {
    expect(belongsToLiveProcess(name)).toBe(false);
  });
});

describe('the identity of a process', () => {
  it('is its arguments and its start, and there is none for one that has ended', () => {
    expect(commandLine(process.pid)?.join(' ')).toContain('node');
    expect(processStart(process.pid)).toMatch(/^\d+$/u);
    const { pid } = spawnSync('true');
    expect([commandLine(pid), processStart(pid)]).toEqual([null, null]);
  });
});
