import { randomUUID } from 'node:crypto';
import type { WakeUps } from '../casework/ports.ts';
import { Fault } from '../platform/fault.ts';
import type { Logger } from '../platform/logger.ts';
import { addAlarms, armMissing } from './alarms.ts';
import { startConsumer, type Consumer } from './consumer.ts';
import { WAKE_UP, type DueStep, type Handler, type QueueName } from './contracts.ts';
import { DROPPED, type JobQueue, type QueueEngine } from './engine.ts';
import { openPostgresEngine } from './postgres-engine.ts';
import { createErrorSink, createQueueCounts, type QueueCounts } from './queue-counts.ts';
import { openRedisEngine } from './redis-engine.ts';
import { createWakeUps } from './wake-ups.ts';
import { within } from './within.ts';

export type QueueOptions = {
  /** Absent or null: BullMQ keeps its jobs in PostgreSQL, in the schema `bullmq` of the same database. */
  readonly redisUrl?: string | null;
  readonly databaseUrl: string;
  /** Keeps deployments apart that share a Redis. Letters, digits, `-` and `_`. */
  readonly instance: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
};

/** An alarm clock and a doorbell in front of PostgreSQL rows. Everything in it may vanish at any instant: that costs time only. */
export type QueueBackend = {
  readonly kind: 'redis' | 'postgres';
  readonly wakeUps: WakeUps;
  /** One consumer a queue a process. With Redis away it waits for Redis in the background. */
  startConsumer<N extends QueueName>(
    name: N,
    handler: Handler<N>,
    options: { readonly concurrency: number },
  ): Promise<void>;
  /** Sets the alarms that are not set yet and returns how many those were. Throws a retryable Fault when the queue is away. */
  armDeadlines(steps: readonly DueStep[]): Promise<number>;
  reachable(): Promise<boolean>;
  /** Calls `listener` when Redis is back after a lost connection: it may have forgotten every alarm. */
  onReturn(listener: () => void): void;
  counts(): Readonly<QueueCounts>;
  /** Consumers first, each with ten seconds for what it is doing. */
  close(): Promise<void>;
};

const ANSWER_MS = 2_000;

/** Throws Fault `config.invalid`, `redis.unsafe` or `database.unreachable`. */
export async function openQueue(options: QueueOptions): Promise<QueueBackend> {
  const { redisUrl, databaseUrl, instance, log } = options;
  if (!/^[\w-]{1,40}$/u.test(instance)) {
    throw new Fault('config.invalid', 'The instance name may hold letters, digits, - and _, at most 40.');
  }
  const counts = createQueueCounts();
  const onError = createErrorSink(counts, log);
  const engine =
    redisUrl === undefined || redisUrl === null
      ? await openPostgresEngine({ databaseUrl, onError })
      : await openRedisEngine({ redisUrl, databaseUrl, instance, log, onError });
  const queues = await openQueues(engine);
  const consumers = new Map<QueueName, Promise<Consumer>>();

  return {
    kind: engine.kind,
    wakeUps: createWakeUps({
      usable: engine.usable,
      ring: (name) => ring(queues[name], name),
      arm: (steps) => addAlarms(queues.deadlines, steps),
      counts,
    }),
    async startConsumer(name, handler, { concurrency }) {
      if (consumers.has(name)) throw new Fault('internal', `The queue ${name} has a consumer already.`);
      const consumer = startConsumer({ engine, name, handler, concurrency, counts, log });
      consumers.set(name, consumer);
      await consumer;
    },
    armDeadlines: (steps) => armMissing(engine, queues.deadlines, steps),
    reachable: () => answers(engine),
    onReturn: engine.onReturn,
    counts: () => ({ ...counts }),
    async close() {
      await Promise.allSettled([...consumers.values()].map(async (consumer) => (await consumer).close()));
      await Promise.all(Object.values(queues).map((queue) => queue.close()));
      await engine.close();
    },
  };
}

async function openQueues(engine: QueueEngine): Promise<Record<QueueName, JobQueue>> {
  try {
    return {
      triage: await engine.openQueue('triage'),
      letters: await engine.openQueue('letters'),
      deadlines: await engine.openQueue('deadlines'),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** At most one unheard job a queue: while it waits, another ring changes nothing. See consumer.ts for when it is over. */
function ring(queue: JobQueue, name: 'triage' | 'letters'): Promise<unknown> {
  return queue.add(name, WAKE_UP, { ...DROPPED, jobId: `w_${randomUUID()}`, deduplication: { id: name } });
}

async function answers(engine: QueueEngine): Promise<boolean> {
  if (!engine.usable()) return false;
  try {
    return (await within(ANSWER_MS, engine.ping())).kind === 'settled';
  } catch {
    return false;
  }
}
