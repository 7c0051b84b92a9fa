import type { Category, Kind } from '../domain/vocabulary.ts';
import type { Accused } from './find-accused.ts';
import { countOf } from './countable-words.ts';
import type { Firing, Reading } from './fire-rules.ts';
import { termNumber } from './rule-set.ts';
import type { RuleSet } from './rule-set.ts';
import { highest, unitsFor } from './tally.ts';
import type { Tally } from './tally.ts';
import type { UnitAnswer } from './verdict.ts';

/** Misdeeds of a unit itself. A money, safety or policy matter keeps its own unit even when another one is accused in it. */
const ABOUT_CONDUCT: ReadonlySet<Category | null> = new Set([2, 3, 5, 6, 8, null]);

/** Shorter texts without a word of education may be cut off, or a caller who said nothing. Folded Han units. */
const ENOUGH_HAN_UNITS = 15;

export type UnitFacts = {
  readonly rules: RuleSet;
  readonly reading: Reading;
  readonly tally: Tally;
  readonly firings: readonly Firing[];
  readonly category: Category | null;
  readonly kind: Kind;
  readonly accused: Accused;
};

/** No word of education, no unit, nothing that any unit deals with: whatever it is about, it is not ours. */
function isSilentOnEducation({ rules, reading, tally, category }: UnitFacts): boolean {
  if (category !== null && category !== rules.scoring.residual.category) return false;
  if (tally.units.size > 0 || reading.text.hanUnits < ENOUGH_HAN_UNITS) return false;
  const named = [termNumber(rules, 'concept', 'education-word'), termNumber(rules, 'department', 'name')];
  return named.every((term) => countOf(reading.words, term) === 0);
}

function isNotEducation(facts: UnitFacts): boolean {
  const { rules, accused } = facts;
  const { units, notEducation } = facts.tally;
  const { floor, margin } = rules.scoring.not_education;
  if (accused.units.length > 0 || accused.sealed) return false;
  if (isSilentOnEducation(facts)) return true;
  return notEducation >= floor && notEducation > (highest(withAsked(units, facts), 0)?.score ?? 0) + margin;
}

/** Complaints about a unit's own conduct, and about discipline, are the supervision's topic. */
function isForSupervisor({ category, accused }: UnitFacts): boolean {
  return category === 2 || category === 3 || (accused.units.length > 0 && ABOUT_CONDUCT.has(category));
}

/** A unit that is asked by name, and not accused, is probably the one that can answer: more so when it is only asked. */
function withAsked(
  units: ReadonlyMap<string, number>,
  { rules, kind, accused }: UnitFacts,
): ReadonlyMap<string, number> {
  const { asked_in_petition: inPetition, asked: only } = rules.scoring.named_unit;
  const points = kind === 'complaint' || kind === 'accusation' ? inPetition : only;
  const asked = new Map(units);
  for (const id of new Set(accused.asked)) asked.set(id, (asked.get(id) ?? 0) + points);
  return asked;
}

/** The unit whose topic it is, before anybody asks whether it may see the case. */
export function competentUnit(facts: UnitFacts): UnitAnswer {
  const { rules, tally, firings, category, kind, accused } = facts;
  if (isNotEducation(facts)) return 'NONEDU';
  if (isForSupervisor(facts)) return rules.department.supervisor;
  const entry = rules.categories.find(({ id }) => id === category);
  const topic = highest(withAsked(unitsFor(firings, entry), facts), rules.scoring.unit_floor);
  if (topic !== null) return topic.key;
  if (accused.units.length > 0) return rules.department.supervisor;
  if (entry !== undefined) return entry.handler;
  const isPetition = kind === 'complaint' || kind === 'accusation';
  return isPetition ? 'UNRESOLVED' : (highest(tally.units, 0)?.key ?? 'UNRESOLVED');
}

export type Route = { readonly unit: UnitAnswer; readonly sealed: boolean };

/**
 * Who may receive it. A denied unit never does: the supervision takes over, and when that is denied too the case goes outside,
 * sealed. There is no default unit, so nobody can be accused into silence and nobody gets what accuses him.
 */
export function routeAround(rules: RuleSet, competent: UnitAnswer, deny: ReadonlySet<string>, sealed: boolean): Route {
  if (sealed) return { unit: 'UNRESOLVED', sealed: true };
  if (!deny.has(competent)) return { unit: competent, sealed: false };
  const { supervisor } = rules.department;
  return deny.has(supervisor) ? { unit: 'UNRESOLVED', sealed: true } : { unit: supervisor, sealed: false };
}
