/** What a log line consists of, after JSON. */
export type Fact = string | number | boolean | null | readonly Fact[] | { readonly [key: string]: Fact };

/**
 * Keys whose values never reach a log: secrets, who somebody is, and what he wrote. Compared in lower case without
 * `_` and `-`. Use other names for harmless facts (`fromState`, not `from`).
 */
const WITHHELD_KEYS = new Set(
  `password pass passphrase passwd secret secrets token authorization proxyauthorization cookie setcookie credentials
  auth datakey privatekey apikey lookupcode session sessionid csrf otp pin
  subject text body html content words transcript turns raw source headers rawheaders evidence excerpt note summary
  detail query parameters where hint input value values args params
  fullname personname displayname callername citizen complainant accused
  from to cc bcc sender recipient recipients replyto returnpath envelope
  address addresses email mail phone telephone mobile caller callernumber callerid idnumber employer
  ip remoteaddress remoteport remoteip xforwardedfor filename`
    .split(/\s+/u)
    .filter((key) => key !== ''),
);

const MAX_DEPTH = 8;
const MAX_TEXT = 2000; // UTF-16 units; a longer value is somebody's text, not a fact

/** Removes what must not be logged, by the name of the key and, as a second wall, by the look of the value. */
export function redact(fact: Fact, depth = 0): Fact {
  if (typeof fact === 'string') return redactText(fact);
  if (typeof fact !== 'object' || fact === null) return fact;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (isBytes(fact)) return '[bytes]';
  if (Array.isArray(fact)) return (fact as readonly Fact[]).slice(0, 100).map((one) => redact(one, depth + 1));
  return Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, redactValue(key, value, depth + 1)]));
}

function redactValue(key: string, value: Fact, depth: number): Fact {
  if (value === null || typeof value === 'boolean' || isCount(value)) return value;
  const plainKey = key.toLowerCase().replace(/[_-]/gu, '');
  if (WITHHELD_KEYS.has(plainKey)) return '[withheld]';
  if (plainKey === 'url' && typeof value === 'string') return redactText(value.replace(/[?#].*$/su, ''));
  return redact(value, depth);
}

/** `mail: 5` is a count; a telephone number is longer. */
function isCount(value: Fact): boolean {
  return typeof value === 'number' && value < 1e9;
}

/** What a Buffer turns into as JSON. */
function isBytes(fact: Fact): boolean {
  return typeof fact === 'object' && fact !== null && 'type' in fact && fact['type'] === 'Buffer';
}

function redactText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/:\/\/[^/\s]{1,500}@/gu, '://[withheld]@') // user and password of a URL
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,63}/giu, '[address]')
    .replace(/(?<![\w.-])\d{11,18}[\dXx]?(?![\w.-])/gu, '[number]'); // mobiles, identity cards, codes
}
