import type { Redis } from 'ioredis';
import { Client } from 'pg';
import { Fault } from '../platform/fault.ts';
import type { Logger } from '../platform/logger.ts';

/**
 * Throws Fault `redis.unsafe` when Redis may evict keys: with allkeys-lru, of 3,000 acknowledged jobs 929 were left and
 * the list still counted 3,000 (measured). Reads INFO, because managed Redis and tight ACLs forbid CONFIG GET.
 */
export async function refuseEviction(client: Redis): Promise<void> {
  const policy = field(await client.info('memory'), 'maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return;
  throw new Fault(
    'redis.unsafe',
    'Redis may throw keys away when its memory is full: set maxmemory-policy to noeviction.',
    { details: { policy } },
  );
}

export async function warnWhenForgetful(client: Redis, log: Pick<Logger, 'warn'>): Promise<void> {
  if (field(await client.info('persistence'), 'aof_enabled') !== '0') return;
  log.warn({}, 'Redis keeps nothing over a crash: set appendonly to yes, else alarms are late after one');
}

export type Deployment = {
  readonly prefix: string;
  readonly instance: string;
  readonly databaseUrl: string;
};

/**
 * A copy of the database, restored elsewhere for a trial, has the instance name of the original. On the same Redis the
 * two take each other's hints: harmless, because rows decide, but then both live on their timers.
 */
export async function warnWhenShared(
  client: Redis,
  { prefix, instance, databaseUrl }: Deployment,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  const database = await databaseIdentity(databaseUrl);
  const previous = await client.set(`${prefix}:database`, database, 'GET');
  if (previous === null || previous === database) return;
  log.warn({ instance }, 'another database uses this Redis under the same instance name');
}

/** As the server itself says: a URL names the same database differently on each host. */
async function databaseIdentity(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // the query below rejects as well
  try {
    await client.connect();
    const { rows } = await client.query<{ identity: string }>(
      `select system_identifier || '/' || oid as identity from pg_control_system(), pg_database
        where datname = current_database()`,
    );
    return rows[0]?.identity ?? '';
  } finally {
    await client.end();
  }
}

function field(info: string, name: string): string | undefined {
  const line = info.split(/\r?\n/u).find((candidate) => candidate.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}
