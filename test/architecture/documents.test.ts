import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationPage, environmentSample } from '../../src/platform/config-documents.ts';
import { projectRoot } from '../../src/platform/project-root.ts';

function read(path: string): string {
  return readFileSync(join(projectRoot(), path), 'utf8');
}

describe('generated documents', () => {
  it.each([
    ['docs/configuration.md', configurationPage],
    ['.env.example', environmentSample],
  ])('%s is in step with the configuration (npm run docs:generate)', (path, generate) => {
    expect(read(path)).toBe(generate());
  });
});

describe('README.md', () => {
  it('names the command that CI runs', () => {
    expect(read('.ci/run').split('\n')).toContain('npm test');
    expect(read('README.md')).toMatch(/^```\w*\n(?:[^`]*\n)?npm test(?:\s|$)/mu);
  });
});
