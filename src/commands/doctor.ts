import { parseArgs } from 'node:util';
import { diagnose, type Diagnosis } from '../roles/diagnose.ts';
import { openQueue } from '../queue/backend.ts';
import { resumeFiring } from '../store/deadlines.ts';
import type { Command } from './command.ts';
import { withHouse } from './open-for-command.ts';

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, 'trust-clock': { type: 'boolean' } },
    });
    const found = await withHouse('doctor', async (house) => {
      if (values['trust-clock'] === true) await resumeFiring(house.database.db);
      const queue = await openQueue({
        redisUrl: house.config.redisUrl,
        databaseUrl: house.databaseUrl,
        instance: `shouli-${house.instance.slice(0, 8)}`,
        log: house.log,
      });
      house.shutdown.add('queue', () => queue.close());
      return diagnose(house, queue, 0);
    });
    process.stdout.write(values.json === true ? `${JSON.stringify(found)}\n` : inWords(found));
    return found.ok ? 0 : 1;
  },
};

function inWords(found: Diagnosis): string {
  const { mailbox, items, letters, deadlines, queue, journal } = found;
  return [
    found.ok ? 'everything is in order' : 'something is wrong:',
    ...found.problems.map((problem) => `  ${problem}`),
    '',
    `mailbox    ${mailbox.listed} listed, ${mailbox.stored} stored, ${mailbox.missing} missing`,
    `items      ${items.total}, ${items.withoutDisposition} without a disposition yet`,
    `cases      ${found.cases}`,
    `letters    ${letters.sent} sent, ${letters.pending} pending, ${letters.failed} failed, ${letters.unknown} unknown`,
    `deadlines  ${deadlines.armed} armed, ${deadlines.fired} fired, ${deadlines.overdue} overdue`,
    `queue      ${queue.backend}, ${queue.reachable ? 'reachable' : 'not reachable'}`,
    `journal    ${journal.entries} entries, ${journal.intact ? 'intact' : 'BROKEN'}`,
    '',
  ].join('\n');
}
