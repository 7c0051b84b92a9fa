// What every worker has in common that is started to be killed: it waits, with its code loaded, for one line of orders; it
// tells each effect before it happens, synchronously, so that the last line is true whatever instant it dies at; and it
// kills itself right before an effect when it is ordered to.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** @returns {Promise<{ environment: Record<string, string>, observe: (effect: string) => void }>} */
export async function receiveOrders() {
  const lines = createInterface({ input: process.stdin });
  lines.on('close', () => process.kill(process.pid, 'SIGKILL')); // whoever started us is gone
  tell('ready');
  const [line] = await once(lines, 'line');
  const { environment, killAt } = JSON.parse(line);
  return { environment, observe: observer(killAt) };
}

function observer(killAt) {
  let left = killAt?.nth ?? 0;
  return (effect) => {
    tell(effect);
    if (effect !== killAt?.effect) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

function tell(word) {
  writeSync(1, `${word}\n`);
}
