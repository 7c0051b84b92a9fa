import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';

/** The tools that `npm run check` runs before the tests: so `npm test` alone tells everything that CI will say. */
const TOOLS = {
  'format:check': 'every file is formatted',
  types: 'types hold',
  lint: 'lint finds nothing',
  deadcode: 'nothing is unused',
  layers: 'imports run one way',
};

describe('the toolchain', () => {
  it.each(Object.entries(TOOLS))('npm run %s: %s', { timeout: 120_000 }, (script) => {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], {
      cwd: projectRoot(),
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    expect(status === 0 ? '' : `${stdout}${stderr}`.slice(0, 20_000)).toBe('');
  });
});
