import { createRedisBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Fault } from '../platform/fault.ts';
import type { Logger } from '../platform/logger.ts';
import { QUEUE_OPTIONS, WORKER_OPTIONS, withPatience, type QueueEngine } from './engine.ts';
import { refuseEviction, warnWhenForgetful, warnWhenShared } from './redis-safety.ts';
import { within } from './within.ts';

export type RedisEngineOptions = {
  readonly redisUrl: string;
  /** Only to notice two deployments on one prefix. */
  readonly databaseUrl: string;
  readonly instance: string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly onError: (error: unknown) => void;
};

/** How long the start waits for Redis. Without it the house works too, on its timers. */
const START_MS = 2_000;

/**
 * Nothing already sent is given up when the connection breaks: BullMQ would remember such a failure of its first command
 * for ever. That nobody waits for a sent command is the callers' business.
 */
const CONNECTION = {
  keepAlive: 10_000,
  maxRetriesPerRequest: null,
  retryStrategy: (times: number) => Math.min(times * 200, 2_000),
} as const;

/** Throws Fault `redis.unsafe` when a Redis that answers may evict keys. One that is away only gives a warning. */
export async function openRedisEngine(options: RedisEngineOptions): Promise<QueueEngine> {
  const { redisUrl, log, onError } = options;
  // In braces, so that all keys of a queue share a slot of Redis Cluster.
  const prefix = `{shouli_${options.instance}}`;
  const producer = new Redis(redisUrl, { ...CONNECTION, enableOfflineQueue: false, socketTimeout: 5_000 });
  producer.on('error', onError);
  try {
    await inspect(producer, prefix, options);
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  producer.on('ready', () => {
    refuseEviction(producer).catch((error: unknown) => log.error({ err: error }, 'Redis could not be inspected'));
  });

  const copies: Redis[] = [];
  let consumers: Redis | undefined;

  const factory = withPatience(createRedisBackend);
  return {
    kind: 'redis',
    openQueue(name) {
      const queue = new Queue(name, { ...QUEUE_OPTIONS, connection: producer, prefix }, factory);
      queue.on('error', onError);
      return Promise.resolve(queue);
    },
    openWorker(name, processor, concurrency) {
      const connection = (consumers ??= openConsumers(redisUrl, onError, copies));
      const worker = new Worker(name, processor, { ...WORKER_OPTIONS, connection, prefix, concurrency }, factory);
      worker.on('error', onError);
      return Promise.resolve(worker); // ready as soon as Redis is
    },
    usable: () => producer.status === 'ready',
    ping: () => producer.ping(),
    onReturn: (listener) => void producer.on('ready', listener),
    close() {
      for (const client of [producer, consumers, ...copies]) client?.disconnect();
      return Promise.resolve();
    },
  };
}

/**
 * For all workers of the process. Opened with the first of them and not by `lazyConnect`: a worker that starts while
 * Redis is away would never recover. Collects the blocking connections that BullMQ copies from it, which BullMQ leaves
 * open when it is closed while Redis is away.
 */
function openConsumers(redisUrl: string, onError: (error: unknown) => void, copies: Redis[]): Redis {
  const client = new Redis(redisUrl, CONNECTION);
  client.on('error', onError);
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (override) => {
    const copy = duplicate(override);
    copies.push(copy);
    return copy;
  };
  return client;
}

async function inspect(client: Redis, prefix: string, options: RedisEngineOptions): Promise<void> {
  const { instance, databaseUrl, log, onError } = options;
  await within(START_MS, new Promise((resolve) => client.once('ready', resolve)));
  if (client.status !== 'ready') {
    log.warn({}, 'Redis is away: hints are dropped until it is back, the timers do the work');
    return;
  }
  try {
    await within(START_MS, refuseEviction(client));
    await within(START_MS, warnWhenForgetful(client, log));
    await within(START_MS, warnWhenShared(client, { prefix, instance, databaseUrl }, log));
  } catch (error) {
    if (error instanceof Fault) throw error;
    onError(error); // one of the two is full, read-only or gone: that is no reason not to start
  }
}
