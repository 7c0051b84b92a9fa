/** Letters of the machine in one sliding window that ends now, and how long ago the oldest of them went out. */
export type WindowCount = { readonly letters: number; readonly oldestAgeMs: number };

export type CapCounts = {
  readonly senderHour: WindowCount;
  readonly senderDay: WindowCount;
  readonly domainHour: WindowCount;
  readonly allHour: WindowCount;
  /** The recipient's domain is one of PUBLIC_MAIL_DOMAINS. */
  readonly publicDomain: boolean;
};

export type Cap = 'sender-hour' | 'sender-day' | 'domain-hour' | 'all-hour';

/** `over`: the cap that stays full longest, and when to ask again. */
export type CapDecision =
  { readonly kind: 'free' } | { readonly kind: 'over'; readonly cap: Cap; readonly retryAfterMs: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const SENDER_PER_HOUR = 3;
const SENDER_PER_DAY = 10;
const DOMAIN_PER_HOUR = 30;
const PUBLIC_DOMAIN_PER_HOUR = 500;

/** How much the house may send; the caps that protect a recipient are nobody's to change. */
export type CapLimits = { readonly perHour: number };
const DEFAULT_CAP_LIMITS: CapLimits = { perHour: 600 };

/** Mail providers where strangers share a domain: a cap per domain would let one of them silence the others. */
export const PUBLIC_MAIL_DOMAINS: ReadonlySet<string> = new Set([
  'qq.com',
  'vip.qq.com',
  'foxmail.com',
  '163.com',
  'vip.163.com',
  '126.com',
  'yeah.net',
  '188.com',
  'sina.com',
  'sina.cn',
  'vip.sina.com',
  'sohu.com',
  'tom.com',
  '21cn.com',
  '139.com',
  '189.cn',
  'wo.cn',
  'aliyun.com',
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'live.cn',
  'msn.com',
  'icloud.com',
  'yahoo.com',
]);

/** May one more letter go out now? Over a cap it is delayed and joined with others into one digest, never dropped. */
export function decideCap(counts: CapCounts, limits: CapLimits = DEFAULT_CAP_LIMITS): CapDecision {
  const perDomain = counts.publicDomain ? PUBLIC_DOMAIN_PER_HOUR : DOMAIN_PER_HOUR;
  const over = [
    fullness('sender-hour', counts.senderHour, SENDER_PER_HOUR, HOUR_MS),
    fullness('sender-day', counts.senderDay, SENDER_PER_DAY, DAY_MS),
    fullness('domain-hour', counts.domainHour, perDomain, HOUR_MS),
    fullness('all-hour', counts.allHour, limits.perHour, HOUR_MS),
  ].filter((full) => full !== null);
  const longest = over.toSorted((a, b) => b.retryAfterMs - a.retryAfterMs)[0];
  return longest === undefined ? { kind: 'free' } : { kind: 'over', ...longest };
}

function fullness(
  cap: Cap,
  count: WindowCount,
  most: number,
  windowMs: number,
): { cap: Cap; retryAfterMs: number } | null {
  if (count.letters < most) return null;
  // At least 1 ms: asking again in the same instant would spin.
  return { cap, retryAfterMs: Math.max(1, windowMs - count.oldestAgeMs) };
}
