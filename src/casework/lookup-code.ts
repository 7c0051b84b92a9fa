import { scryptSync } from 'node:crypto';
import type { Random } from '../platform/random.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { LookupCode } from './records.ts';

/**
 * 64 KiB and about a tenth of a millisecond a try. The code is 53 random bits, not a password that somebody chose: trying
 * them all at this cost takes some 28,000 core-years, and the pepper (a MAC under the data key, which is not in the database)
 * keeps a stolen dump from being tried at all. docs/adr/0005.
 */
const COST = { N: 64, r: 8, p: 1 };

/** The only form of a query code that is stored. */
export function hashLookupCode(sealer: Pick<Sealer, 'mac'>, random: Random, caseId: number, code: string): LookupCode {
  const salt = random.bytes(16);
  return { caseId, salt, hash: stretched(sealer, salt, code) };
}

/** Done on the spot: at this cost the way to another thread and back would take longer. */
function stretched(sealer: Pick<Sealer, 'mac'>, salt: Buffer, code: string): Buffer {
  return scryptSync(sealer.mac('lookup-code', code), salt, 32, COST);
}
