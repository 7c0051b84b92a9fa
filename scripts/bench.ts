import { parseArgs } from 'node:util';
import { benchAccuracy } from './bench/accuracy.ts';
import { benchClassify } from './bench/classify.ts';
import { benchIntake } from './bench/intake.ts';
import { benchLinks } from './bench/links.ts';
import { benchQueue } from './bench/queue.ts';
import { benchTimers } from './bench/timers.ts';
import { benchVote } from './bench/vote.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mails: { type: 'string' },
    cases: { type: 'string' },
    armed: { type: 'string' },
    folder: { type: 'string' },
  },
});
const benches: Readonly<Record<string, () => Promise<unknown>>> = {
  intake: () => benchIntake(Number(values.mails ?? 5_000)),
  classify: benchClassify,
  accuracy: benchAccuracy,
  vote: benchVote,
  timers: () => benchTimers(Number(values.armed ?? 1_000_000)),
  queue: () => benchQueue({ cases: Number(values.cases ?? 1_000_000), folder: values.folder }),
  links: () => benchLinks(Number(values.cases ?? 100_000)),
};
const bench = benches[positionals[0] ?? ''];
if (bench === undefined) {
  process.stderr.write(
    'usage: npm run bench -- intake [--mails N] | classify | accuracy | vote | links [--cases N] | queue [--cases N] [--folder F] | timers [--armed N]\n',
  );
  process.exit(2);
}
process.stdout.write(`${JSON.stringify(await bench())}\n`);
process.exit(0);
