import { countOf, nearInSentence } from './countable-words.ts';
import { BUREAU, denyClosure, LEADERS, unitsOfLeaders } from './deny.ts';
import { GUARDED, occurrencesOf, stretchOf } from './find-occurrences.ts';
import type { Firing, Reading } from './fire-rules.ts';
import { findMaskedNames } from './find-masked-names.ts';
import type { MaskedName } from './find-masked-names.ts';
import { isMark } from './normal-text.ts';
import type { NormalText } from './normal-text.ts';
import type { RuleSet, Term } from './rule-set.ts';
import { termNumber } from './rule-set.ts';
import { isForeignVoice } from './set-aside.ts';
import type { Voices } from './set-aside.ts';
import { cuePlaces } from './speaker-turns.ts';

export type Mention = { readonly id: string; readonly start: number; readonly end: number; readonly bySound: boolean };

/** Who of the department is presumed accused. Uncertain means accused: a wrong yes costs a detour, a wrong no a whistleblower. */
export type Accused = {
  readonly units: readonly Mention[];
  /** Units and bureaus whose names somebody hid. They are denied like the others, and nothing else is concluded from them. */
  readonly masked: readonly Mention[];
  /** Leaders of the department, or the receiving office itself: the case leaves the house sealed. */
  readonly sealed: boolean;
  readonly leaders: readonly Mention[];
  readonly deny: readonly string[];
  /** Units that are named, asked or thanked without being presumed accused. */
  readonly asked: readonly string[];
  /** A mention was found by ear or behind a mask, or a leader was named without a clear accusation: a person should look. */
  readonly uncertain: boolean;
};

const HOST_REACH = 8;
const REQUEST_REACH = 4;
/** Hostile repetition: a name that is harmless fifty times is harmless. */
const MAX_LOOKS = 50;

/** Ends of words that show whose office a bare 学生处 is: of a school, or of a county or city bureau. */
const OTHER_HOSTS = new Set([...'校院学大县市区局州乡镇司'].map((c) => c.charCodeAt(0)));
/** What may stand between the host and its office: 县里资助中心, 学校的人事处. */
const LINKS = new Set([...'上里的'].map((c) => c.charCodeAt(0)));

/** A text, and the names in it that somebody hid. */
type Names = { readonly rules: RuleSet; readonly reading: Reading; readonly hidden: readonly MaskedName[] };

/** 你们厅, 省教育厅, 省教丨育丨厅 right before the word. */
function departmentIsNear({ rules, reading, hidden }: Names, start: number): boolean {
  const { found, text } = reading;
  const isNear = ({ end }: { end: number }): boolean =>
    end <= start && end >= start - HOST_REACH && text.sentence[end - 1] === text.sentence[start];
  return (['name', 'staff'] as const).some((id) => {
    const term = termNumber(rules, 'department', id);
    const plain = occurrencesOf(found, term, MAX_LOOKS).map((i) => stretchOf(found, i));
    return plain.some(isNear) || hidden.some((name) => name.term === term && isNear(name));
  });
}

function isNamed({ rules, reading, hidden }: Names, kind: 'department' | 'concept', id: string): boolean {
  const term = termNumber(rules, kind, id);
  return (reading.found.first[term] ?? -1) >= 0 || hidden.some((name) => name.term === term);
}

/** 你们规划处, 咱们学生处: whoever writes to the department and says "your" means the department's. */
function isAddressedAsYours({ text }: Reading, start: number): boolean {
  if (start < 2 || text.units[start - 1] !== 0x4eec) return false;
  const before = text.units[start - 2];
  return before === 0x4f60 || before === 0x54b1;
}

/** 学校人事处, 县上资助中心, 学院的学生处: of another body. */
function isHostedElsewhere({ units }: NormalText, start: number): boolean {
  const before = start === 0 ? 0 : (units[start - 1] as number);
  if (OTHER_HOSTS.has(before)) return true;
  return LINKS.has(before) && start > 1 && OTHER_HOSTS.has(units[start - 2] as number);
}

/**
 * Many bodies have a 学生处. It is the department's when the department stands right before it; another's when a school or a
 * bureau does; and else the department's unless the text is about another body and never names the department.
 */
function isOurs(names: Names, start: number, shared: boolean): boolean {
  const { reading } = names;
  if (departmentIsNear(names, start) || isAddressedAsYours(reading, start)) return true;
  if (isHostedElsewhere(reading.text, start)) return false;
  if (isNamed(names, 'department', 'name') || isNamed(names, 'department', 'staff')) return true;
  return !shared || !isNamed(names, 'concept', 'other-host');
}

