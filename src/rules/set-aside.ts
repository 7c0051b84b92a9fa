import type { Channel } from '../domain/vocabulary.ts';
import type { Occurrences } from './find-occurrences.ts';
import type { NormalText } from './normal-text.ts';
import type { RuleSet } from './rule-set.ts';
import { cuePlaces, speakerTurns } from './speaker-turns.ts';
import type { SpeakerTurn } from './speaker-turns.ts';

/** Why words that look like evidence are none. The place in the list is what `Occurrences.aside` holds. */
export const ASIDE_REASONS = [
  '',
  'longer-word',
  'quoted-thread',
  'signature',
  'operator',
  'quoted-policy',
  'negated',
  'contrasted',
  'denied',
] as const;
export type AsideReason = (typeof ASIDE_REASONS)[number];

const reasonNumber = (reason: AsideReason): number => ASIDE_REASONS.indexOf(reason);
const NEGATED = reasonNumber('negated');
const CONTRASTED = reasonNumber('contrasted');
const DENIED = reasonNumber('denied');
/** The numbers above are said by the citizen himself, the smaller ones (but 0) are not his words. */
export function isForeignVoice(aside: number): boolean {
  return aside > 1 && aside < NEGATED;
}

// How many units may stand between the cue and the word it takes back: 没有任何乱收费; 不是学校收费; 收费方面我没意见.
const NEGATION_REACH = 3;
const CONTRAST_REACH = 8;
const DENIAL_REACH = 6;
const POLICY_REACH = 15;
const SIGNATURE_UNITS = 150;

const NEGATION_ENDS = 1;
const CONTRAST_ENDS = 2;
const DENIAL_STARTS = 4;
const POLICY_ENDS = 8;

/** What is known about whose words stand where. Reused from text to text. */
export type Voices = { marks: Uint8Array; cues: Uint8Array; turns: readonly SpeakerTurn[] };

export function createVoices(): Voices {
  return { marks: new Uint8Array(0), cues: new Uint8Array(0), turns: [] };
}

function mark(voices: Voices, start: number, end: number, reason: AsideReason): void {
  voices.marks.fill(reasonNumber(reason), Math.max(0, start), Math.max(0, end));
}

/** Lines that begin with ">" (RFC 3676 4.5), found in the original, where line breaks still are. */
function markQuotedLines(text: NormalText, voices: Voices): void {
  const { original } = text;
  if (!original.includes('>')) return;
  let unit = 0;
  for (let start = 0; start < original.length;) {
    const newline = original.indexOf('\n', start);
    const end = newline < 0 ? original.length : newline;
    while (unit < text.length && (text.at[unit] ?? 0) < start) unit += 1;
    if (/^[ \t]*[>＞]/.test(original.slice(start, start + 12))) {
      let last = unit;
      while (last < text.length && (text.at[last] ?? 0) < end) last += 1;
      mark(voices, unit, last, 'quoted-thread');
    }
    start = end + 1;
  }
}

/** "-----原始邮件-----", "在 ... 写道:": from there on it is somebody's earlier mail. In running text the words mean nothing. */
function markThread(rules: RuleSet, text: NormalText, found: Occurrences, voices: Voices): void {
  for (const { start, end } of cuePlaces(rules, found, 'thread')) {
    const before = text.original.slice(Math.max(0, (text.at[start] ?? 0) - 3), text.at[start] ?? 0);
    const endsLine = /^[\s:：]*(\n|$)/.test(
      text.original.slice((text.at[end - 1] ?? 0) + 1, (text.at[end - 1] ?? 0) + 8),
    );
    if (/[-—_*]\s?$/.test(before) || endsLine) return mark(voices, start, text.length, 'quoted-thread');
  }
}

function markSignature(rules: RuleSet, text: NormalText, found: Occurrences, voices: Voices): void {
  const last = cuePlaces(rules, found, 'closing').at(-1);
  if (last !== undefined && text.length - last.end < SIGNATURE_UNITS)
    mark(voices, last.start, text.length, 'signature');
}

const closingQuotes = new Map(
  ['《》', '“”', '‘’', '「」', '『』', '""'].map((pair) => [pair.charCodeAt(0), pair.charCodeAt(1)]),
);
const BOOK_TITLE = '《'.charCodeAt(0);
const MAX_QUOTE_UNITS = 300;

/** "方案说：“...”": a document is named shortly before, in the same sentence. */
function isIntroduced({ sentence }: NormalText, cues: Uint8Array, quote: number): boolean {
  for (let at = quote; at > 0 && at >= quote - POLICY_REACH; at -= 1)
    if (((cues[at] ?? 0) & POLICY_ENDS) !== 0) return sentence[at - 1] === sentence[quote];
  return false;
}

/** 《...》 always, "..." only where a document is quoted: citizens also quote the teacher. */
function markQuotes(text: NormalText, voices: Voices): void {
  for (let i = 0; i < text.length; i += 1) {
    const open = text.units[i] as number;
    const closing = closingQuotes.get(open);
    if (closing === undefined) continue;
    const length = text.units.subarray(i + 1, Math.min(text.length, i + MAX_QUOTE_UNITS)).indexOf(closing);
    if (length < 0) continue;
    const isPolicy = open === BOOK_TITLE || isIntroduced(text, voices.cues, i);
    if (isPolicy) mark(voices, i, i + 1 + length, 'quoted-policy');
    // Policies also stand inside citizens' quotes: look into everything but titles.
    if (isPolicy || open === 0x22) i += length + 1;
  }
}

