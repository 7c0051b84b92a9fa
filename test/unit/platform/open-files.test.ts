import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseFewOpenFiles } from '../../../src/platform/open-files.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

describe('the limit of open files', () => {
  it.each([
    ['Max open files            1024                 4096                 files'],
    ['Max open files            unlimited            unlimited            files'],
    ['Max processes             5                    5                    processes'],
    [null],
  ])('is high enough in %j', (limits) => {
    expect(() => refuseFewOpenFiles(limits)).not.toThrow();
  });

  it('is too low when a process really has only 256, and then the service does not start', () => {
    const read = join(projectRoot(), 'dist/src/platform/read-config.js');
    const script = `import('${read}').then(({ readConfig }) => readConfig()).catch((fault) => console.log(fault.code, fault.message))`;
    const { stdout } = spawnSync('sh', ['-c', `ulimit -n 256; exec "${process.execPath}" -e "$1"`, 'sh', script], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^config\.invalid only 256 files .* ulimit -n\n$/u);
  });
});
