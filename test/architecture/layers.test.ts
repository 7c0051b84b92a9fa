import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../src/platform/project-root.ts';

/** Folder of a small project of its own, about which `npm run layers` is asked. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shouli-layers-'));
  write('package.json', '{ "name": "other", "type": "module" }');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** `from` imports `to`; both are used, so that neither is an orphan. */
function writeImport(from: string, to: string): void {
  const up = '../'.repeat(from.split('/').length - 1);
  write(to, 'export const answer = 42;\n');
  write(from, `import { answer } from '${up}${to}';\nexport const doubled = answer * 2;\n`);
  write('src/cli.ts', `import { doubled } from '../${from}';\nprocess.exitCode = doubled;\n`);
}

function check(): { status: number | null; problems: string } {
  const script = join(projectRoot(), 'dist/scripts/check-layers.js');
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: 'utf8' });
  return { status, problems: stderr };
}

describe('the layers', () => {
  it.each([
    ['src/rules/a.ts', 'src/domain/b.ts'],
    ['src/casework/a.ts', 'src/intake/b.ts'],
    ['src/casework/a.ts', 'src/platform/b.ts'],
    ['src/store/a.ts', 'src/casework/ports.ts'],
    ['src/intake/a.ts', 'src/platform/fault.ts'],
    ['src/roles/a.ts', 'src/compose.ts'],
  ])('let %s import %s', (from, to) => {
    writeImport(from, to);
    expect(check()).toEqual({ status: 0, problems: '' });
  });

  it.each([
    ['src/domain/a.ts', 'src/rules/b.ts', 'domain-imports-inwards'],
    ['src/domain/a.ts', 'src/platform/fault.ts', 'domain-imports-inwards'],
    ['src/rules/a.ts', 'src/intake/b.ts', 'rules-imports-inwards'],
    ['src/intake/a.ts', 'src/casework/b.ts', 'intake-imports-inwards'],
    ['src/intake/a.ts', 'src/platform/config.ts', 'intake-imports-inwards'],
    ['src/casework/a.ts', 'src/store/b.ts', 'casework-imports-inwards'],
    ['src/store/a.ts', 'src/queue/b.ts', 'store-imports-inwards'],
    ['src/mailbox/a.ts', 'src/http/b.ts', 'mailbox-imports-inwards'],
    ['src/letters/a.ts', 'src/compose.ts', 'letters-imports-inwards'],
    ['src/platform/a.ts', 'src/domain/b.ts', 'platform-imports-inwards'],
    ['src/compose.ts', 'src/roles/b.ts', 'compose-imports-inwards'],
    ['src/store/a.ts', 'test/support/b.ts', 'the-product-does-not-know-its-tests'],
    ['src/store/a.ts', 'workers/b.ts', 'nothing-imports-an-entry-point'],
  ])('do not let %s import %s', (from, to, rule) => {
    writeImport(from, to);
    const { status, problems } = check();
    expect(status).toBe(1);
    expect(problems).toContain(`${rule}: ${from} -> ${to}`);
  });

  it('hold for imports of types as well', () => {
    writeImport('src/domain/a.ts', 'src/store/b.ts');
    write('src/store/b.ts', 'export type Row = { id: number };\n');
    write('src/domain/a.ts', `import type { Row } from '../store/b.ts';\nexport const doubled = 2 as Row['id'];\n`);
    expect(check().problems).toContain('domain-imports-inwards: src/domain/a.ts -> src/store/b.ts');
  });

  it('leave the domain no part of Node', () => {
    writeImport('src/domain/a.ts', 'src/domain/b.ts');
    write('src/domain/b.ts', `import { hostname } from 'node:os';\nexport const answer = hostname().length;\n`);
    expect(check().problems).toContain('domain-is-pure: src/domain/b.ts -> os');
  });

  it('find cycles, files that nobody uses, and imports of nothing', () => {
    writeImport('src/store/a.ts', 'src/store/b.ts');
    write('src/store/b.ts', `import { doubled } from './a.ts';\nexport const answer = () => doubled;\n`);
    write('src/store/alone.ts', 'export const x = 1;\n');
    write('src/store/lost.ts', `import { y } from './nowhere.ts';\nexport const x = y;\n`);
    expect(check().problems.split('\n')).toEqual(
      expect.arrayContaining([
        'no-cycles: src/store/a.ts -> src/store/b.ts',
        'no-orphans: src/store/alone.ts -> src/store/alone.ts',
        'every-import-resolves: src/store/lost.ts -> ./nowhere.ts',
      ]),
    );
  });

  it('are not taken to hold where there is nothing to see', () => {
    mkdirSync(join(root, 'src'));
    expect(check()).toMatchObject({ status: 1, problems: 'looked at nothing\n' });
  });
});