/** "规定不得推诿扯皮、乱收费": what a document forbids is not what the citizen says happened. */
function markForbidden(rules: RuleSet, text: NormalText, found: Occurrences, voices: Voices): void {
  const introduced = new Map<number, number>();
  for (const { end } of cuePlaces(rules, found, 'policy_introduces')) {
    const sentence = text.sentence[end - 1] ?? 0;
    if (!introduced.has(sentence)) introduced.set(sentence, end);
  }
  let marked = 0;
  for (const { start, end } of cuePlaces(rules, found, 'policy_forbids')) {
    if (start < marked || (introduced.get(text.sentence[start] ?? 0) ?? Infinity) > start) continue;
    marked = listEnd(text, end);
    mark(voices, start, marked, 'quoted-policy');
  }
}

const listStops = new Set([',', '。', ';', '!', '?'].map((stop) => stop.charCodeAt(0)));

/** End of 推诿扯皮、乱收费: the list goes on over 、 and stops at other marks. */
function listEnd(text: NormalText, from: number): number {
  for (let i = from; i < text.length; i += 1) if (listStops.has(text.units[i] as number)) return i;
  return text.length;
}

function markTurns(voices: Voices): void {
  for (const { speaker, start, end } of voices.turns) if (speaker === 'operator') mark(voices, start, end, 'operator');
}

function markCues(rules: RuleSet, text: NormalText, found: Occurrences, voices: Voices): void {
  const set = (index: number, bit: number): void => {
    if (index < voices.cues.length) voices.cues[index] = (voices.cues[index] ?? 0) | bit;
  };
  const rhetorical = new Set(cuePlaces(rules, found, 'rhetorical').map(({ start }) => text.sentence[start]));
  for (const { end } of cuePlaces(rules, found, 'negation')) set(end, NEGATION_ENDS);
  // "这难道不是乱收费吗" asserts what it seems to deny.
  for (const { end } of cuePlaces(rules, found, 'contrast'))
    if (!rhetorical.has(text.sentence[end - 1])) set(end, CONTRAST_ENDS);
  for (const { start } of cuePlaces(rules, found, 'denial_after')) set(start, DENIAL_STARTS);
  for (const { end } of cuePlaces(rules, found, 'policy_introduces')) set(end, POLICY_ENDS);
}

/** Looks for a cue bit from `from` in direction `step`, inside one clause. */
function sees(text: NormalText, cues: Uint8Array, from: number, step: 1 | -1, reach: number, bit: number): boolean {
  const clause = text.clause[step < 0 ? from : from - 1];
  for (let i = 0, at = from; i <= reach; i += 1, at += step) {
    if (at < 0 || at > text.length) return false;
    if (((cues[at] ?? 0) & bit) !== 0) return text.clause[step < 0 ? at - 1 : at] === clause;
    if (step < 0 ? text.clause[at] !== clause : at < text.length && text.clause[at] !== clause) return false;
  }
  return false;
}

function reasonOf(text: NormalText, cues: Uint8Array, start: number, end: number): number {
  if (sees(text, cues, start, -1, NEGATION_REACH, NEGATION_ENDS)) return NEGATED;
  if (sees(text, cues, start, -1, CONTRAST_REACH, CONTRAST_ENDS)) return CONTRASTED;
  return sees(text, cues, end, 1, DENIAL_REACH, DENIAL_STARTS) ? DENIED : 0;
}

function judgeOccurrences(rules: RuleSet, text: NormalText, found: Occurrences, voices: Voices): void {
  for (let i = 0; i < found.count; i += 1) {
    if (found.aside[i] !== 0) continue;
    const start = found.start[i] as number;
    const foreign = voices.marks[start] as number;
    if (foreign !== 0) {
      found.aside[i] = foreign;
      continue;
    }
    const term = rules.terms[found.term[i] as number];
    if (term === undefined || term.kind === 'cue' || (term.kind === 'concept' && term.negationCounts)) continue;
    found.aside[i] = reasonOf(text, voices.cues, start, found.end[i] as number);
  }
}

/** Decides for every found word whether it is the citizen's own claim, and writes the reason into `found.aside` when not. */
export function setAside(rules: RuleSet, text: NormalText, found: Occurrences, channel: Channel, voices: Voices): void {
  if (voices.marks.length < text.length + 1) {
    voices.marks = new Uint8Array(text.units.length + 1);
    voices.cues = new Uint8Array(text.units.length + 1);
  } else {
    voices.marks.fill(0, 0, text.length + 1);
    voices.cues.fill(0, 0, text.length + 1);
  }
  voices.turns = speakerTurns(rules, text, found, channel);
  markTurns(voices);
  markQuotedLines(text, voices);
  markThread(rules, text, found, voices);
  markSignature(rules, text, found, voices);
  markCues(rules, text, found, voices);
  markQuotes(text, voices);
  markForbidden(rules, text, found, voices);
  judgeOccurrences(rules, text, found, voices);
}
