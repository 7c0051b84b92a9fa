import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { apiTypes, type OpenApiDocument } from '../../scripts/api-types.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { sourceFiles, withoutComments } from '../support/source-files.ts';

/** What the desk is made of. One more is a decision: docs/adr/0013-dependencies.md. */
const PACKAGES = [
  'react',
  'react-dom',
  'antd',
  '@ant-design/icons',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'react-router',
  'openapi-fetch',
];
const DESK = 'src/console';
const START_PAGE = 'pages/today/today-page.tsx';
const FIRST_LOAD_BYTES = 400_000;

const FORBIDDEN = {
  'HTML made of text': /\b(?:innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|srcDoc)\b/u,
  'document written by script': /\bdocument\.write|\bcreateContextualFragment\b|\bDOMParser\b/u,
  'text run as a program': /\beval\s*\(|\bnew Function\b|\bjavascript:/u,
  'field that Ant Design measures by an inline style, against the policy': /\bautoSize\b/u,
  'other way to the network': /\bXMLHttpRequest\b|\bWebSocket\b|\bsendBeacon\b/u,
};
/** The typed client, live events and nothing else speak to the service. */
const OUTSIDE_API = /\bfetch\s*\(|\bEventSource\b/u;

function read(path: string): string {
  return readFileSync(join(projectRoot(), path), 'utf8');
}

const files = sourceFiles([DESK], /\.tsx?$/u).map(({ path, text }) => ({ path, text: withoutComments(text) }));

/** Every `from '...'`, `import '...'` and `import('...')` that is there when the program runs. */
function importsOf(text: string): string[] {
  const statements = text.replace(/^(?:import|export) type [^;]*;/gmu, '');
  return [...statements.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/gu)].map(([, from = '']) => from);
}

function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

describe('the desk', () => {
  it('imports itself and the packages it is made of, and nothing else', () => {
    const foreign = files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((from) =>
          from.startsWith('.')
            ? !join(dirname(path), from).startsWith(`${DESK}/`)
            : !PACKAGES.includes(packageOf(from)),
        )
        .map((from) => `${path}: ${from}`),
    );
    expect(files.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(50);
    expect(foreign).toEqual([]);
  });

  it.each(Object.entries(FORBIDDEN))('has no %s', (_what, pattern) => {
    expect(files.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('speaks to the service in src/console/api only', () => {
    const outside = files.filter(({ path, text }) => !path.startsWith(`${DESK}/api/`) && OUTSIDE_API.test(text));
    expect(outside.map(({ path }) => path)).toEqual([]);
  });

  it('knows the API as docs/openapi.json tells it (npm run docs:generate)', () => {
    const document = JSON.parse(read('docs/openapi.json')) as OpenApiDocument;
    expect(read('src/console/api/schema.ts')).toBe(apiTypes(document));
  });

  it('is type-checked with everything else', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    expect(scripts['types']).toContain(`-p ${DESK}/tsconfig.json`);
  });

  it('keeps what its unit tests look at free of React', () => {
    const tested = sourceFiles(['test/unit/console'], /\.test\.ts$/u).flatMap(({ path, text }) => imported(path, text));
    const seen = new Set<string>();
    while (tested.length > 0) {
      const path = tested.pop() ?? '';
      const file = files.find((one) => one.path === path);
      if (file === undefined || seen.has(path)) continue;
      seen.add(path);
      tested.push(...imported(path, file.text));
    }
    const runsWithoutPage = (from: string): boolean => from.startsWith('.') || from === 'openapi-fetch';
    const impure = files.filter(
      ({ path, text }) => seen.has(path) && (path.endsWith('.tsx') || !importsOf(text).every(runsWithoutPage)),
    );
    expect(seen.size).toBeGreaterThan(0);
    expect(impure.map(({ path }) => path)).toEqual([]);
  });
});

function imported(path: string, text: string): string[] {
  return importsOf(text).flatMap((from) => (from.startsWith('.') ? [join(dirname(path), from)] : []));
}

type Chunk = { readonly file: string; readonly isEntry?: boolean; readonly imports?: readonly string[] };

describe('what a browser loads before the start page stands', () => {
  const manifest = JSON.parse(read('dist/console/.vite/manifest.json')) as Readonly<Record<string, Chunk>>;

  it(`is at most ${FIRST_LOAD_BYTES / 1000} kB of compressed script`, () => {
    const entry = Object.entries(manifest).find(([, { isEntry }]) => isEntry === true)?.[0] ?? '';
    const scripts = new Set<string>();
    for (const wanted = [entry, START_PAGE]; wanted.length > 0;) {
      const chunk = manifest[wanted.pop() ?? ''];
      if (chunk === undefined) throw new Error('the manifest names a chunk that it does not have');
      if (scripts.has(chunk.file)) continue;
      scripts.add(chunk.file);
      wanted.push(...(chunk.imports ?? []));
    }
    const sizes = [...scripts].map((file) => gzipSync(read(join('dist/console', file))).length);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    process.stdout.write(`desk: first load ${(bytes / 1000).toFixed(0)} kB of script in ${sizes.length} files, gzip\n`);
    expect(sizes.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES);
  });

  it('is made for people: no part of the development build of React is in it', () => {
    const scripts = readdirSync(join(projectRoot(), 'dist/console/assets')).filter((name) => name.endsWith('.js'));
    const forUs = scripts.filter((name) => /react\.development|jsxDEV\(/u.test(read(`dist/console/assets/${name}`)));
    expect(scripts.length).toBeGreaterThan(3);
    expect(forUs).toEqual([]);
  });
});
