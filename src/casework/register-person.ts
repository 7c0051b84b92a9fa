import type { RegisterEntry } from '../intake/map-register.ts';
import type { Sealer } from '../platform/sealing.ts';
import { recipientKeys } from './acknowledge.ts';
import { phoneKey } from './person-keys.ts';
import type { SettledItem } from './records.ts';
import { identityContext } from './settle-mail.ts';

/** One address and nothing else: what a letter could be sent to. */
const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/u;

/** Who wrote or called, sealed, with the key by which he is known again. null: the register does not say. */
export function sealedPerson(
  sealer: Sealer,
  { name, contact }: RegisterEntry,
  itemId: number,
): SettledItem['identity'] {
  if (name === null && contact === null) return null;
  const { keys, ...reached } = contact === null ? { keys: NOBODY } : reachedBy(sealer, contact);
  const called = name === null ? {} : { callerName: name, from: name, anonymous: UNNAMED.test(name) };
  return {
    sealed: sealer.seal(Buffer.from(JSON.stringify({ ...called, ...reached })), identityContext(itemId)),
    ...keys,
  };
}

const NOBODY = { senderKey: null, domainKey: null };
const UNNAMED = /匿名|不详|无名/u;

function reachedBy(sealer: Sealer, contact: string) {
  if (!ADDRESS.test(contact))
    return { callerPhone: contact, keys: { senderKey: phoneKey(sealer, contact), domainKey: null } };
  const { recipientKey, domainKey } = recipientKeys(sealer, contact);
  return { address: contact, keys: { senderKey: recipientKey, domainKey } };
}
