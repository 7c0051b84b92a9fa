import { domainToUnicode } from 'node:url';
import type { Address } from './item.ts';

/** Names under which only the office writes. */
const OFFICE_NAME = /教育厅|教\s*育\s*廳|效\s*能\s*办|效能風暴|效能风暴|纪检组/;
const ADDRESS_IN_NAME = /[^\s<>"'（）()]+@[^\s<>"'（）()]+/;
/** Scripts whose letters pass for Latin ones; no domain in the province uses them. */
const LATIN_LOOKALIKE = /\p{Script=Cyrillic}|\p{Script=Greek}|\p{Script=Armenian}|\p{Script=Cherokee}/u;

/**
 * The sender may be taken for somebody else: a display name that carries another address or the office's name, or a
 * domain spelt with letters that look Latin and are not.
 */
export function isSuspiciousSender(from: Address, ownDomains: readonly string[]): boolean {
  if (LATIN_LOOKALIKE.test(domainToUnicode(from.domain))) return true;
  if (ownDomains.includes(from.domain)) return false;
  const name = from.name.normalize('NFKC').toLowerCase();
  const inName = ADDRESS_IN_NAME.exec(name)?.[0];
  if (inName !== undefined && inName !== from.address.toLowerCase()) return true;
  return OFFICE_NAME.test(name) || ownDomains.some((domain) => name.includes(domain));
}
