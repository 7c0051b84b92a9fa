import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDockerfile } from '../../scripts/dockerfile-steps.ts';
import { ROLES } from '../../src/roles/run-roles.ts';
import { projectRoot } from '../../src/platform/project-root.ts';

function read(path: string): string {
  return readFileSync(join(projectRoot(), path), 'utf8');
}

const stages = parseDockerfile(read('Dockerfile'));
const final = stages.at(-1);
const steps = stages.flatMap((stage) => stage.steps);

function wordsOf(instruction: string): readonly string[] {
  return (final?.steps ?? []).filter((step) => step.instruction === instruction).map((step) => step.words);
}

describe('the image', () => {
  it('is built in stages, each on the same base, pinned by its tag', () => {
    expect(stages.map(({ name }) => name)).toEqual(['build', 'packages', 'final']);
    expect(new Set(stages.map(({ base }) => base)).size).toBe(1);
    expect(final?.base).toMatch(/^node:20\.\d+\.\d+-/u);
  });

  it('runs as an ordinary user and has a check of its health', () => {
    expect(wordsOf('USER')).toEqual(['node']);
    expect(wordsOf('HEALTHCHECK')).toHaveLength(1);
  });

  it('copies only what exists and what the context lets in', () => {
    const fromContext = steps.filter(
      ({ instruction, words }) => instruction === 'COPY' && !words.startsWith('--from='),
    );
    const paths = fromContext.flatMap(({ words }) => words.split(/\s+/u).slice(0, -1));
    const letIn = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(projectRoot(), path)))).toEqual([]);
    expect(paths.filter((path) => !letIn.includes(path.split('/')[0] ?? ''))).toEqual([]);
  });

  it('installs exactly what is locked, and runs no script of a package but the one it names', () => {
    const installs = steps.filter(
      ({ instruction, words }) => instruction === 'RUN' && /\bnpm (?!run\b|rebuild\b)/u.test(words),
    );
    expect(installs.length).toBe(2);
    for (const { words } of installs) expect(words).toMatch(/^npm ci\b.* --ignore-scripts$/u);
  });

  it('checks the rules before it is an image', () => {
    expect(steps.map(({ words }) => words)).toContain('node dist/src/cli.js rules check');
  });
});

type Service = {
  readonly image: string;
  readonly command: readonly string[];
  readonly read_only?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
};

describe('the composed installation', () => {
  const composed = parse(read('compose.yaml'), { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };
  const services = Object.entries(composed.services);
  const ours = services.filter(([, { image }]) => image.startsWith('shouli:'));

  it('runs every role once, as a process of its own', () => {
    const roles = ours.map(([, { command }]) => command.join(' ').replace('node dist/src/cli.js worker ', ''));
    expect(roles.toSorted()).toEqual([...new Set(['api', ...ROLES])].toSorted());
  });

  it('pins what it does not build', () => {
    for (const [, { image }] of services) expect(image).toMatch(/:\d+\.\d/u);
  });

  it('gives secrets as files only', () => {
    for (const [name, { environment }] of ours) {
      const keys = Object.keys(environment ?? {});
      expect(
        keys.filter((key) => /^(?:DATABASE_URL|IMAP_URL|SMTP_URL|DATA_KEY|METRICS_TOKEN)$/u.test(key)),
        name,
      ).toEqual([]);
      expect(keys).toContain('DATABASE_URL_FILE');
    }
  });

  it('writes nowhere but into the database, and listens on this machine only', () => {
    for (const [, service] of ours) expect(service.read_only).toBe(true);
    for (const port of services.flatMap(([, { ports }]) => ports ?? [])) expect(port).toMatch(/^127\.0\.0\.1:/u);
  });

  it('lets Redis forget nothing by itself, and PostgreSQL nothing at all', () => {
    const words = (name: string): string => composed.services[name]?.command.join(' ') ?? '';
    expect(words('redis')).toContain('--appendonly yes');
    expect(words('redis')).toContain('--maxmemory-policy noeviction');
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
      expect(words('postgres')).toContain(`${name}=on`);
  });
});
