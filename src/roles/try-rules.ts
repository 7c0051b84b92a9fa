import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { RuleTrial } from '../casework/rule-records.ts';
import { projectRoot } from '../platform/project-root.ts';
import type { RuleFile } from '../rules/rule-problem.ts';

/** Checking takes a second on a busy machine, the examples a few more (ms). */
const TIME_LIMIT_MS = 60_000;
const HEAP_MB = 384;
const MOST_PROBLEMS = 500;

/** Checks files, and with `examples` runs every example in them, in a process of its own with caps on time and memory. */
export function tryRuleFiles(files: readonly RuleFile[], examples: boolean): Promise<RuleTrial> {
  const child = fork(join(projectRoot(), 'dist/src/try-rules-child.js'), [], {
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: TIME_LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  return new Promise((resolve) => {
    let trial: RuleTrial = DIED;
    child.on('message', (message: RuleTrial) => (trial = message));
    child.once('error', () => resolve(DIED));
    child.once('close', () => resolve(capped(trial)));
    child.send({ files, examples }, (error) => {
      if (error !== null) child.kill('SIGKILL');
    });
  });
}

const DIED: RuleTrial = {
  kind: 'invalid',
  problems: [
    {
      file: '',
      line: 1,
      column: 1,
      message: 'the check did not survive these files, or took longer than a minute',
      hint: 'undo the last change and make it again in smaller steps',
    },
  ],
};

function capped(trial: RuleTrial): RuleTrial {
  return trial.kind === 'ok' ? trial : { kind: 'invalid', problems: trial.problems.slice(0, MOST_PROBLEMS) };
}
