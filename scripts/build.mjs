// Compiles src/, workers/ and scripts/ to dist/ and bundles the desk before a command runs; plain JavaScript because nothing
// is compiled yet.
// Prints nothing on stdout, which belongs to the command, and does nothing where no compiler is installed: an image
// brings dist/ along. Two at the same moment take turns, so that neither starts from half-written files.
import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const lock = join(root, 'dist', '.building');
const LOCK_LIMIT_MS = 120_000; // no build takes this long: its process was killed, or the number is somebody else's now

if (existsSync(compiler)) {
  mkdirSync(dirname(lock), { recursive: true });
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  try {
    const options = ['-p', join(root, 'tsconfig.build.json')];
    const build = spawnSync(process.execPath, [compiler, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
    process.stderr.write(build.stdout);
    process.exitCode = (build.status ?? 1) || bundleDesk();
  } finally {
    rmSync(lock, { force: true });
  }
} else if (!existsSync(join(root, 'dist', 'src', 'cli.js'))) {
  process.stderr.write('neither a compiler nor dist/ is here: run npm ci\n');
  process.exitCode = 1;
}

/** Bundles the desk when any of its sources is newer than the last bundle. Answers an exit code. */
function bundleDesk() {
  const bundler = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const sources = join(root, 'src', 'console');
  const stamp = join(root, 'dist', 'console', '.bundled');
  if (!existsSync(bundler) || !existsSync(sources)) return 0;
  const names = readdirSync(sources, { recursive: true }).map((name) => join('src', 'console', name));
  const state = ['vite.config.ts', 'package-lock.json', ...names.toSorted()]
    .map((name) => `${name} ${statSync(join(root, name)).mtimeMs}`)
    .join('\n');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return 0;
  const options = ['build', '--logLevel', 'warn', '--config', join(root, 'vite.config.ts')];
  const env = { ...process.env, NODE_ENV: 'production' }; // tests say "test", and would get the React of development
  const bundle = spawnSync(process.execPath, [bundler, ...options], { stdio: ['ignore', 'pipe', 'inherit'], env });
  process.stderr.write(bundle.stdout);
  if (bundle.status === 0) writeFileSync(stamp, state);
  return bundle.status ?? 1;
}

function takeLock() {
  try {
    const file = openSync(lock, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(lock, { force: true });
    return false;
  }
}

/** A lock that was given back meanwhile throws on the way and counts as abandoned: there is nothing left to remove. */
function isAbandoned() {
  try {
    if (Date.now() - statSync(lock).mtimeMs > LOCK_LIMIT_MS) return true;
    const pid = Number(readFileSync(lock, 'utf8')); // 0 while its owner is still writing the number
    if (pid > 0) process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
