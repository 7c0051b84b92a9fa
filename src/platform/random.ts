import { randomBytes, randomInt } from 'node:crypto';

/** Where numbers, codes and tokens come from. A port, so that a simulation can be replayed from its seed. */
export type Random = {
  bytes(count: number): Buffer;
  /** A whole number, 0 <= n < limit, without modulo bias. `limit` is at most 2^48. */
  below(limit: number): number;
};

const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);

/** Bytes are drawn in blocks and handed out once: numbers and codes ask for one byte at a time. */
function take(count: number): Buffer {
  if (count > POOL_BYTES / 4) return randomBytes(count);
  if (pool.length < count) pool = randomBytes(POOL_BYTES);
  const taken = Buffer.from(pool.subarray(0, count));
  pool = pool.subarray(count);
  return taken;
}

/** The operating system's generator. */
export const systemRandom: Random = {
  bytes: take,
  below: (limit) => randomInt(limit),
};
