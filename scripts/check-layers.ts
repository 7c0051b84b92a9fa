import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../src/platform/project-root.ts';

/**
 * `npm run layers`: imports run one way (.dependency-cruiser.cjs). dependency-cruiser is content with an empty folder and
 * leaves out what it cannot parse, so this also counts: every source file must have been looked at.
 * The optional argument is another folder laid out like this one.
 */
type Cruised = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
};

/** Built by itself for the browser, and checked by test/architecture/desk.test.ts. */
const DESK = join('src', 'console/');

const root = process.argv[2] ?? projectRoot();
const folders = ['src', 'workers'].filter((folder) => existsSync(join(root, folder)));
const { modules, summary } = cruise();

const seen = new Set(modules.map(({ source }) => source));
const unseen = folders.flatMap(sourceFiles).filter((file) => !seen.has(file));
const problems = [
  ...summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  ...unseen.map((file) => `not looked at: ${file}`),
  ...(seen.size === 0 ? ['looked at nothing'] : []),
];
for (const problem of problems) console.error(problem);
console.log(`layers: ${String(seen.size)} modules, ${String(problems.length)} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Exit codes are the number of violations, so the output is what counts. */
function cruise(): Cruised {
  const program = join(projectRoot(), 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const config = join(projectRoot(), '.dependency-cruiser.cjs');
  const args = [program, ...folders, '--config', config, '--output-type', 'json'];
  const output = execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  return JSON.parse(output) as Cruised;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => join(folder, name))
    .filter((file) => !file.startsWith(DESK));
}
