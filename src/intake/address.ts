import { domainToASCII } from 'node:url';
import type { Address } from './item.ts';
import { cleanLine, cutLine } from './mail-clean-text.ts';
import { scanMailboxes, type MailboxList } from './address-list.ts';
import { decodeEightBit, decodeFieldText, decodeWords } from './mail-words.ts';

/** RFC 5322 dot-atom without quoting, with the UTF-8 letters of RFC 6531. No quoted local part, no address literal. */
const LOCAL_PART =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u{80}-\u{10ffff}-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u{80}-\u{10ffff}-]+)*$/u;
const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])$/;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}\p{Co}\p{Cs}\uFFFD]/u;

/** One address that is safe to put into an envelope, or null. `text` has no display name, no brackets. */
export function parseAddress(text: string): { address: string; domain: string } | null {
  if (text.length > 320) return null;
  const at = text.lastIndexOf('@');
  if (at < 1) return null;
  const local = text.slice(0, at);
  if (INVISIBLE.test(text) || local.includes('=?') || !LOCAL_PART.test(local) || Buffer.byteLength(local) > 64)
    return null;
  const domain = asciiDomain(text.slice(at + 1));
  return domain === null ? null : { address: `${local}@${domain}`, domain };
}

/** Lower case, punycode; null when it is no domain name. `domainToASCII` also applies the IDNA mapping. */
export function asciiDomain(domain: string): string | null {
  if (domain.length > 255 || /[^\p{L}\p{N}\p{M}.-]/u.test(domain)) return null;
  const ascii = domainToASCII(domain.toLowerCase());
  return DOMAIN.test(ascii) && !/^[\d.]+$/.test(ascii) ? ascii : null;
}

export type FromField = {
  readonly from: Address | null;
  readonly shown: string;
  /** More than one mailbox, a group, or several From fields. */
  readonly ambiguous: boolean;
  /** `From: <>`: only machines write it. */
  readonly empty: boolean;
};

const MAX_SHOWN = 300;
const MAX_NAME = 200;
const NOBODY = '未知';

/** Reads From field values (raw latin1). Only a field that is one mailbox by strict grammar gives a sender. */
export function readFrom(raws: readonly string[]): FromField {
  const raw = raws[0] ?? '';
  if (raw === '') return { from: null, shown: NOBODY, ambiguous: raws.length > 1, empty: false };
  const list = scanMailboxes(decodeEightBit(raw).text, 3);
  const ambiguous = list.count > 1 || list.grouped || raws.length > 1;
  const from = onlyMailbox(list);
  const all = list.mailboxes.map((mailbox) => shown(mailbox.address, decodeName(mailbox.name))).join('；');
  const text = from === null ? all || cleanLine(decodeFieldText(raw).text) : shown(from.address, from.name);
  return { from, shown: cutLine(text, MAX_SHOWN) || NOBODY, ambiguous, empty: /^<\s*>$/.test(raw) };
}

function onlyMailbox(list: MailboxList): Address | null {
  const only = list.mailboxes[0];
  if (only === undefined || list.count !== 1 || list.grouped || !list.wellFormed) return null;
  const parsed = parseAddress(only.address);
  return parsed === null ? null : { ...parsed, name: decodeName(only.name) };
}

/** Address first, so that a display name can never pass for it. */
function shown(address: string, name: string): string {
  const cleaned = cleanLine(address).trim();
  return name === '' ? cleaned : `${cleaned || '无地址'}（${name}）`;
}

function decodeName(name: string): string {
  return cutLine(cleanLine(decodeWords(name).text).trim(), MAX_NAME);
}

/** Addresses of To, Cc, Reply-To and the like: at most `limit` of them, and how many there are. */
export function readAddresses(raws: readonly string[], limit: number): { addresses: string[]; count: number } {
  const addresses: string[] = [];
  let count = 0;
  for (const raw of raws) {
    const list = scanMailboxes(decodeEightBit(raw).text, limit - addresses.length);
    count += list.count;
    for (const mailbox of list.mailboxes) {
      const parsed = parseAddress(mailbox.address);
      if (parsed !== null) addresses.push(parsed.address);
    }
  }
  return { addresses, count };
}

/** Return-Path: "" for the null path of RFC 5321 section 4.5.5, null when the field is missing. */
export function readReturnPath(raw: string | null): string | null {
  if (raw === null) return null;
  const inside = raw.replace(/^[^<]*<|>[^>]*$/g, '').trim();
  return inside === '' ? '' : (parseAddress(inside)?.address ?? cutLine(cleanLine(inside), 320));
}
