import { normalisePhone } from '../intake/caller-number.ts';
import type { Sealer } from '../platform/sealing.ts';
import { recipientKeys } from './acknowledge.ts';
import type { CaseKey } from './case-links.ts';

/** What was sealed about who wrote or called: a mail has an address, a call what the operator wrote down. */
export type SealedPerson = {
  readonly address?: string | null;
  readonly from?: string;
  readonly callerName?: string | undefined;
  readonly callerPhone?: string | undefined;
  readonly anonymous?: boolean | undefined;
};

/** Mobile numbers only: a land line in a letter is mostly that of a school or an office. */
const MOBILE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/gu;
const SIGNED =
  /(?:反映人|投诉人|举报人|来信人|联系人|署名|姓名|我叫|本人)[:：]?\s*(\p{Script=Han}{2,4})(?!\p{Script=Han})/u;
const LAST_LINE = /\n\s*(\p{Script=Han}{2,4})\s*(?:\n\s*[\d年月日./-]+\s*)?$/u;
const SHOWN_NAME = /(?:^|[\s("“])(\p{Script=Han}{2,4})(?=$|[\s)"”])/u;

/** Compares callers without keeping their number: one number, however it was written down. */
export function phoneKey(sealer: Pick<Sealer, 'mac'>, written: string): Buffer {
  const phone = normalisePhone(written);
  return sealer.mac('phone', phone.kind === 'number' ? phone.e164 : phone.raw);
}

/**
 * By what a person is known again when he writes or calls once more. Who asked to stay unnamed is not looked for: an anonymous
 * informant is not traced without an approval (检举控告工作规则 art. 29).
 */
export function personKeys(
  sealer: Pick<Sealer, 'mac'>,
  person: SealedPerson,
  text: string,
  place: string | null,
): readonly CaseKey[] {
  if (person.anonymous === true || /匿名/u.test(person.callerName ?? '')) return [];
  const keys: CaseKey[] = [];
  if (person.address) keys.push({ kind: 'sender', key: recipientKeys(sealer, person.address).recipientKey });
  const phones = [...(person.callerPhone ? [person.callerPhone] : []), ...(text.match(MOBILE) ?? [])];
  for (const phone of phones) keys.push({ kind: 'phone', key: phoneKey(sealer, phone) });
  const name = nameOf(person, text);
  if (name !== null && place !== null)
    keys.push({ kind: 'name-place', key: sealer.mac('name-place', `${name} ${place}`) });
  return keys;
}

function nameOf({ callerName, from = '' }: SealedPerson, text: string): string | null {
  const called = callerName?.replace(/\s|先生|女士|老师|同志/gu, '') ?? '';
  if (/^\p{Script=Han}{2,4}$/u.test(called)) return called;
  return SIGNED.exec(text)?.[1] ?? LAST_LINE.exec(text)?.[1] ?? SHOWN_NAME.exec(from)?.[1] ?? null;
}
