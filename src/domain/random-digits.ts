/** Cryptographic random bytes, passed in: this layer has no source of its own. */
export type RandomSource = (bytes: number) => Uint8Array;

/** A source that yields nothing usable this often in a row is broken: the chance of it is below 1 in 10^100. */
const MOST_REFUSALS = 100;

/**
 * A whole number, 0 <= n < `limit` <= 256, every one equally likely: bytes beyond the last full run of `limit` are thrown
 * away, or the low numbers would come more often.
 */
export function randomBelow(random: RandomSource, limit: number): number {
  const usable = 256 - (256 % limit);
  for (let refusals = 0; refusals < MOST_REFUSALS; refusals += 1) {
    const [byte] = random(1);
    if (byte !== undefined && byte < usable) return byte % limit;
  }
  throw new RangeError('the random source does not yield usable bytes');
}

export function randomDigits(random: RandomSource, count: number): string {
  return Array.from({ length: count }, () => randomBelow(random, 10)).join('');
}
