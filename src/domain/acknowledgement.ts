/** Everything that decides whether a mail may be acknowledged by the machine. Domains are lower case and punycode. */
export type AckFacts = {
  /** What intake found; `certain`: by headers, so that nobody waits for an answer. Subject words alone are not certain. */
  readonly automatic: { readonly reason: string; readonly certain: boolean } | null;
  /** The one strictly parsed sender; null when there is none or it is ambiguous. */
  readonly from: { readonly address: string; readonly domain: string } | null;
  /** Address of the Return-Path, "" for <>, null when the header is missing. */
  readonly returnPath: string | null;
  readonly replyToDomains: readonly string[];
  readonly recipientCount: number;
  /** Every address that we send or receive under. */
  readonly ownAddresses: readonly string[];
  /** Mail domains of the units in the registry: their administrators would see that an employee wrote to us. */
  readonly unitDomains: readonly string[];
  readonly authentication: 'pass' | 'fail' | 'none';
  readonly ageMs: number;
  readonly fromSpamFolder: boolean;
  /** Since our last letter in the same thread; null when there is none. */
  readonly secondsSinceOurLetter: number | null;
  readonly flags: readonly string[];
};

/** Why no acknowledgement goes out by itself: the sentence a person reads, and whether a person must tell the citizen. */
export const ACK_REFUSALS = {
  'own-address': { text: '来信地址是本办自己的邮箱，不自动回复', person: false },
  'automatic-mail': { text: '属于自动邮件（退信、自动回复、群发等），不回复', person: false },
  'suspected-automatic': { text: '疑似自动回复，可能有人在等候答复，请人工判断', person: true },
  'no-single-sender': { text: '发件人缺失或不明确，无法自动回复，请人工告知', person: true },
  'suspicious-sender': { text: '发件人可疑，为防冒用他人地址不自动回复，请人工判断', person: true },
  'return-path-empty': { text: '退信地址为空，不自动回复，请人工判断', person: true },
  'return-path-missing': { text: '没有退信地址，无法核对发件人，请人工告知', person: true },
  'return-path-differs': { text: '退信地址与发件人不在同一域名，请人工告知', person: true },
  'reply-to-differs': { text: '回复地址与发件人不在同一域名，请人工告知', person: true },
  'authentication-failed': { text: '发件人身份验证未通过，请人工告知', person: true },
  'too-many-recipients': { text: '收件人超过10个，不自动回复，请人工判断', person: true },
  'unit-domain': { text: '来信使用单位邮箱，为防泄露来信人不自动回复，请人工告知', person: true },
  'from-spam-folder': { text: '邮件在垃圾邮件箱中，不自动回复，请人工判断', person: true },
  'too-old': { text: '邮件收到已满3日，不再自动回复，请人工告知', person: true },
  'acknowledged-before': { text: '来信人已收到收件回复，不再重复回复', person: false },
  'answers-our-letter-at-once': { text: '在我方去信后60秒内到达，疑似自动回复，请人工判断', person: true },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly person: boolean }>>;
export type AckRefusal = keyof typeof ACK_REFUSALS;

/** `person`: somebody may be waiting, so a person must be given the task. */
export type AckDecision =
  { readonly kind: 'send' } | { readonly kind: 'withhold'; readonly reason: AckRefusal; readonly person: boolean };

const MOST_RECIPIENTS = 10;
const MOST_AGE_MS = 3 * 86_400_000;
const LOOP_SECONDS = 60;

/**
 * May the machine answer this mail? RFC 3834 section 2 and more: an answer to a robot loops, one to a forged sender hits a
 * third party, one to a unit's mail domain gives the writer away. The caps on numbers are decideCap's.
 */
export function decideAck(facts: AckFacts): AckDecision {
  const reason = refusalOfSender(facts) ?? refusalOfMail(facts);
  return reason === null ? { kind: 'send' } : { kind: 'withhold', reason, person: ACK_REFUSALS[reason].person };
}

function refusalOfSender(facts: AckFacts): AckRefusal | null {
  const { automatic, from, flags } = facts;
  if (from !== null && isOwn(facts.ownAddresses, from.address)) return 'own-address';
  if (automatic !== null) return automatic.certain ? 'automatic-mail' : 'suspected-automatic';
  if (from === null || flags.includes('ambiguous-sender')) return 'no-single-sender';
  if (flags.includes('suspicious-sender')) return 'suspicious-sender';
  return refusalOfPath(facts, from.domain.toLowerCase());
}

function refusalOfPath(facts: AckFacts, domain: string): AckRefusal | null {
  const { returnPath } = facts;
  if (returnPath === null) return 'return-path-missing';
  if (returnPath === '') return 'return-path-empty';
  if (domainOf(returnPath) !== domain) return 'return-path-differs';
  if (facts.replyToDomains.some((replyTo) => replyTo.toLowerCase() !== domain)) return 'reply-to-differs';
  if (facts.unitDomains.some((unit) => isWithin(domain, unit.toLowerCase()))) return 'unit-domain';
  return null;
}

function refusalOfMail(facts: AckFacts): AckRefusal | null {
  if (facts.authentication === 'fail') return 'authentication-failed';
  if (facts.recipientCount > MOST_RECIPIENTS) return 'too-many-recipients';
  if (facts.fromSpamFolder) return 'from-spam-folder';
  if (facts.ageMs >= MOST_AGE_MS) return 'too-old';
  const { secondsSinceOurLetter } = facts;
  const atOnce = secondsSinceOurLetter !== null && secondsSinceOurLetter < LOOP_SECONDS;
  return atOnce ? 'answers-our-letter-at-once' : null;
}

function isOwn(ownAddresses: readonly string[], address: string): boolean {
  const sender = normaliseSender(address);
  return ownAddresses.some((own) => normaliseSender(own) === sender);
}

/** A unit's domain and everything below it. */
function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

const DOTLESS_DOMAINS: readonly string[] = ['gmail.com', 'googlemail.com'];

/** One key for the many spellings of one mailbox: for counting and comparing only, never to send to. */
export function normaliseSender(address: string): string {
  const domain = domainOf(address);
  const local = address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase();
  // A leading + is a name, not a tag.
  const untagged = local.replace(/(?<=.)\+.*$/s, '');
  return DOTLESS_DOMAINS.includes(domain) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`;
}
