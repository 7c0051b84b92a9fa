import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';

/** A copy of the build with a small program in it. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shouli-build-'));
  for (const name of ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/build.mjs']) {
    cpSync(join(projectRoot(), name), join(root, name));
  }
  symlinkSync(join(projectRoot(), 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'src/cli.ts'), `export const answer: number = 42;\n`);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function build() {
  const child = spawn(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...output };
}

function built(): string {
  return readFileSync(join(root, 'dist/src/cli.js'), 'utf8');
}

const SILENT = { code: 0, stdout: '', stderr: '' };

describe('the build before a command', () => {
  it('says nothing, on stdout least of all', async () => {
    expect(await build()).toEqual(SILENT);
    expect(built()).toContain('answer = 42');
  });

  it('may run several times at the same moment', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => build()));
    expect(all).toEqual(Array.from({ length: 4 }, () => SILENT));
    expect(built()).toContain('answer = 42');
  });

  it('bundles the desk for production, and again only when one of its sources is newer', async () => {
    for (const name of ['package-lock.json', 'vite.config.ts']) cpSync(join(projectRoot(), name), join(root, name));
    mkdirSync(join(root, 'src/console'));
    const page = `<!doctype html><title>desk</title><script type="module" src="./main.ts"></script>`;
    writeFileSync(join(root, 'src/console/index.html'), page);
    writeFileSync(
      join(root, 'src/console/main.ts'),
      `document.title = import.meta.env.PROD ? 'for people' : 'for us';`,
    );
    expect(await build()).toEqual(SILENT);
    const [script = ''] = readdirSync(join(root, 'dist/console/assets'));
    expect(readFileSync(join(root, 'dist/console/assets', script), 'utf8')).toContain('for people');

    rmSync(join(root, 'dist/console/assets', script));
    expect(await build()).toEqual(SILENT);
    expect(existsSync(join(root, 'dist/console/assets', script))).toBe(false);
    utimesSync(join(root, 'src/console/main.ts'), 0, 0);
    expect(await build()).toEqual(SILENT);
    expect(existsSync(join(root, 'dist/console/assets', script))).toBe(true);
  });

  it('is not kept waiting by a build that was killed', async () => {
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/.building'), '999999999');
    expect(await build()).toEqual(SILENT);
  });

  it('is not kept waiting by a number that now belongs to another process', async () => {
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'dist/.building'), String(process.pid));
    utimesSync(join(root, 'dist/.building'), 0, 0);
    expect(await build()).toEqual(SILENT);
  });

  it('fails with the errors of the compiler on stderr', async () => {
    writeFileSync(join(root, 'src/cli.ts'), `export const answer: number = 'a';\n`);
    const { code, stdout, stderr } = await build();
    expect({ failed: code !== 0, stdout }).toEqual({ failed: true, stdout: '' });
    expect(stderr).toContain('TS2322');
  });

  it('does nothing where there is no compiler but the result is there, as in an image', async () => {
    await build();
    rmSync(join(root, 'node_modules'));
    writeFileSync(join(root, 'src/cli.ts'), 'export const answer = 43;\n');
    expect(await build()).toEqual(SILENT);
    expect(built()).toContain('answer = 42');
  });

  it('says so when there is neither', async () => {
    rmSync(join(root, 'node_modules'));
    const { code, stderr } = await build();
    expect(code).toBe(1);
    expect(stderr).toContain('npm ci');
  });
});
