import { randomUUID } from 'node:crypto';
import { Fault } from '../platform/fault.ts';
import type { Db } from './database.ts';

/**
 * The identity of this installation. Refuses a data key other than the one the database was sealed with:
 * going on would seal new mail with a key that cannot open the old.
 */
export async function claimInstance(db: Db, keyFingerprint: string): Promise<{ id: string }> {
  await db
    .insertInto('instance')
    .values({ id: randomUUID(), key_fingerprint: keyFingerprint })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db.selectFrom('instance').select(['id', 'key_fingerprint']).executeTakeFirstOrThrow();
  if (row.key_fingerprint !== keyFingerprint) {
    throw new Fault(
      'key.mismatch',
      `The database was sealed with data key ${row.key_fingerprint}, and this is ${keyFingerprint}. Set DATA_KEY_FILE to the key that belongs to it.`,
    );
  }
  return { id: row.id };
}
