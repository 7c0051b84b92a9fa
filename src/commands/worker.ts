import type { Command } from './command.ts';
import { PROCESSES, startWorker, type ProcessName } from '../roles/start-worker.ts';

export const command: Command = {
  async run([role]) {
    if (!isRole(role)) {
      process.stderr.write(`usage: shouli worker ROLE, one of ${PROCESSES.join(', ')}\n`);
      return 2;
    }
    await startWorker(role);
    return null;
  },
};

function isRole(text: string | undefined): text is ProcessName {
  return (PROCESSES as readonly (string | undefined)[]).includes(text);
}
