import type { Command } from './commands/command.ts';
import { describeError } from './platform/describe-error.ts';
import { Fault } from './platform/fault.ts';

type Entry = { readonly summary: string; load(): Promise<{ command: Command }> };

/** Each loads only what it needs: classifying a text opens no database and no web server. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  start: { summary: 'everything on this machine', load: () => import('./commands/start.ts') },
  demo: { summary: 'the same, fed with fixtures/ (--keep stays up)', load: () => import('./commands/demo.ts') },
  worker: { summary: 'one worker as a process of its own', load: () => import('./commands/worker.ts') },
  import: { summary: 'take mails and transcripts from files', load: () => import('./commands/import-files.ts') },
  classify: { summary: 'texts in, verdicts out (--jsonl)', load: () => import('./commands/classify.ts') },
  rules: { summary: 'check and test the rule files', load: () => import('./commands/rules.ts') },
  report: { summary: 'the figures of a period, frozen (--from, --to)', load: () => import('./commands/report.ts') },
  doctor: { summary: 'nothing lost, doubled or overdue? (--json)', load: () => import('./commands/doctor.ts') },
  migrate: { summary: 'bring the database to this program’s schema', load: () => import('./commands/migrate.ts') },
  user: { summary: 'create a user and print his token', load: () => import('./commands/user.ts') },
};

function usage(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return ['usage: shouli COMMAND [OPTIONS]', '', ...lines, ''].join('\n');
}

async function run(name: string, args: readonly string[]): Promise<void> {
  const entry = COMMANDS[name];
  if (entry === undefined) {
    process.stderr.write(usage());
    process.exit(2);
  }
  try {
    const code = await (await entry.load()).command.run(args);
    if (code !== null) process.exit(code);
  } catch (error) {
    // A Fault's message is written for people; anything else is ours to mend and may quote what it must not.
    process.stderr.write(error instanceof Fault ? `${error.message}\n` : `${JSON.stringify(describeError(error))}\n`);
    process.exit(1);
  }
}

const [name = '', ...args] = process.argv.slice(2);
await run(name, args);
