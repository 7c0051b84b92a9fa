import { spawnSync } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findServer, stopServer } from '../../src/platform/postgres-server.ts';
import { belongsToLiveProcess, processName } from '../../src/platform/process-register.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { placeIn } from './database.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the database server that all test files of this run share. */
    testDataDir: string;
  }
}

const PREFIX = 'shouli-test-';

/** Once a run, before any test file: builds what tests spawn from dist/, and names the place of the shared database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  build();
  await removeLeftovers();
  const dataDir = join(tmpdir(), PREFIX + processName());
  project.provide('testDataDir', dataDir);
  return () => removeDatabase(dataDir);
}

/** Type errors do not stop the tests: test/architecture reports them, beside everything else that is wrong. */
function build(): void {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: projectRoot(), encoding: 'utf8' });
  if (built.status !== 0) process.stderr.write(`build: ${built.stderr}\n`);
}

/** Databases of test runs that were killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX) || belongsToLiveProcess(name.slice(PREFIX.length))) continue;
    await removeDatabase(join(tmpdir(), name));
  }
}

async function removeDatabase(dataDir: string): Promise<void> {
  const place = await placeIn(dataDir);
  const server = findServer(place);
  if (server !== null) await stopServer(place, server.pid);
  await rm(dataDir, { recursive: true, force: true });
}
