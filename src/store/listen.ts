import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueryConfig } from 'pg';
import type { OpenDatabase } from './database.ts';

const RECONNECT_MS = 1_000;
/** A connection that was cut without a word looks like one on which nothing happens: it is asked now and then. */
const PULSE_MS = 15_000;
const PULSE_LIMIT_MS = 5_000;

type Heard = {
  onNotice(payload: string): void;
  /** From here on nothing is missed. `again`: after a lost connection. What was announced before this is not known. */
  onListening(again: boolean): void;
};

/**
 * Hears what is announced on a channel by committed transactions of whichever process, until `signal`. It says when it begins
 * to listen, the first time and after each lost connection. Resolves when it has ended.
 */
export async function listen(
  database: Pick<OpenDatabase, 'connect'>,
  channel: 'shouli_changes' | 'shouli_rules',
  signal: AbortSignal,
  heard: Heard,
): Promise<void> {
  let again = false;
  while (!signal.aborted) {
    try {
      await listenOnce(database, channel, signal, {
        onNotice: heard.onNotice,
        onListening: () => heard.onListening(again),
      });
    } catch {
      // the database is away: readiness says so, and the next round tries again
    }
    again = true;
    if (!signal.aborted) await sleep(RECONNECT_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function listenOnce(
  database: Pick<OpenDatabase, 'connect'>,
  channel: string,
  signal: AbortSignal,
  { onNotice, onListening }: { readonly onNotice: Heard['onNotice']; readonly onListening: () => void },
): Promise<void> {
  const client = await database.connect();
  const over = new AbortController();
  const end = (): void => over.abort();
  client.once('end', end);
  client.once('error', end);
  client.on('notification', ({ payload }) => onNotice(payload ?? ''));
  const pulse = setInterval(() => {
    client.query({ text: 'select 1', query_timeout: PULSE_LIMIT_MS } as QueryConfig).catch(end); // a field its types do not know
  }, PULSE_MS);
  try {
    await client.query(`listen ${channel}`);
    onListening();
    const either = AbortSignal.any([signal, over.signal]);
    if (!either.aborted) await once(either, 'abort');
  } finally {
    clearInterval(pulse);
    void client.end().catch(() => undefined); // not waited for: a connection that was cut never says goodbye
  }
}
