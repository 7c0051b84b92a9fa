import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_TIMEOUT_MS = 300_000;

// A package's own start script must not bring a daemon up beside the private ones of the tests: exit code 101 of
// policy-rc.d means "action forbidden" (deb-policy-rc.d). A policy that the machine already has is left alone.
const INSTALL_SCRIPT = `
set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\\nexit 101\\n' > "$policy"
  chmod 755 "$policy"
fi
export DEBIAN_FRONTEND=noninteractive
if ! apt-cache show "$1" > /dev/null 2>&1; then apt-get -q update; fi
install() { apt-get -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$1"; }
install "$1" || { apt-get -q update; install "$1"; }
`;

/**
 * Makes sure that a Debian package is installed, so that tests meet the real server and not a stand-in. Needs root
 * when the package is missing. Test files run in parallel: a file lock lets one of them install, the others wait.
 */
export async function ensureDebianPackage(name: string): Promise<void> {
  if (await isInstalled(name)) return;
  const lock = join(tmpdir(), 'debian-package-install.lock');
  try {
    await run('flock', [lock, 'sh', '-c', INSTALL_SCRIPT, 'install', name], { timeout: INSTALL_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(`the tests need the Debian package ${name}: install it as root with apt-get install ${name}`, {
      cause,
    });
  }
  if (!(await isInstalled(name))) throw new Error(`apt-get installed ${name}, yet dpkg does not list it`);
}

async function isInstalled(name: string): Promise<boolean> {
  const found = await run('dpkg-query', ['-W', '-f', '${Status}', name]).catch((error: unknown) => {
    // 1: not known to dpkg, that is, not installed. Anything else (no dpkg at all) is not this machine's Debian.
    if (exitCode(error) === 1) return { stdout: '' };
    throw new Error(`the tests look for ${name} with dpkg-query, which could not be run`, { cause: error });
  });
  return found.stdout === 'install ok installed';
}

function exitCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