/** A cue of `cue` that ends right before `start` in the same clause: 请基教处, 希望基教处. */
function isAskedToAct(requests: readonly { end: number }[], reading: Reading, start: number): boolean {
  return requests.some(({ end }) => end <= start && end >= start - REQUEST_REACH && !hasMark(reading, end, start));
}

function hasMark(reading: Reading, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (isMark(reading.text.units[i] as number)) return true;
  return false;
}

function accusesNear(rules: RuleSet, reading: Reading, start: number, end: number): boolean {
  const term = termNumber(rules, 'concept', 'accusing');
  return nearInSentence(reading.text, reading.found, reading.words, term, start, end) >= 0;
}

/** The operator's words are not the caller's, unless the caller's next turn begins with yes. */
function isConfirmed(voices: Voices, agreements: readonly { start: number }[], start: number): boolean {
  const turn = voices.turns.findIndex((candidate) => start >= candidate.start && start < candidate.end);
  const next = voices.turns[turn + 1];
  return next !== undefined && agreements.some((yes) => yes.start === next.start);
}

type Cues = { readonly requests: readonly { end: number }[]; readonly agreements: readonly { start: number }[] };

function isOwnWord({ voices, cues }: Search, aside: number, start: number): boolean {
  if (aside === GUARDED) return false;
  return !isForeignVoice(aside) || isConfirmed(voices, cues.agreements, start);
}

/** How a text as a whole speaks: with a grievance, in a letter of thanks, or neither. */
export type Mood = 'grievance' | 'thanks' | 'neutral';

type Search = Names & {
  readonly voices: Voices;
  readonly cues: Cues;
  readonly mood: Mood;
};

/** Thanked, in a letter of thanks or in one that holds nothing at all that could accuse: 师资处的同志帮了大忙. */
function isThanked({ rules, reading, mood }: Search, start: number, end: number): boolean {
  const { text, found, words } = reading;
  if (mood !== 'thanks' && countOf(words, termNumber(rules, 'concept', 'accusing')) > 0) return false;
  return nearInSentence(text, found, words, termNumber(rules, 'concept', 'thankful'), start, end) >= 0;
}

type Stretch = { readonly start: number; readonly end: number };

/** Whether a unit's name at this place, said in the voice `aside`, presumes that the unit is accused. */
function presumesAccused(search: Search, { start, end }: Stretch, aside: number, shared: boolean): boolean {
  const { rules, reading, cues, mood } = search;
  if (!isOwnWord(search, aside, start) || !isOurs(search, start, shared)) return false;
  // 干部处罚: of a shared name and one more character another word may come.
  if (shared && rules.matcher.notNext.has(reading.text.units[end] ?? 0)) return false;
  if (isThanked(search, start, end)) return false;
  return (
    accusesNear(rules, reading, start, end) || (mood === 'grievance' && !isAskedToAct(cues.requests, reading, start))
  );
}

/** Every unit of the department that the citizen's own words name and do not merely ask to act. */
function findUnitMentions(search: Search): readonly Mention[] {
  const { rules, reading } = search;
  const { found } = reading;
  return found.touched.flatMap((number) => {
    const term = rules.terms[number];
    // The receiving office is named in greetings all the time: only rules (`accuses`) say that it is accused.
    if (term?.kind !== 'unit' || term.id === rules.department.supervisor) return [];
    const first = occurrencesOf(found, number, MAX_LOOKS).find((i) =>
      presumesAccused(search, stretchOf(found, i), found.aside[i] ?? 0, term.shared),
    );
    return first === undefined
      ? []
      : [{ id: term.id, ...stretchOf(found, first), bySound: found.bySound[first] === 1 }];
  });
}

/** Units of ours that the citizen's own words name at all. */
function namedUnits(search: Search): readonly string[] {
  const { rules, reading } = search;
  const { found } = reading;
  return found.touched.flatMap((number) => {
    const term = rules.terms[number];
    if (term?.kind !== 'unit') return [];
    const isNamedHere = occurrencesOf(found, number, MAX_LOOKS).some((i) => {
      const { start } = stretchOf(found, i);
      return isOwnWord(search, found.aside[i] ?? 0, start) && isOurs(search, start, term.shared);
    });
    return isNamedHere ? [term.id] : [];
  });
}

/** "张厅长:" begins a letter to him. */
function isAddressed({ text }: Reading, end: number): boolean {
  return end < text.length && text.units[end] === 0x3a;
}

