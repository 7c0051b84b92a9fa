import { CATEGORIES, KINDS } from '../domain/vocabulary.ts';
import type { Category, Kind } from '../domain/vocabulary.ts';
import type { Firing } from './fire-rules.ts';
import type { CategoryEntry } from './rule-set.ts';

/** What all firings add up to. Scores below 0 are kept: rules may speak against something. */
export type Tally = {
  readonly categories: ReadonlyMap<Category, number>;
  /** Categories of which a hard rule fired: no vote and no share can take them away. */
  readonly hard: ReadonlySet<Category>;
  readonly kinds: ReadonlyMap<Kind, number>;
  readonly units: ReadonlyMap<string, number>;
  readonly notEducation: number;
  /** Other bodies that are meant although the topic is education (技工学校), and those meant when it is not. */
  readonly agencies: ReadonlyMap<string, number>;
  readonly elsewhere: ReadonlyMap<string, number>;
  readonly urgent: number;
};

const OWN_SHARE = 1.3;
const OTHER_SHARE = 0.5;

function increase<K>(map: Map<K, number>, key: K, by: number): void {
  map.set(key, (map.get(key) ?? 0) + by);
}

type Points = {
  readonly categories: Map<Category, number>;
  readonly kinds: Map<Kind, number>;
  readonly units: Map<string, number>;
};

function addPoints({ categories, kinds, units }: Points, { rule, score }: Firing): void {
  if (rule.category !== null) increase(categories, rule.category, score);
  if (rule.kind !== null) increase(kinds, rule.kind, score);
  if (rule.unit !== null) increase(units, rule.unit, score);
}

const isEmpty = (scores: ReadonlyMap<unknown, number>): boolean => [...scores.values()].every((score) => score <= 0);

/** Last resorts speak only where everything else is silent: of the category, and of the sort when nothing says that either. */
function addLastResorts(points: Points, firings: readonly Firing[]): void {
  if (!isEmpty(points.categories)) return;
  const isSilent = isEmpty(points.kinds);
  for (const firing of firings)
    if (firing.rule.lastResort)
      addPoints(points, isSilent ? firing : { ...firing, rule: { ...firing.rule, kind: null } });
}

export function tally(firings: readonly Firing[]): Tally {
  const categories = new Map<Category, number>(CATEGORIES.map((category) => [category, 0]));
  const kinds = new Map<Kind, number>(KINDS.map((kind) => [kind, 0]));
  const units = new Map<string, number>();
  const agencies = new Map<string, number>();
  const elsewhere = new Map<string, number>();
  const hard = new Set<Category>();
  let urgent = 0;
  for (const firing of firings) {
    const { rule, score } = firing;
    if (!rule.lastResort) addPoints({ categories, kinds, units }, firing);
    if (rule.category !== null && rule.hard) hard.add(rule.category);
    if (rule.agency !== null) increase(rule.unit === 'NONEDU' ? elsewhere : agencies, rule.agency, score);
    if (rule.urgent) urgent += score;
  }
  addLastResorts({ categories, kinds, units }, firings);
  const notEducation = units.get('NONEDU') ?? 0;
  units.delete('NONEDU');
  return { categories, hard, kinds, units, notEducation, agencies, elsewhere, urgent };
}

/**
 * Points for units once the category is known: what argues for it says more about the topic than what argues for others, and
 * a plain topic word lies between. A category whose own handler has points (FIN for charging) starts with them.
 */
export function unitsFor(firings: readonly Firing[], decided: CategoryEntry | undefined): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  if (decided?.handler_points !== undefined) units.set(decided.handler, decided.handler_points);
  for (const { rule, score } of firings) {
    if (rule.unit === null || rule.unit === 'NONEDU') continue;
    const share =
      rule.category === null || decided === undefined ? 1 : rule.category === decided.id ? OWN_SHARE : OTHER_SHARE;
    increase(units, rule.unit, score * share);
  }
  return units;
}

/** The highest entry above `floor`; of equals the one that comes first. */
export function highest<K>(scores: ReadonlyMap<K, number>, floor: number): { key: K; score: number } | null {
  let best: { key: K; score: number } | null = null;
  for (const [key, score] of scores) if (score > floor && score > (best?.score ?? floor)) best = { key, score };
  return best;
}
