import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { projectRoot } from '../src/platform/project-root.ts';
import { parseDockerfile, type Stage, type Step } from './dockerfile-steps.ts';

/**
 * Follows the Dockerfile without an engine: each stage is a fresh folder, COPY and RUN happen in it, and in the end the
 * image's own command line is tried. It cannot follow the base image, users and volumes; those steps are listed.
 * Needs the package registry, so it is a step of CI and not a test.
 */
const root = mkdtempSync(join(tmpdir(), 'shouli-image-'));
const notFollowed: string[] = [];
try {
  const stages = parseDockerfile(readFileSync(join(projectRoot(), 'Dockerfile'), 'utf8'));
  for (const stage of stages) follow(stage);
  const image = join(root, stages.at(-1)?.name ?? '', 'app');
  const problems = [...missing(image), ...unwanted(image), ...tryCommands(image)];
  for (const step of notFollowed) console.log(`not followed: ${step}`);
  for (const problem of problems) console.error(problem);
  console.log(`docker steps: ${String(stages.length)} stages, ${String(problems.length)} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

function follow(stage: Stage): void {
  console.log(`stage ${stage.name}`);
  let folder = join(root, stage.name);
  mkdirSync(folder, { recursive: true });
  for (const step of stage.steps) {
    if (step.instruction === 'WORKDIR') mkdirSync((folder = join(root, stage.name, step.words)), { recursive: true });
    else if (step.instruction === 'COPY') copy(step, folder);
    else if (step.instruction === 'RUN' && !/ -o node /u.test(step.words)) {
      console.log(`  ${step.words}`);
      execFileSync('sh', ['-c', step.words], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    } else notFollowed.push(`${step.instruction} ${step.words}`);
  }
}

/** As Docker does it: the content of a folder goes into the target, files go into it when it ends in a slash. */
function copy(step: Step, folder: string): void {
  const words = step.words.split(/\s+/u);
  const from = words[0]?.startsWith('--from=') === true ? words.shift()?.slice('--from='.length) : undefined;
  const target = words.pop() ?? '.';
  for (const word of words) {
    const source = from === undefined ? join(projectRoot(), word) : join(root, from, word);
    const into = target.endsWith('/') ? join(folder, target, basename(word)) : join(folder, target);
    cpSync(source, into, { recursive: true, verbatimSymlinks: true });
  }
}

function missing(image: string): string[] {
  const needed = [
    'dist/src/cli.js',
    'dist/src/platform/fault.js',
    'dist/console/index.html',
    'dist/console/assets',
    'rules',
    'src/store/migrations',
    'node_modules/pg',
  ];
  return needed.filter((path) => !existsSync(join(image, path))).map((path) => `missing in the image: ${path}`);
}

function unwanted(image: string): string[] {
  const packages = ['typescript', 'vitest', 'vite', 'react', 'antd', 'playwright-core']; // the desk comes as a bundle
  const unwelcome = ['.git', 'test', 'fixtures', '.data', '.env', ...packages.map((name) => `node_modules/${name}`)];
  const sources = readdirSync(join(image, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  return [...unwelcome.filter((path) => existsSync(join(image, path))), ...sources].map(
    (path) => `does not belong in the image: ${path}`,
  );
}

function tryCommands(image: string): string[] {
  const text = JSON.stringify({ id: '1', channel: 'email', text: '学校乱收费' });
  const commands: { readonly args: readonly string[]; readonly input: string; readonly says: RegExp }[] = [
    { args: ['rules', 'check'], input: '', says: /./u },
    { args: ['classify', '--jsonl'], input: `${text}\n`, says: /"category":7/u },
  ];
  return commands.flatMap(({ args, input, says }) => {
    const options = {
      cwd: image,
      input,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/src/cli.js', ...args], options);
    return status === 0 && says.test(stdout) ? [] : [`${args.join(' ')} failed in the image: ${stderr}${stdout}`];
  });
}