function isAccusedLeader(search: Search, { start, end }: Stretch): boolean {
  const { rules, reading, cues } = search;
  if (isAddressed(reading, end) || !isOurs(search, start, false)) return false;
  return accusesNear(rules, reading, start, end) && !isAskedToAct(cues.requests, reading, start);
}

function findLeaders(search: Search): { accused: readonly Mention[]; named: boolean } {
  const { found } = search.reading;
  const named = occurrencesOf(found, termNumber(search.rules, 'department', 'leader'), MAX_LOOKS)
    .filter((i) => found.aside[i] === 0)
    .map((i) => stretchOf(found, i));
  const accused = named.filter((stretch) => isAccusedLeader(search, stretch));
  return { accused: accused.map((stretch) => ({ id: LEADERS, ...stretch, bySound: false })), named: named.length > 0 };
}

/** What hidden names presume, by the measure of those that are written out. A bureau is only told among the accused. */
function findMasked(search: Search): readonly Mention[] {
  return search.hidden.flatMap((name) => {
    const id = accusedBehind(search, name, search.voices.marks[name.start] ?? 0);
    return id === null ? [] : [{ id, start: name.start, end: name.end, bySound: false }];
  });
}

/** Whom a hidden name accuses, said in the voice `aside`; null: nobody. */
function accusedBehind(search: Search, name: MaskedName, aside: number): string | null {
  const { rules } = search;
  const term = rules.terms[name.term];
  if (term?.kind === 'unit') {
    const isOther = term.id !== rules.department.supervisor;
    return isOther && presumesAccused(search, name, aside, term.shared) ? term.id : null;
  }
  return aside === 0 && term !== undefined ? accusedBesideUnits(search, name, term) : null;
}

function accusedBesideUnits(search: Search, name: MaskedName, term: Term): string | null {
  if (term.kind === 'department') return term.id === 'leader' && isAccusedLeader(search, name) ? LEADERS : null;
  const isBureau = term.kind === 'concept' && accusesNear(search.rules, search.reading, name.start, name.end);
  return isBureau ? BUREAU : null;
}

/** The first of each that is not accused by its own name already. */
function withoutKnown(masked: readonly Mention[], known: readonly Mention[]): readonly Mention[] {
  const seen = new Set(known.map(({ id }) => id));
  return masked.filter(({ id }) => {
    if (id !== BUREAU && seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function accusedByRules(firings: readonly Firing[]): readonly Mention[] {
  return firings.flatMap(({ rule, score, start, end }) =>
    rule.accuses !== null && score > 0 ? [{ id: rule.accuses, start, end, bySound: false }] : [],
  );
}

/** Finds out who of the department is accused, and closes the set over everybody who would learn of it. */
export function findAccused(
  rules: RuleSet,
  reading: Reading,
  voices: Voices,
  firings: readonly Firing[],
  mood: Mood,
): Accused {
  const cues: Cues = {
    requests: cuePlaces(rules, reading.found, 'request_before_unit'),
    agreements: voices.turns.length === 0 ? [] : cuePlaces(rules, reading.found, 'agreement'),
  };
  const byRule = accusedByRules(firings);
  const { hits: hidden, exhausted } = findMaskedNames(rules.masked, rules.secondReader, reading.text);
  const search: Search = { rules, reading, hidden, voices, cues, mood };
  const named = findUnitMentions(search);
  const { accused: leaders, named: leaderNamed } = findLeaders(search);
  const units = [...named, ...byRule.filter(({ id }) => id !== LEADERS)];
  const plainLeaders = [...leaders, ...byRule.filter(({ id }) => id === LEADERS)];
  const allMasked = withoutKnown(findMasked(search), [...units, ...plainLeaders]);
  const leaderMentions = [...plainLeaders, ...allMasked.filter(({ id }) => id === LEADERS)];
  const masked = allMasked.filter(({ id }) => id !== LEADERS);
  const headed = leaderMentions.length > 0 ? unitsOfLeaders(rules) : [];
  const deniable = [...units, ...masked.filter(({ id }) => id !== BUREAU)].map(({ id }) => id);
  const deny = denyClosure(rules, [...deniable, ...headed]);
  return {
    units,
    masked,
    leaders: leaderMentions,
    deny,
    asked: namedUnits(search).filter((id) => id !== rules.department.supervisor && !deny.includes(id)),
    sealed: leaderMentions.length > 0 || deny.includes(rules.department.supervisor),
    uncertain:
      exhausted ||
      allMasked.length > 0 ||
      units.some(({ bySound }) => bySound) ||
      (leaderNamed && leaderMentions.length === 0),
  };
}
