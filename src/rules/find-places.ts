import { isForeignVoice } from './set-aside.ts';
import { GUARDED, occurrencesOf, stretchOf } from './find-occurrences.ts';
import type { Institution } from './find-institutions.ts';
import type { Reading } from './fire-rules.ts';
import type { Place, RuleSet, University } from './rule-set.ts';

export type PlaceMention = { readonly place: Place; readonly start: number; readonly end: number };

/** Where and which university the text is about, as far as it says. */
export type Geography = {
  /** In reading order, counties before prefectures of the same spot. */
  readonly places: readonly PlaceMention[];
  readonly universities: readonly { readonly university: University; readonly start: number; readonly end: number }[];
  /** Names of other provinces. */
  readonly provinces: readonly string[];
};

type Candidate = { readonly term: number; readonly start: number; readonly end: number };

const MAX_CANDIDATES = 1000;
const GEOGRAPHIC: ReadonlySet<string> = new Set(['place', 'university', 'province']);

function isOwnWord(aside: number): boolean {
  return aside !== GUARDED && !isForeignVoice(aside);
}

function candidatesOf(rules: RuleSet, { found }: Reading): readonly Candidate[] {
  return found.touched
    .filter((term) => GEOGRAPHIC.has(rules.terms[term]?.kind ?? ''))
    .flatMap((term) =>
      occurrencesOf(found, term, MAX_CANDIDATES)
        .filter((i) => isOwnWord(found.aside[i] ?? 0))
        .map((i) => ({ term, ...stretchOf(found, i) })),
    )
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** Longest match: 宁县 inside 会宁县 and 天水 inside 天水师范学院 are no places of their own. */
function withoutContained(candidates: readonly Candidate[]): readonly Candidate[] {
  let end = -1;
  return candidates.filter((candidate) => {
    if (candidate.end <= end) return false;
    end = candidate.end;
    return true;
  });
}

function startsAt(reading: Reading, at: number, words: readonly string[]): boolean {
  const { units, length } = reading.text;
  return words.some((word) => {
    if (at + word.length > length) return false;
    for (let i = 0; i < word.length; i += 1) if (units[at + i] !== word.charCodeAt(i)) return false;
    return true;
  });
}

const INSTITUTION_REACH = 8;

/** 高台, 合作, 民乐 are also ordinary words: they need a school or a bureau after them, or their prefecture before. */
function isMeantAsPlace(
  rules: RuleSet,
  candidate: Candidate,
  before: Candidate | undefined,
  near: readonly Institution[],
): boolean {
  const term = rules.terms[candidate.term];
  if (term?.kind !== 'place' || term.form === 'full') return true;
  if (
    near.some(
      ({ start, end }) => start <= candidate.start && end > candidate.end && end - candidate.end <= INSTITUTION_REACH,
    )
  )
    return true;
  const other = before === undefined ? undefined : rules.terms[before.term];
  const place = rules.places[term.place];
  return before?.end === candidate.start && other?.kind === 'place' && other.place === place?.prefecture;
}

export function findGeography(rules: RuleSet, reading: Reading, institutions: readonly Institution[]): Geography {
  const places: PlaceMention[] = [];
  const universities: { university: University; start: number; end: number }[] = [];
  const provinces: string[] = [];
  const candidates = withoutContained(candidatesOf(rules, reading));
  candidates.forEach((candidate, i) => {
    const term = rules.terms[candidate.term];
    const { start, end } = candidate;
    if (term?.kind === 'university') {
      const university = rules.universities[term.university];
      if (university !== undefined) universities.push({ university, start, end });
      return;
    }
    // 酒泉路小学 is in Lanzhou: a name before 路, 街, 巷 is not a place.
    if (startsAt(reading, end, rules.notBeforePlace)) return;
    if (term?.kind === 'province') provinces.push(term.id);
    else if (term?.kind === 'place' && isMeantAsPlace(rules, candidate, candidates[i - 1], institutions)) {
      const place = rules.places[term.place];
      if (place !== undefined) places.push({ place, start, end });
    }
  });
  return { places, universities, provinces };
}
