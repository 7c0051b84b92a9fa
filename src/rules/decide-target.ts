import { nearInSentence } from './countable-words.ts';
import type { Accused } from './find-accused.ts';
import type { Institution } from './find-institutions.ts';
import type { Geography } from './find-places.ts';
import type { Reading } from './fire-rules.ts';
import type { Place, RuleSet } from './rule-set.ts';
import { termNumber } from './rule-set.ts';
import { highest } from './tally.ts';
import type { Tally } from './tally.ts';
import type { UnitAnswer, Verdict } from './verdict.ts';

type Target = Verdict['target'];

export type TargetFacts = {
  readonly rules: RuleSet;
  readonly reading: Reading;
  readonly tally: Tally;
  readonly unit: UnitAnswer;
  readonly sealed: boolean;
  readonly accused: Accused;
  readonly geography: Geography;
  readonly institutions: readonly Institution[];
};

function hasConcept({ rules, reading }: TargetFacts, id: string): boolean {
  const term = termNumber(rules, 'concept', id);
  return (reading.words.to[term] ?? 0) > (reading.words.from[term] ?? 0);
}

function unitName({ units, department }: RuleSet, id: string): string {
  return id === department.supervisor ? '厅效能办' : (units.find((unit) => unit.id === id)?.name ?? id);
}

/** 教基一厅函〔2014〕50号: the body above all schools of a pupil's-record dispute decides; two 市州 in one province: the department. */
function recordsTarget(facts: TargetFacts): Target | null {
  const { places, provinces } = facts.geography;
  if (!hasConcept(facts, 'pupil-record')) return null;
  if (provinces.length > 0) return { level: 'other', name: '教育部' };
  const prefectures = new Set(places.map(({ place }) => place.prefecture));
  if (prefectures.size > 1) return { level: 'province', name: unitName(facts.rules, 'BASIC') };
  const counties = new Set(places.filter(({ place }) => !place.isPrefecture).map(({ place }) => place.name));
  const [prefecture] = prefectures;
  if (counties.size < 2 || prefecture === undefined) return null;
  return { level: 'prefecture', name: facts.rules.places[prefecture]?.bureau ?? null };
}

/** A college named with its own name; 化工学院 inside a university is not one, and neither is a bare 学院. */
function namedCollege({ institutions, geography }: TargetFacts): string | null {
  const known = geography.universities[0]?.university.name;
  if (known !== undefined) return known;
  const named = institutions.filter(
    ({ isBare, name }) => !isBare && /(大学|学院|高等专科学校)$/.test(name) && name.length >= 5,
  );
  return (named.find(({ name }) => name.endsWith('大学')) ?? named[0])?.name ?? null;
}

/** The bureau was told, or is itself what the complaint is about: the one above it is asked. */
function bureauIsAccused({ rules, reading }: TargetFacts): boolean {
  const { found, words, text } = reading;
  const term = termNumber(rules, 'concept', 'local-bureau');
  const accusing = termNumber(rules, 'concept', 'accusing');
  for (let k = words.from[term] ?? 0; k < (words.to[term] ?? 0); k += 1) {
    const i = words.index[k] ?? 0;
    if (nearInSentence(text, found, words, accusing, found.start[i] ?? 0, found.end[i] ?? 0) >= 0) return true;
  }
  return false;
}

function localTarget(facts: TargetFacts, place: Place): Target {
  const { rules } = facts;
  const above = rules.places[place.prefecture];
  if (place.isPrefecture) return { level: 'prefecture', name: place.bureau };
  if (bureauIsAccused(facts)) return { level: 'prefecture', name: above?.bureau ?? null };
  return { level: 'county', name: place.bureau };
}

function mainPlace({ places }: Geography): Place | null {
  return (places.find(({ place }) => !place.isPrefecture) ?? places[0])?.place ?? null;
}

/** A university, unless a school below it is meant: 师范大学附属中学. Its leaders' conduct is the department's business. */
function collegeTarget(facts: TargetFacts): Target | null {
  const { rules, unit } = facts;
  const name = namedCollege(facts);
  if (name === null) return null;
  if (unit === rules.department.supervisor) return { level: 'province', name: unitName(rules, unit) };
  return hasConcept(facts, 'lower-school') && mainPlace(facts.geography) !== null
    ? null
    : { level: 'university', name };
}

/** Another body than one of education: the technical schools' department, or whoever deals with what is not ours. */
function agencyTarget({ rules, unit, tally }: TargetFacts): Target | null {
  const meant = highest(unit === 'NONEDU' ? tally.elsewhere : tally.agencies, 0)?.key;
  const agency = rules.agencies.find(({ id }) => id === meant);
  return agency !== undefined || unit === 'NONEDU' ? { level: 'other', name: agency?.name ?? null } : null;
}

/** Nothing is named that has a place: a school or bureau somewhere, one of the department's own bodies, or nobody knows. */
function placelessTarget(facts: TargetFacts): Target {
  const isLocal = hasConcept(facts, 'local-bureau') || facts.institutions.some(({ isBare }) => !isBare);
  if (isLocal) return { level: 'county', name: null };
  const own = facts.rules.units.find(({ id }) => id === facts.unit);
  return own?.kind === 'affiliated' ? { level: 'province', name: own.name } : { level: 'unknown', name: null };
}

/** Level and name of the body that has to act, by the level split of the education laws (docs/rules.md). */
export function decideTarget(facts: TargetFacts): Target {
  const { rules, unit, sealed, accused, geography } = facts;
  if (sealed) return { level: 'other', name: rules.department.outside };
  if (accused.units.length > 0) return { level: 'province', name: unitName(rules, unit) };
  const elsewhere = agencyTarget(facts) ?? recordsTarget(facts) ?? collegeTarget(facts);
  if (elsewhere !== null) return elsewhere;
  const place = mainPlace(geography);
  return place === null ? placelessTarget(facts) : localTarget(facts, place);
}
